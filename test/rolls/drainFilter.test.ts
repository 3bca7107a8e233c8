import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Node } from '../../src/cluster/Node.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import { refusalToDrain, toDrain } from '../../src/rolls/drainFilter.ts';
import { instant, START, seconds } from '../../src/units.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';
import { aRoll } from '../support/scenarios.ts';

const { drain } = aRoll({ nodes: [] });
const owned = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
const emptyDir = { name: 'cache', source: 'emptyDir', claimName: undefined, readOnly: false, medium: undefined, fields: {} };

function nodeWith(...pods: readonly PodDescription[]): readonly [Cluster, Node] {
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], pods });
  const node = cluster.nodes.get('n1');
  if (!node) throw new Error('n1 is missing');
  return [cluster, node];
}

describe('toDrain', () => {
  it('leaves the pods of DaemonSets and static pods where they are', () => {
    const node = nodeWith(
      aPod('web', { nodeName: 'n1', owner: owned }),
      aPod('agent', { nodeName: 'n1', owner: { ...owned, kind: 'DaemonSet' } }),
      aPod('etcd', { nodeName: 'n1', annotations: { 'kubernetes.io/config.mirror': 'x' } }),
    );
    expect(toDrain(...node, drain).map(({ name }) => name)).toEqual(['web']);
  });

  it('lists pods by namespace and name', () => {
    const node = nodeWith(aPod('b', { nodeName: 'n1' }), aPod('a', { nodeName: 'n1' }), aPod('z', { nodeName: 'n1', namespace: 'app' }));
    expect(toDrain(...node, drain).map(({ key }) => key)).toEqual(['app/z', 'default/a', 'default/b']);
  });

  it('lists pods by name in whatever order they came', () => {
    const names = [...'gbhadfcei'];
    const node = nodeWith(...names.map((name) => aPod(name, { nodeName: 'n1' })));
    expect(toDrain(...node, drain).map(({ name }) => name)).toEqual([...names].sort());
  });

  it('takes nothing from a node that is not drained', () => {
    expect(toDrain(...nodeWith(aPod('web', { nodeName: 'n1' })), { ...drain, mode: 'none' })).toEqual([]);
  });
});

describe('refusalToDrain', () => {
  const bare = nodeWith(aPod('bare', { nodeName: 'n1' }), aPod('web', { nodeName: 'n1', owner: owned }));
  const local = nodeWith(aPod('web', { nodeName: 'n1', owner: owned, spec: aPodSpec({ volumes: [emptyDir] }) }));

  it('names the bare pods that forbid the drain', () => {
    const plan = { ...drain, pods: { ...drain.pods, unmanaged: 'refuseDrain' as const } };
    expect(refusalToDrain(...bare, plan, START)).toBe(
      'cannot delete cannot delete Pods that declare no controller (use --force to override): default/bare',
    );
  });

  it('names the pods with local storage that forbid the drain', () => {
    const plan = { ...drain, pods: { ...drain.pods, emptyDir: 'refuseDrain' as const } };
    expect(refusalToDrain(...local, plan, START)).toBe(
      'cannot delete Pods with local storage (use --delete-emptydir-data to override): default/web',
    );
  });

  it('names only the local storage of a bare pod that has some', () => {
    const both = nodeWith(aPod('bare', { nodeName: 'n1', spec: aPodSpec({ volumes: [emptyDir] }) }));
    const plan = { ...drain, pods: { ...drain.pods, unmanaged: 'refuseDrain' as const, emptyDir: 'refuseDrain' as const } };
    expect(refusalToDrain(...both, plan, START)).toBe(
      'cannot delete Pods with local storage (use --delete-emptydir-data to override): default/bare',
    );
  });

  it('also checks the local storage of a pod whose DaemonSet is gone', () => {
    const owner = { ...owned, kind: 'DaemonSet' };
    const orphaned = nodeWith(aPod('agent', { nodeName: 'n1', owner, spec: aPodSpec({ volumes: [emptyDir] }) }));
    const plan = { ...drain, pods: { ...drain.pods, orphanedDaemons: 'evict' as const, emptyDir: 'refuseDrain' as const } };
    expect(refusalToDrain(...orphaned, plan, START)).toContain('Pods with local storage');
  });

  it('skips a bare pod that should have been gone long ago', () => {
    const termination = { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' as const };
    const stuck = nodeWith(aPod('bare', { nodeName: 'n1', termination }));
    const plan = { ...drain, skipTerminatingAfter: seconds(10), pods: { ...drain.pods, unmanaged: 'refuseDrain' as const } };
    expect(refusalToDrain(...stuck, plan, instant(40_999))).toContain('default/bare');
    expect(refusalToDrain(...stuck, plan, instant(41_000))).toBeUndefined();
  });

  it('allows both when the plan does', () => {
    expect(refusalToDrain(...bare, drain, START)).toBeUndefined();
    expect(refusalToDrain(...local, drain, START)).toBeUndefined();
  });

  it.each([
    ['evict', ['agent'], undefined],
    ['refuseDrain', [], 'cannot delete daemonsets.apps "web" not found: default/agent'],
    [undefined, [], undefined],
  ] as const)('with %s for pods whose DaemonSet is gone', (orphanedDaemons, taken, refusal) => {
    const orphaned = nodeWith(aPod('agent', { nodeName: 'n1', owner: { ...owned, kind: 'DaemonSet' } }));
    const plan = { ...drain, pods: { ...drain.pods, ...(orphanedDaemons ? { orphanedDaemons } : {}) } };
    expect(toDrain(...orphaned, plan).map(({ name }) => name)).toEqual(taken);
    expect(refusalToDrain(...orphaned, plan, START)).toBe(refusal);
  });
});
