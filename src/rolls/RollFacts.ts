import type { NodeReset } from './NodeReset.ts';

/** What a whole roll produced: one row per node of the plan, in the order of the roll. */
export interface RollFacts {
  readonly resets: readonly NodeReset[];
  /** Why nodes were left out, undefined when every node had its turn. */
  readonly stopped: string | undefined;
  /** Whether what stopped it is that no maintenance window opens again within the run. */
  readonly isWindowClosed: boolean;
}
