import type { Cluster } from '../cluster/Cluster.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { Instant } from '../units.ts';

/**
 * Picks `count` of the active pods of one ReplicaSet to be deleted on a scale-down, first victim first; none when `count` is not positive.
 *
 * Times are compared by powers of two, as in Kubernetes; what is equal then goes by `lot` (Kubernetes: the random UID), lowest first, or
 * by name.
 * @see kubernetes/kubernetes pkg/controller/controller_utils.go (ActivePodsWithRanks)
 */
export function pickVictims(cluster: Cluster, active: readonly Pod[], { count, now, lot, stamp = (at) => at }: ScaleDown): readonly Pod[] {
  if (count <= 0) return [];
  if (count >= active.length) return active;
  const ranks = new Map(active.map((pod) => [pod, relatedOnNode(cluster, pod)]));
  const ageOf = (at: Instant) => now - stamp(at);
  const lots = new Map(active.map((pod) => [pod, lot?.(pod) ?? 0]));
  return [...active].sort((a, b) => compareVictims(a, b, { ranks, lots, ageOf })).slice(0, count);
}

/** How many pods have to go, and when. */
export interface ScaleDown {
  readonly count: number;
  readonly now: Instant;
  /** What decides between equal pods. */
  readonly lot?: (pod: Pod) => number;
  /** The instant that an object bears for what happened at `at`; API objects know whole seconds only. */
  readonly stamp?: (at: Instant) => Instant;
}

/** How many active pods of the same Deployment, or of the same ReplicaSet without one, share the node of `pod`. */
function relatedOnNode(cluster: Cluster, pod: Pod): number {
  const node = cluster.nodeOf(pod);
  if (!node) return 0;
  const family = familyOf(cluster, pod);
  let related = 0;
  for (const other of node.pods) {
    if (!other.isTerminating && other.namespace === pod.namespace && familyOf(cluster, other) === family) related += 1;
  }
  return related;
}

function familyOf(cluster: Cluster, pod: Pod): string {
  const owner = cluster.ownerOf(pod)?.owner ?? pod.owner;
  return owner ? `${owner.kind}/${owner.name}` : '';
}

interface Comparison {
  readonly ranks: ReadonlyMap<Pod, number>;
  readonly lots: ReadonlyMap<Pod, number>;
  readonly ageOf: (at: Instant) => number;
}

function compareVictims(a: Pod, b: Pod, { ranks, lots, ageOf }: Comparison): number {
  const byLot = (lots.get(a) ?? 0) - (lots.get(b) ?? 0) || byName(a, b);
  return (
    Number(a.nodeName !== undefined) - Number(b.nodeName !== undefined) ||
    phaseOrder(a) - phaseOrder(b) ||
    Number(a.ready) - Number(b.ready) ||
    deletionCost(a) - deletionCost(b) ||
    (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0) ||
    (a.ready && ageOf(a.readySince) !== ageOf(b.readySince) ? byAge(ageOf(a.readySince), ageOf(b.readySince)) || byLot : 0) ||
    byAge(ageOf(a.createdAt), ageOf(b.createdAt)) ||
    byLot
  );
}

function phaseOrder({ phase }: Pod): number {
  return phase === 'Pending' ? 0 : phase === 'Unknown' ? 1 : 2;
}

function deletionCost({ annotations }: Pod): number {
  const cost = annotations['controller.kubernetes.io/pod-deletion-cost'];
  return cost !== undefined && /^-?\d+$/.test(cost) ? Number(cost) : 0;
}

/** The younger by a power of two first. */
function byAge(a: number, b: number): number {
  return ageBucket(a) - ageBucket(b);
}

const NANOSECONDS = 1_000_000;

/** Ages count as equal while they lie between the same two powers of two. */
function ageBucket(age: number): number {
  return age <= 0 ? -1 : Math.floor(Math.log2(age * NANOSECONDS));
}

function byName(a: Pod, b: Pod): number {
  return a.key < b.key ? -1 : 1;
}
