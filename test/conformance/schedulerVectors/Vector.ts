import type { KubernetesVersion } from '../../../src/cluster/KubernetesVersion.ts';

/** One worked example; what `inputs` and `expected` hold depends on the topic. */
export interface Vector {
  readonly id: string;
  readonly topic: string;
  /** One version or a range such as `1.33-1.35`. */
  readonly versions: string;
  readonly inputs: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** What came out, under the names that `expected` uses; names that are not there are not compared. */
export type Outcome = Readonly<Record<string, unknown>>;

/** Works one example out; `inputs` has the shape that its topic has in the file. */
export type Run = (inputs: never, version: KubernetesVersion) => Outcome;
