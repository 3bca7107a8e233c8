import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import { eventRows } from '../../../src/run/EventColumns.ts';
import { AttemptLog } from '../../../src/run/probes/AttemptLog.ts';
import { EventLog } from '../../../src/run/probes/EventLog.ts';
import { Scheduler } from '../../../src/scheduler/Scheduler.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { START } from '../../../src/units.ts';
import { aNode, aPod } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

describe('AttemptLog', () => {
  it('counts what was decided since it was made, and keeps the messages of what failed', () => {
    const cluster = clusterOf({
      ...NO_OBJECTS,
      nodes: [aNode('n', { cpu: 4 })],
      pods: [aPod('old', { cpu: 1 }), aPod('huge', { cpu: 64 })],
    });
    const sim = new Simulation('1');
    const scheduler = new Scheduler({ sim, cluster, version: '1.34' });
    cluster.subscribe(scheduler);
    sim.run(START);
    const events = new EventLog(sim);
    const log = new AttemptLog(scheduler, undefined, events);
    scheduler.onFailedAttempt((attempt) => log.note(attempt));
    const cpus = { a: 1, b: 8, c: 9 };
    for (const [name, cpu] of Object.entries(cpus)) cluster.addPod(aPod(name, { cpu }));
    sim.run(START);
    expect([log.decisions, log.failed]).toEqual([3, 2]);
    expect(log.reasons()).toEqual([{ message: expect.stringContaining('Insufficient cpu'), attempts: 2, pods: 2 }]);
    expect([...eventRows(events.columns())].map(({ kind, object }) => [kind, object])).toEqual(
      ['b', 'c'].map((name) => ['failedScheduling', `Pod/default/${name}`]),
    );
  });
});
