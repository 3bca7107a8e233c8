import type { Cluster } from '../../../src/cluster/Cluster.ts';
import type { Node } from '../../../src/cluster/Node.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import { START } from '../../../src/units.ts';
import { type Blow, imagesOf, nodeFrom, taintsOf } from './arbitraries.ts';

const ZONE = 'topology.kubernetes.io/zone';

/** Lets one thing happen to `cluster`; `step` names what is new. */
export function strike(cluster: Cluster, { what, whom }: Blow, step: number): void {
  const node = pick([...cluster.nodes.values()], whom);
  const pod = pick([...cluster.pods.values()], whom);
  if (what === 'terminate' && pod) cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  else if (what === 'remove' && pod) cluster.removePod(pod);
  else if (what === 'finish' && pod?.nodeName !== undefined) cluster.setPodPhase(pod, 'Succeeded');
  else if (what === 'relabel' && pod) cluster.updatePod(pod, { labels: { app: whom % 2 === 0 ? 'web' : 'db' } });
  else if (what === 'addNode')
    cluster.addNode(
      nodeFrom(`added-${step}`, {
        cpu: 1 + (whom % 8),
        zone: 'abc-'.charAt(whom % 40 < 38 ? whom % 3 : whom % 5),
        taint: whom % 7,
        images: whom % 8,
      }),
    );
  else if (node) strikeNode(cluster, node, { what, whom });
}

function strikeNode(cluster: Cluster, node: Node, { what, whom }: Pick<Blow, 'what' | 'whom'>): void {
  if (what === 'cordon') cluster.cordon(node);
  else if (what === 'uncordon') cluster.uncordon(node);
  else if (what === 'retaint') cluster.updateNode(node, { taints: taintsOf(whom % 7) });
  else if (what === 'wipe') cluster.updateNode(node, { images: [], labels: { ...node.labels } });
  else if (what === 'pull') cluster.updateNode(node, { images: imagesOf(whom % 8) });
  else if (what === 'moveZone') cluster.updateNode(node, { labels: { ...node.labels, [ZONE]: 'abcd'.charAt(whom % 4) } });
  else if (what === 'removeNode' && cluster.nodes.size > 1) removeNode(cluster, node);
}

function removeNode(cluster: Cluster, node: Node): void {
  cluster.removeNode(node);
  for (const pod of [...cluster.pods.values()].filter(({ nodeName }) => nodeName === node.name)) cluster.removePod(pod);
}

function pick<T extends Node | Pod>(list: readonly T[], index: number): T | undefined {
  return list[index % list.length];
}
