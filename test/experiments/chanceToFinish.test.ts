import { describe, expect, it } from 'vitest';
import { chanceToFinish } from '../../src/experiments/chanceToFinish.ts';
import { type RunFigures, runFiguresOf } from '../../src/experiments/RunFigures.ts';
import type { Objective } from '../../src/scenario/Scenario.ts';
import { probabilityInterval } from '../../src/stats/probabilityInterval.ts';
import { minutes, ZERO } from '../../src/units.ts';
import { aRunResult } from '../support/runFigures.ts';

const objectives: readonly Objective[] = [
  { name: 'no outage', probability: 1, goal: { kind: 'maxOutage', workloads: undefined, limit: ZERO } },
  { name: 'short', probability: 0.9, goal: { kind: 'maxDuration', limit: minutes(60) } },
];

function aRun(outcome: RunFigures['outcome'], outage: RunFigures['objectives'][number]['outcome'], short: typeof outage): RunFigures {
  const judgements = [outage, short].map((judged) => ({ outcome: judged, evidence: '', amount: 0 }));
  return { ...runFiguresOf(aRunResult()), outcome, objectives: judgements };
}

describe('chanceToFinish', () => {
  it('counts the rolls that complete in time, whatever else they break', () => {
    const runs = [
      aRun('completed', 'holds', 'holds'),
      aRun('completed', 'fails', 'holds'),
      aRun('completed', 'holds', 'fails'),
      aRun('stuck', 'holds', 'fails'),
    ];
    expect(chanceToFinish(objectives, runs)).toEqual({ probability: 0.5, interval: probabilityInterval(2, 4) });
  });

  it('wants no more than an end of the roll where no objective limits its time', () => {
    const runs = [aRun('completed', 'holds', 'holds'), aRun('failed', 'holds', 'fails')];
    expect(chanceToFinish([], runs).probability).toBe(0.5);
  });

  it('leaves open what the horizon cut off while there was time left', () => {
    const runs = [aRun('completed', 'holds', 'holds'), aRun('horizon', 'unknown', 'unknown'), aRun('horizon', 'unknown', 'fails')];
    const [low, high] = [probabilityInterval(1, 3)[0], probabilityInterval(2, 3)[1]];
    expect(chanceToFinish(objectives, runs)).toEqual({ probability: 1 / 3, interval: [low, high] });
  });
});
