import { describe, expect, it } from 'vitest';
import { Placements } from '../../../src/run/probes/Placements.ts';
import { StepLog } from '../../../src/run/probes/StepLog.ts';
import { WorkloadTrack } from '../../../src/run/probes/WorkloadTrack.ts';
import { instant } from '../../../src/units.ts';

describe('Placements', () => {
  it('counts the pods that were bound to a node before its cordon', () => {
    const [web, db] = ['web', 'db'].map((name) => new WorkloadTrack({ kind: 'Deployment', namespace: 'default', name }, {}, new StepLog()));
    if (!web || !db) throw new Error('no tracks');
    const placements = new Placements();
    for (const [node, at] of [
      ['early', 4],
      ['late', 5],
      ['late', 9],
      ['late', 10],
      ['never', 1],
    ] as const)
      placements.add(web, node, instant(at));
    placements.add(db, 'early', instant(5));
    const wasted = placements.wasted(
      new Map([
        ['early', instant(5)],
        ['late', instant(10)],
        ['never', undefined],
      ]),
    );
    expect([wasted.get(web), wasted.get(db)]).toEqual([3, undefined]);
  });
});
