import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Node } from '../../src/cluster/Node.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { explainDecision } from '../../src/scheduler/explainDecision.ts';
import { SchedulerState } from '../../src/scheduler/SchedulerState.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod, aPodSpec, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';
import { anAffinity, aPodAffinityTerm } from '../support/placement.ts';

/** One change of a cluster; numbers choose among the pods and nodes that are there. */
const changes = fc.record({
  kind: fc.constantFrom(
    'add',
    'bind',
    'finish',
    'terminate',
    'remove',
    'relabel',
    'cordon',
    'uncordon',
    'removeNode',
    'addNode',
    'nominate',
  ),
  pod: fc.nat(20),
  node: fc.nat(5),
});
type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never;

describe('SchedulerState', () => {
  it('kept up to date by changes explains a decision like one built afterwards', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 40 }), (list) => {
        const cluster = clusterOf({ ...NO_OBJECTS, nodes: [0, 1, 2, 3].map(nodeNumber), services: [service] });
        const kept = new SchedulerState(cluster, { version: '1.34' });
        cluster.subscribe(kept);
        for (const [index, change] of list.entries()) apply(cluster, change, index);
        const pod = cluster.addPod(aPod('asked', { labels: { app: 'web' }, spec: aPodSpec({ cpu: 0.5, affinity: apartFrom('db') }) }));
        const fresh = new SchedulerState(cluster, { version: '1.34' });
        expect(sorted(explainDecision(kept, pod))).toEqual(sorted(explainDecision(fresh, pod)));
      }),
      { numRuns: 500 },
    );
  });
});

const service = { namespace: 'default', name: 'web', selector: selecting({ app: 'web' }) };

function apply(cluster: Cluster, { kind, pod: podIndex, node: nodeIndex }: Change, index: number): void {
  const pod = pick([...cluster.pods.values()], podIndex);
  const node = pick([...cluster.nodes.values()], nodeIndex);
  if (kind === 'add') cluster.addPod(newPod(index));
  else if (kind === 'addNode' && !cluster.nodes.has(`n${nodeIndex}`)) cluster.addNode(nodeNumber(nodeIndex));
  else if (kind === 'removeNode' && node) cluster.removeNode(node);
  else if (kind === 'cordon' && node) cluster.cordon(node);
  else if (kind === 'uncordon' && node) cluster.uncordon(node);
  else if (kind === 'bind') bind(cluster, pod, node);
  else if (pod) applyToPod(cluster, kind, pod, node?.name);
}

function bind(cluster: Cluster, pod: Pod | undefined, node: Node | undefined): void {
  if (pod && node && pod.nodeName === undefined && !pod.isFinished) cluster.bindPod(pod, node, START);
}

function applyToPod(cluster: Cluster, kind: Change['kind'], pod: Pod, nodeName: string | undefined): void {
  if (kind === 'finish') cluster.setPodPhase(pod, 'Succeeded');
  else if (kind === 'terminate') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  else if (kind === 'remove') cluster.removePod(pod);
  else if (kind === 'relabel') cluster.updatePod(pod, { labels: { app: pod.labels['app'] === 'web' ? 'db' : 'web' } });
  else if (kind === 'nominate' && pod.nodeName === undefined) cluster.nominatePod(pod, nodeName);
}

function newPod(index: number) {
  const isWeb = index % 2 === 0;
  const spec = aPodSpec({ cpu: 0.3, priority: index % 3, ...(index % 5 === 0 ? { affinity: apartFrom('web') } : {}) });
  return aPod(`p${index}`, { labels: { app: isWeb ? 'web' : 'db' }, spec });
}

function apartFrom(app: string) {
  return anAffinity({ podAnti: { required: [aPodAffinityTerm({ app }, 'kubernetes.io/hostname')] } });
}

function nodeNumber(index: number) {
  const images = index % 2 === 0 ? [{ names: ['registry.local/app:1'], sizeBytes: 500 * 1024 ** 2 }] : [];
  return aNode(`n${index}`, { cpu: 2, pods: 5, labels: { 'topology.kubernetes.io/zone': `z${index % 2}` }, images });
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(1, list.length)];
}

function sorted({ nodes, best }: ReturnType<typeof explainDecision>) {
  return { nodes: [...nodes].sort((a, b) => (a.node < b.node ? -1 : 1)), best: [...best].sort() };
}
