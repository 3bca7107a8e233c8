import type { Replay } from './Comparison.ts';
import { outOfScopeRequests, replayEvictions } from './replayEvictions.ts';
import { replayQueue } from './replayQueue.ts';
import { replayRolls } from './replayRolls.ts';
import { replayScheduler } from './replayScheduler.ts';

/** How the recordings of each format are replayed. */
export const replays: Readonly<Record<string, Replay>> = {
  'rollcast-trace/eviction/1': replayEvictions,
  'rollcast-trace/queue/1': replayQueue,
  'rollcast-trace/roll/1': replayRolls,
  'rollcast-trace/scheduler/1': replayScheduler,
};

/** For formats of which some steps are not replayed: which steps of a recording these are. */
export const outOfScope: Readonly<Record<string, (trace: unknown) => readonly string[]>> = {
  'rollcast-trace/eviction/1': outOfScopeRequests,
};
