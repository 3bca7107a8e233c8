import { describe, expect, it } from 'vitest';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { run } from '../../src/run/run.ts';
import type { Disturbance } from '../../src/scenario/Scenario.ts';
import { instant, minutes, toSeconds, ZERO } from '../../src/units.ts';
import { aDaemonSet, aNode, aPod } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const nodes = ['n1', 'n2', 'n3', 'n4'].map((name) => aNode(name));
const deletion = (node: string, at = minutes(1)): Disturbance => ({ at: instant(at), kind: 'deleteNode', node });
/** Keeps the run going. */
const later: Disturbance = { at: instant(minutes(60)), kind: 'deletePod', pod: 'default/none' };

/** How a DaemonSet on four nodes fared. */
function agents(disturbances: readonly Disturbance[], roll: Partial<RollPlan> = { nodes: [] }, pods: readonly PodDescription[] = []) {
  const scenario = aScenario({ cluster: { nodes, workloads: [aDaemonSet('agent', { cpu: 1 })], pods }, roll, disturbances });
  const [agent] = run(scenario, '1', 'figures').workloads;
  return { degraded: toSeconds(agent?.degraded ?? ZERO), outage: agent?.outage, desired: agent?.desired };
}

describe('a DaemonSet', () => {
  it('is not short of a pod whose node was deleted', () => {
    expect(agents([deletion('n4'), later])).toMatchObject({ degraded: 0, desired: 4 });
  });

  it('is not short of those of nodes that were deleted in one instant', () => {
    expect(agents([deletion('n3'), deletion('n4'), later])).toMatchObject({ degraded: 0 });
  });

  it('is not short of a pod that waited for a node which was deleted', () => {
    const full = aPod('full', { nodeName: 'n4', cpu: 4 });
    expect(agents([deletion('n4'), later], { nodes: [] }, [full])).toMatchObject({ degraded: 0, desired: 4 });
  });

  it('has no outage when all of its nodes are gone', () => {
    expect(agents([...nodes.map(({ name }) => deletion(name)), later])).toMatchObject({ degraded: 0, outage: 0 });
  });

  it('is short of no pod of a node that is deleted after it was recreated', () => {
    const anew = { nodes: ['n1'], nodeObject: 'recreated' as const };
    const twice = [deletion('n1', minutes(30)), later];
    expect(agents(twice, anew).degraded).toBe(agents([], anew).degraded);
  });

  it('is short of a pod whose node a reset recreates', () => {
    const { degraded } = agents([], { nodes: ['n1'], nodeObject: 'recreated' });
    expect(degraded).toBeGreaterThan(6 * 60);
  });
});
