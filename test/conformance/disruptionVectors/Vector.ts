/** One case of the disruption vectors; what `given` and `expect` hold depends on the category. */
export interface Vector {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly given: unknown;
  readonly expect: Readonly<Record<string, unknown>>;
}

/** What came out, under the names that the vector's `expect` uses; a name that is not there is not compared. */
export type Outcome = Readonly<Record<string, unknown>>;

/** The part of `expect` that `outcome` has something to say about. */
export function comparable(vector: Vector, outcome: Outcome): Outcome {
  return Object.fromEntries(Object.keys(outcome).map((name) => [name, vector.expect[name]]));
}
