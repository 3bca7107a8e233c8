import type { Objective } from '../scenario/Scenario.ts';
import type { Interval } from '../stats/Interval.ts';
import { probabilityInterval } from '../stats/probabilityInterval.ts';
import type { RunFigures } from './RunFigures.ts';

/** How likely a roll is to finish in its window, estimated from its replications. */
export interface ChanceToFinish {
  /** Share of the replications that finish; those that the horizon cut off while there was still time do not count as finished. */
  readonly probability: number;
  /** Interval of that probability, which allows for none or all of those cut off replications to finish. */
  readonly interval: Interval;
}

/**
 * How many of `runs` finish in the window: the roll completes, and keeps every one of `objectives` that limits its duration or its end.
 * Without such an objective completing is enough.
 */
export function chanceToFinish(objectives: readonly Objective[], runs: readonly RunFigures[]): ChanceToFinish {
  const inTime = runs.filter((run) => timed(objectives, run).every((outcome) => outcome !== 'fails'));
  const finished = inTime.filter(({ outcome }) => outcome === 'completed').length;
  const open = inTime.filter(({ outcome }) => outcome === 'horizon').length;
  const [low] = probabilityInterval(finished, runs.length);
  const [, high] = probabilityInterval(finished + open, runs.length);
  return { probability: finished / runs.length, interval: [low, high] };
}

/** How `run` fared with the objectives on its time. */
function timed(objectives: readonly Objective[], run: RunFigures) {
  return run.objectives.flatMap(({ outcome }, index) => {
    const kind = objectives[index]?.goal.kind;
    return kind === 'maxDuration' || kind === 'endBefore' ? [outcome] : [];
  });
}
