import { describe, expect, it } from 'vitest';
import type { NodeDescription } from '../../src/cluster/Node.ts';
import type { NodeReset } from '../../src/rolls/NodeReset.ts';
import { Closing } from '../../src/rolls/RollContext.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { resetNode } from '../../src/rolls/resetNode.ts';
import { wipePlans } from '../../src/rolls/wipePlans.ts';
import { type Duration, instant, minutes, NEVER, seconds, ZERO } from '../../src/units.ts';
import { aBudget, aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { aControlPlane } from '../support/controlPlane.ts';
import { aRollContext } from '../support/rollContext.ts';
import { aRoll } from '../support/scenarios.ts';

const FULL = aNode('full');
const OBJECTS = {
  nodes: [FULL, aNode('spare')],
  workloads: [aReplicaSet('web', 1, { cpu: 1 })],
  pods: [
    aPod('web-1', { labels: { app: 'web' }, owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' }, nodeName: 'full', cpu: 1 }),
  ],
};
const { drain, failure } = aRoll(OBJECTS);
const IMPATIENT: Partial<RollPlan> = { failure: { ...failure, readyTimeout: minutes(1), retries: 0 } };

/** Resets the node `full`, whose pod needs 10 s to end, each time in the next of `times`; `deletedAt` and `closedAt` in seconds. */
function resetOf({ knobs = {}, times = [minutes(8)], isBlocked = 'no', deletedAt, closedAt, node: full = FULL }: Story = {}) {
  const budgets = isBlocked === 'byBudget' ? [aBudget('web', { maxUnavailable: 0 })] : [];
  const { sim, cluster, kubelet, at, until } = aControlPlane({ ...OBJECTS, nodes: [full, aNode('spare')], budgets });
  const [closing, left] = [new Closing(), [...times]];
  const context = aRollContext({ sim, cluster, kubelet }, { resetTime: () => left.shift() ?? NEVER, closing });
  const node = cluster.nodes.get('full');
  if (!node) throw new Error('no node full');
  const reset = sim.start('reset', resetNode(context, node, aRoll(OBJECTS, { gate: NO_GATE, nodeObject: 'kept', ...knobs }), 3));
  if (deletedAt !== undefined) at(deletedAt, () => cluster.removeNode(node));
  if (closedAt !== undefined) at(closedAt, () => closing.close('the run is over'));
  until(10_000);
  return { row: reset.result(), node, now: cluster.nodes.get('full') };
}

interface Story {
  readonly knobs?: Partial<RollPlan>;
  readonly times?: readonly Duration[];
  readonly isBlocked?: 'no' | 'byBudget';
  readonly deletedAt?: number;
  readonly closedAt?: number;
  readonly node?: NodeDescription;
}

const NO_GATE = { minReady: ZERO, postInstall: ZERO, waitPostInstallFinish: false };
const second = (n: number) => instant(n * 1000);

describe('resetNode', () => {
  it('tells every step of a node that comes back', () => {
    const { row, node, now } = resetOf();
    const times = { cordonedAt: 0, drainedAt: second(10), resetAt: second(10), readyAt: second(490), inServiceAt: second(490) };
    expect(row).toMatchObject({ node: 'full', batch: 3, outcome: 'inService', reason: undefined, evictions: 1, lostData: [], ...times });
    expect(now).toBe(node);
    expect(node.unschedulable).toBe(false);
  });

  it('destroys what the plan says, also in place', () => {
    const images = [{ names: ['app:1'], sizeBytes: 1 }];
    const wiped = (imageCache: boolean) => {
      const wipe = { ...wipePlans.inplace, imageCache };
      return resetOf({ node: { ...FULL, images }, knobs: { replacement: 'inplace', wipe } }).node.images;
    };
    expect(wiped(false)).toEqual(images);
    expect(wiped(true)).toEqual([]);
  });

  it('creates the Node object again if the plan says so', () => {
    const { row, node, now } = resetOf({ knobs: { nodeObject: 'recreatedCordoned' } });
    expect(row).toMatchObject({ outcome: 'inService', inServiceAt: second(490) });
    expect(now).not.toBe(node);
    expect(now?.unschedulable).toBe(false);
  });

  it('waits for the gate before it uncordons', () => {
    const { row } = resetOf({ knobs: { gate: { minReady: seconds(30), postInstall: minutes(2), waitPostInstallFinish: true } } });
    expect(row).toMatchObject({ readyAt: second(490), inServiceAt: second(610) });
  });

  it('repeats a failed reinstallation', () => {
    const { row } = resetOf({ times: [NEVER, minutes(1)], knobs: { failure: { ...failure, readyTimeout: minutes(5), retries: 1 } } });
    expect(row).toMatchObject({ outcome: 'inService', readyAt: second(10 + 300 + 60) });
  });

  it.each<[string, Story, Partial<NodeReset>]>([
    [
      'whose drain times out',
      { isBlocked: 'byBudget', knobs: { drain: { ...drain, timeout: minutes(1), onTimeout: 'failNode' } } },
      { outcome: 'failed', drainedAt: undefined, resetAt: undefined, endedAt: second(60), evictions: 0 },
    ],
    [
      'that is deleted before its cordon',
      { knobs: { commandTime: seconds(10) }, deletedAt: 5 },
      { outcome: 'deleted', reason: 'the node was deleted', cordonedAt: undefined, evictions: 0, endedAt: second(10) },
    ],
    [
      'whose run is over before its cordon',
      { knobs: { commandTime: seconds(10) }, closedAt: 5 },
      { outcome: 'stuck', reason: 'the run is over', cordonedAt: undefined, evictions: 0, endedAt: second(5) },
    ],
    [
      'that is deleted before its drain',
      { knobs: { commandTime: seconds(10) }, deletedAt: 15 },
      { outcome: 'deleted', reason: 'the node was deleted', cordonedAt: second(10), evictions: 0, endedAt: second(20) },
    ],
    [
      'that is deleted while it is drained',
      { isBlocked: 'byBudget', deletedAt: 5 },
      { outcome: 'deleted', reason: 'the node was deleted', resetAt: undefined, endedAt: second(5) },
    ],
    [
      'that is deleted before its machine goes away',
      { knobs: { pauseAfterDrain: seconds(20) }, deletedAt: 15 },
      { outcome: 'deleted', reason: 'the node was deleted during its reset', drainedAt: second(10), resetAt: undefined },
    ],
    [
      'that is deleted while its machine is away',
      { deletedAt: 100 },
      { outcome: 'deleted', resetAt: second(10), readyAt: undefined, endedAt: second(100) },
    ],
    [
      'that is deleted while it waits for the gate',
      { knobs: { gate: { ...NO_GATE, minReady: minutes(1) } }, deletedAt: 500 },
      { outcome: 'deleted', readyAt: second(490), inServiceAt: undefined },
    ],
    [
      'that is not Ready in time',
      { times: [minutes(8)], knobs: IMPATIENT },
      { outcome: 'failed', reason: 'the node did not become Ready in time', endedAt: second(70) },
    ],
    [
      'whose own removal is no deletion, not Ready in time',
      { times: [minutes(8)], knobs: { ...IMPATIENT, nodeObject: 'recreated' } },
      { outcome: 'failed', reason: 'the node did not become Ready in time', endedAt: second(70) },
    ],
    ['when the run closes', { closedAt: 100 }, { outcome: 'stuck', reason: 'the run is over', resetAt: second(10), endedAt: second(100) }],
  ])('leaves a node out of service %s', (_what, story, row) => {
    expect(resetOf(story).row).toMatchObject({ ...row, inServiceAt: undefined });
  });

  it('leaves a node cordoned and its pods alone when the drain fails', () => {
    const { node } = resetOf({ isBlocked: 'byBudget', knobs: { drain: { ...drain, timeout: minutes(1), onTimeout: 'failNode' } } });
    expect({ pods: node.pods.size, unschedulable: node.unschedulable, ready: node.ready }).toEqual({
      ...{ pods: 1, unschedulable: true, ready: 'True' },
    });
  });
});
