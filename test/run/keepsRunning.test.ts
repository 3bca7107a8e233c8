import { describe, expect, it } from 'vitest';
import { nodeRow } from '../../src/experiments/forecastOf.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { wipePlans } from '../../src/rolls/wipePlans.ts';
import { run } from '../../src/run/run.ts';
import { instant, minutes, NEVER, seconds } from '../../src/units.ts';
import { aDeployment, aNode, aTemplate } from '../support/builders.ts';
import { aRoll, aScenario, aTiming } from '../support/scenarios.ts';

const nodes = ['a', 'b', 'c'].map((name) => aNode(name, { labels: { name } }));
const onA = { cpu: 1, nodeSelector: { name: 'a' } };

/** Rolls three nodes in place while their machines keep running; two replicas on node `a` become three after a minute. */
function rolled(knobs: Partial<RollPlan>, reset = minutes(8)) {
  const { drain, failure } = aRoll({ nodes });
  const roll: Partial<RollPlan> = {
    replacement: 'inplace',
    machine: 'keepsRunning',
    drain: { ...drain, mode: 'none' },
    failure: { ...failure, readyTimeout: minutes(30), then: 'stop' },
    wipe: wipePlans.inplace,
    ...knobs,
  };
  const disturbances = [{ at: instant(minutes(1)), kind: 'scale', workload: 'Deployment/default/web', replicas: 3 } as const];
  const workloads = [aDeployment('web', 2, onA)];
  return run(aScenario({ cluster: { nodes, workloads }, roll, disturbances, timing: aTiming({ resets: { a: reset } }) }), '1');
}

describe('a machine that keeps running', () => {
  it('keeps its pods Ready, however long its node is worked on', () => {
    const { roll, workloads } = rolled({ cordon: 'perNode' }, minutes(25));
    expect(roll).toMatchObject({ outcome: 'completed', duration: minutes(41) });
    expect(workloads[0]).toMatchObject({ moves: 0, outages: [], lostData: [] });
  });

  it('takes new pods only when its node is in service, if that is cordoned', () => {
    const { pods, scheduling } = rolled({ cordon: 'perNode' });
    expect(Math.max(...pods.map(({ boundAt }) => boundAt ?? NEVER))).toBe(minutes(8));
    expect(scheduling.peakPending).toBe(1);
  });

  it('takes new pods all the time if nothing is cordoned', () => {
    const { pods, roll, series } = rolled({ cordon: 'none' });
    expect(Math.max(...pods.map(({ boundAt }) => boundAt ?? NEVER))).toBe(minutes(1));
    expect(roll).toMatchObject({ outcome: 'completed', duration: minutes(24) });
    expect(series.nodesAway.values).toEqual([0]);
    const turns = roll.nodes.map(({ startedAt, inServiceAt }) => [startedAt, inServiceAt]);
    expect(turns).toEqual([0, 8, 16].map((minute) => [minutes(minute), minutes(minute + 8)]));
    expect(roll.nodes.map((node) => nodeRow(node).cordonedAt)).toEqual([null, null, null]);
  });

  it('goes on running when its node has failed', () => {
    const { roll, workloads, findings } = rolled({ cordon: 'none' }, NEVER);
    expect(roll.nodes.map(({ outcome }) => outcome)).toEqual(['failed', 'notStarted', 'notStarted']);
    expect(workloads[0]).toMatchObject({ moves: 0, outages: [] });
    expect(findings.map(({ code }) => code)).not.toContain('NODES_LEFT_CORDONED');
  });

  it('loses the scratch data of evicted pods alone', () => {
    const volumes = [
      { name: 'scratch', source: 'emptyDir' as const, fields: {}, claimName: undefined, readOnly: false, medium: undefined },
    ];
    const scratch = aTemplate('web', { cpu: 1, volumes });
    const lostBy = (mode: 'evict' | 'none') => {
      const { drain } = aRoll({ nodes });
      const roll: Partial<RollPlan> = {
        replacement: 'inplace',
        machine: 'keepsRunning',
        drain: { ...drain, mode },
        wipe: wipePlans.inplace,
      };
      const workloads = [{ ...aDeployment('web', 1), template: scratch }];
      const [web] = run(aScenario({ cluster: { nodes, workloads }, roll, timing: aTiming({ exit: seconds(1) }) }), '1').workloads;
      return (web?.lostData ?? []).length > 0;
    };
    expect([lostBy('evict'), lostBy('none')]).toEqual([true, false]);
  });
});
