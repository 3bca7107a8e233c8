/** Decides which nodes start next; never acts. */
export interface RollStrategy {
  readonly name: string;
  nextStep(progress: RollProgress, limits: { readonly maxUnavailable: number }): RollStep;
}

/** Names of nodes, each list in the roll's order. */
export interface RollProgress {
  readonly waiting: readonly string[];
  readonly resetting: readonly string[];
}

export type RollStep =
  /** Start these, the first of those that wait. */
  | { readonly kind: 'reset'; readonly nodes: readonly string[] }
  /** Ask again when a node is finished. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'done' };

/** What every strategy says when no node is left to start. */
export function finishing({ resetting }: RollProgress): RollStep {
  return { kind: resetting.length === 0 ? 'done' : 'wait' };
}
