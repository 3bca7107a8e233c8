import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import type { Disturbance } from '../../src/scenario/Scenario.ts';
import { instant, minutes } from '../../src/units.ts';
import { aDaemonSet, aDeployment, aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

/** What is said of empty nodes when all of three nodes have been rolled, one after the other. */
function left(replicas: number, disturbances: readonly Disturbance[] = []) {
  const nodes = ['a', 'b', 'c'].map((name) => aNode(name, { cpu: 8 }));
  const workloads = [aDeployment('web', replicas, { cpu: 1 }), aDaemonSet('agent')];
  const { findings } = run(aScenario({ cluster: { nodes, workloads }, disturbances }), '1');
  return findings.filter(({ code }) => code === 'NODES_LEFT_EMPTY').map(({ message }) => message);
}

describe('nodes that are left empty', () => {
  it('are those that come back last', () => {
    expect(left(6)).toEqual(['1 of 3 nodes had pods before and has none when the roll is over (c): the other nodes run them all']);
  });

  it('are none that had no pods before', () => {
    expect(left(0)).toEqual([]);
  });

  it('are none that new pods have filled since', () => {
    const key = 'Deployment/default/web';
    expect(left(6, [{ at: instant(minutes(60)), kind: 'scale', workload: key, replicas: 12 }])).toEqual([]);
  });
});
