import { Cluster } from '../../../src/cluster/Cluster.ts';
import type { PodPhase } from '../../../src/cluster/Pod.ts';
import { pickVictims } from '../../../src/controllers/pickVictims.ts';
import { instant, START } from '../../../src/units.ts';
import { aNode, aPod } from '../../support/builders.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Given {
  readonly pods: readonly {
    readonly n: string;
    readonly uid?: string;
    readonly node?: string | null;
    readonly phase?: PodPhase;
    readonly ready?: boolean;
    readonly cost?: number;
    readonly rank?: number;
    readonly readySeconds?: number;
  }[];
  readonly readySeconds?: Readonly<Record<string, number>>;
}

const NOW = instant(10_000_000);
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };

/** Picks as many victims as the vector names. Ties go by name here and by UID in Kubernetes, so a pod bears its UID as its name. */
export function scaleDownOrder({ given: anything, expect: wanted }: Vector): Outcome {
  const given = anything as Given;
  const cluster = new Cluster();
  for (const name of ['n1', 'n2']) cluster.addNode(aNode(name));
  const names = new Map(given.pods.map(({ n, uid }) => [`default/${uid ?? n}`, n]));
  const candidates = given.pods.map((pod) => {
    const { n, uid, node = 'n1', phase = 'Running', ready = true, cost = 0, readySeconds = given.readySeconds?.[n] } = pod;
    const annotations = { 'controller.kubernetes.io/pod-deletion-cost': String(cost) };
    const description = aPod(uid ?? n, { owner, annotations, nodeName: node ?? undefined, phase, ready: false, createdAt: START });
    const added = cluster.addPod(description);
    if (ready) cluster.markPodReady(added, instant(NOW - (readySeconds ?? 0) * 1000));
    return added;
  });
  for (const { n, rank = 0, node } of given.pods) addNeighbours(cluster, { of: n, node: node ?? undefined, rank });
  const victims = pickVictims(cluster, candidates, { count: (wanted.victims as string[]).length, now: NOW });
  return { victims: victims.map(({ key }) => names.get(key)) };
}

/** A rank is the number of related pods on the node; those that are no candidates themselves are made up. */
function addNeighbours(cluster: Cluster, { of, node: name, rank }: { of: string; node: string | undefined; rank: number }): void {
  const node = cluster.nodes.get(name ?? '');
  for (let index = 0; node && node.pods.size < rank; index += 1)
    cluster.addPod(aPod(`beside-${of}-${index}`, { owner, nodeName: node.name }));
}
