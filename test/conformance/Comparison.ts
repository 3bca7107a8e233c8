/** One thing that a recording says and what the model made of it. */
export interface Comparison {
  readonly file: string;
  readonly step: string;
  /** What is compared, such as `feasible`, `score`, `message`. */
  readonly what: string;
  /** The scheduler plugin that it is about, if any. */
  readonly plugin?: string;
  readonly equal: boolean;
  readonly expected: string;
  readonly actual: string;
  /** Of a forecast in seconds: how far its lowest and its highest value are apart. */
  readonly width?: number;
}

/** Runs one recording through the model. */
export type Replay = (trace: unknown, file: string) => readonly Comparison[] | Promise<readonly Comparison[]>;

/** Compares two values by their JSON text. */
export function compared(
  about: Pick<Comparison, 'file' | 'step' | 'what'> & { readonly plugin?: string },
  expected: unknown,
  actual: unknown,
): Comparison {
  const texts = { expected: JSON.stringify(expected) ?? 'undefined', actual: JSON.stringify(actual) ?? 'undefined' };
  return { ...about, ...texts, equal: texts.expected === texts.actual };
}
