import { type LabelSelector, type Labels, selectorMatches } from '../cluster/LabelSelector.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { Affinity } from '../cluster/PodSpec.ts';
import type { AffinityTerms } from './AffinityTerms.ts';
import { LabelFiles } from './LabelFiles.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { PodDemands } from './PodDemands.ts';

/** Pods on nodes that share namespace, labels and affinity: no selector can tell them apart, and they all want the same. */
export interface PodGroup {
  readonly namespace: string;
  readonly labels: Labels;
  /** undefined without any term of pod affinity or anti-affinity. */
  readonly affinity: AffinityTerms | undefined;
  /** How many are on each node, terminating ones included. */
  readonly counts: ReadonlyMap<NodeInfo, number>;
}

interface Group extends PodGroup {
  readonly counts: Map<NodeInfo, number>;
  readonly lasting: Map<NodeInfo, number>;
  readonly watchers: Set<Watcher>;
}

interface Watcher {
  readonly namespace: string;
  readonly selector: LabelSelector;
  readonly counts: Map<NodeInfo, number>;
}

/**
 * Counts of pods per node by group, and by selector for every selector that was ever asked for.
 *
 * A change of one pod costs as much as the selectors that match it, so asking again costs nothing however many pods there are.
 */
export class PodGroups {
  private readonly groups = new Map<string, Group>();
  private readonly watchers = new Map<string, Watcher>();
  private readonly placed = new Map<Pod, { readonly group: Group; readonly node: NodeInfo; isLasting: boolean }>();
  private readonly inOrder: Group[] = [];
  private readonly withAffinity: Group[] = [];
  private readonly files = new LabelFiles<Group, Watcher>();
  private readonly keys = new WeakMap<Labels | Affinity, string>();
  private readonly demands: PodDemands;
  private affinities = 0;

  constructor(demands: PodDemands) {
    this.demands = demands;
  }

  /** Every group that ever had a pod on a node, in order of appearance: the list only grows. */
  all(): readonly PodGroup[] {
    return this.inOrder;
  }

  /** Those of `all` whose pods have any term of pod affinity or anti-affinity. */
  allWithAffinity(): readonly PodGroup[] {
    return this.withAffinity;
  }

  /** How many pods of `namespace` that are not terminating match `selector`, by node; nodes without any are absent. */
  lastingPods(namespace: string, selector: LabelSelector): ReadonlyMap<NodeInfo, number> {
    const key = `${namespace} ${JSON.stringify(selector.requirements)}`;
    const known = this.watchers.get(key) ?? this.watch({ namespace, selector, counts: new Map() });
    this.watchers.set(key, known);
    return known.counts;
  }

  add(pod: Pod, node: NodeInfo): void {
    const group = this.groupOf(pod);
    this.placed.set(pod, { group, node, isLasting: !pod.isTerminating });
    count(group.counts, node, 1);
    if (!pod.isTerminating) countLasting(group, node, 1);
  }

  remove(pod: Pod): void {
    const place = this.placed.get(pod);
    if (!place) return;
    this.placed.delete(pod);
    count(place.group.counts, place.node, -1);
    if (place.isLasting) countLasting(place.group, place.node, -1);
  }

  /** Takes note that `pod` is terminating: spreading no longer counts it. */
  markTerminating(pod: Pod): void {
    const place = this.placed.get(pod);
    if (!place?.isLasting) return;
    place.isLasting = false;
    countLasting(place.group, place.node, -1);
  }

  private watch(watcher: Watcher): Watcher {
    this.files.addSelecting(watcher.namespace, watcher.selector, watcher);
    for (const group of this.files.couldBeSelected(watcher.namespace, watcher.selector)) {
      if (!selects(watcher, group)) continue;
      group.watchers.add(watcher);
      for (const [node, pods] of group.lasting) count(watcher.counts, node, pods);
    }
    return watcher;
  }

  private groupOf(pod: Pod): Group {
    const { affinity } = this.demands.of(pod);
    const key = `${pod.namespace} ${this.labelKey(pod.labels)} ${affinity ? this.affinityKey(pod.spec.affinity) : ''}`;
    const known = this.groups.get(key);
    if (known) return known;
    const { namespace, labels } = pod;
    const watchers = new Set(this.files.couldSelect(namespace, labels).filter((watcher) => selects(watcher, pod)));
    const group: Group = { namespace, labels, affinity, counts: new Map(), lasting: new Map(), watchers };
    this.groups.set(key, group);
    this.inOrder.push(group);
    this.files.addLabelled(namespace, labels, group);
    if (affinity) this.withAffinity.push(group);
    return group;
  }

  private labelKey(labels: Labels): string {
    const known = this.keys.get(labels);
    if (known !== undefined) return known;
    const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    this.keys.set(labels, key);
    return key;
  }

  /** Pods of one template share the object, so that its identity will do. */
  private affinityKey(affinity: Affinity): string {
    const known = this.keys.get(affinity);
    if (known !== undefined) return known;
    this.affinities += 1;
    const key = String(this.affinities);
    this.keys.set(affinity, key);
    return key;
  }
}

function selects(watcher: Watcher, pods: { readonly namespace: string; readonly labels: Labels }): boolean {
  return watcher.namespace === pods.namespace && selectorMatches(watcher.selector, pods.labels);
}

function countLasting(group: Group, node: NodeInfo, change: number): void {
  count(group.lasting, node, change);
  for (const watcher of group.watchers) count(watcher.counts, node, change);
}

function count(counts: Map<NodeInfo, number>, node: NodeInfo, change: number): void {
  const pods = (counts.get(node) ?? 0) + change;
  if (pods === 0) counts.delete(node);
  else counts.set(node, pods);
}
