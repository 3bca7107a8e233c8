import type { RollFacts } from '../rolls/RollFacts.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import type { Instant } from '../units.ts';
import type { Probes } from './observe.ts';
import type { World } from './wire.ts';

/** How the clock stopped: `finished` with nothing left to do, `stuck` with a roll that nothing can move, or at the `horizon`. */
export type RunEnding = 'finished' | 'stuck' | 'horizon';

/** What a run leaves behind when its clock has stopped. */
export interface Remains {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly world: World;
  readonly probes: Probes;
  readonly facts: RollFacts;
  readonly ending: RunEnding;
  /** Up to when outages and waits that are not over are counted, which may be later than the clock stopped. */
  readonly countedUntil: Instant;
}
