import { type LabelSelector, type Labels, selectorMatches } from '../cluster/LabelSelector.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { Affinity } from '../cluster/PodSpec.ts';
import type { AffinityTerms } from './AffinityTerms.ts';
import { LabelFiles } from './LabelFiles.ts';
import { NodeCounts } from './NodeCounts.ts';
import { PairPool } from './PairPool.ts';
import type { PodKind } from './PodKind.ts';

/** Pods on nodes that share namespace, labels and affinity: no selector can tell them apart, and they all want the same. */
export interface PodGroup {
  readonly namespace: string;
  readonly labels: Labels;
  /** undefined without any term of pod affinity or anti-affinity. */
  readonly affinity: AffinityTerms | undefined;
  /** How many are on each node, terminating ones included. */
  readonly counts: NodeCounts;
}

interface Group extends PodGroup {
  /** Those of `counts` that are terminating. */
  readonly leaving: NodeCounts;
  /** The counts of the watchers whose selectors match. */
  readonly watched: NodeCounts[];
}

interface Watcher {
  readonly namespace: string;
  readonly selector: LabelSelector;
  readonly counts: NodeCounts;
}

/**
 * Counts of pods per node by group, and by selector for every selector that was ever asked for.
 *
 * A change of one pod costs as much as the selectors that match it, so asking again costs nothing however many pods there are.
 */
export class PodGroups {
  private readonly groups = new Map<string, Group>();
  private readonly watchers = new Map<string, Watcher>();
  private readonly byKind: (Group | undefined)[] = [];
  /** Whether a pod was taken as terminating, by its slot. */
  private readonly isLeaving: boolean[] = [];
  private readonly pool = new PairPool();
  private readonly inOrder: Group[] = [];
  private readonly withAffinity: Group[] = [];
  private readonly files = new LabelFiles<Group, Watcher>();
  private readonly affinityKeys = new WeakMap<Affinity, string>();
  private affinities = 0;

  /** Every group that ever had a pod on a node, in order of appearance: the list only grows. */
  all(): readonly PodGroup[] {
    return this.inOrder;
  }

  /** Those of `all` whose pods have any term of pod affinity or anti-affinity. */
  allWithAffinity(): readonly PodGroup[] {
    return this.withAffinity;
  }

  /** How many pods of `namespace` that are not terminating match `selector`, by node. */
  lastingPods(namespace: string, selector: LabelSelector): NodeCounts {
    const key = `${namespace} ${JSON.stringify(selector.requirements)}`;
    const known = this.watchers.get(key) ?? this.watch({ namespace, selector, counts: new NodeCounts(this.pool) });
    this.watchers.set(key, known);
    return known.counts;
  }

  /** Counts `pod`, which is of `kind`, on the node with `slot`. */
  add(pod: Pod, kind: PodKind, slot: number): void {
    const group = this.groupOf(kind);
    group.counts.add(slot, 1);
    while (this.isLeaving.length < pod.slot) this.isLeaving.push(false);
    this.isLeaving[pod.slot] = pod.isTerminating;
    if (pod.isTerminating) group.leaving.add(slot, 1);
    else countLasting(group, slot, 1);
  }

  /** Takes back what `add` did, with the same kind and slot. */
  remove(pod: Pod, kind: PodKind, slot: number): void {
    const group = this.groupOf(kind);
    group.counts.add(slot, -1);
    if (this.isLeaving[pod.slot]) group.leaving.add(slot, -1);
    else countLasting(group, slot, -1);
  }

  /** Takes note that `pod`, added with the same kind and slot, is terminating: spreading no longer counts it. */
  markTerminating(pod: Pod, kind: PodKind, slot: number): void {
    if (this.isLeaving[pod.slot]) return;
    this.isLeaving[pod.slot] = true;
    const group = this.groupOf(kind);
    group.leaving.add(slot, 1);
    countLasting(group, slot, -1);
  }

  private watch(watcher: Watcher): Watcher {
    this.files.addSelecting(watcher.namespace, watcher.selector, watcher);
    for (const group of new Set(this.files.couldBeSelected(watcher.namespace, watcher.selector))) {
      if (!selects(watcher, group)) continue;
      group.watched.push(watcher.counts);
      addAll(group.counts, watcher.counts, 1);
      addAll(group.leaving, watcher.counts, -1);
    }
    return watcher;
  }

  private groupOf(kind: PodKind): Group {
    const known = this.byKind[kind.number];
    if (known) return known;
    const group = this.find(kind);
    this.byKind[kind.number] = group;
    return group;
  }

  private find({ namespace, labels, spec, demand: { affinity } }: PodKind): Group {
    const key = `${namespace} ${labelKey(labels)} ${affinity ? this.affinityKey(spec.affinity) : ''}`;
    const known = this.groups.get(key);
    if (known) return known;
    const candidates = [...new Set(this.files.couldSelect(namespace, labels))];
    const watched = candidates.filter((watcher) => selects(watcher, { namespace, labels })).map((watcher) => watcher.counts);
    const [counts, leaving] = [new NodeCounts(this.pool), new NodeCounts(this.pool)];
    const group: Group = { namespace, labels, affinity, counts, leaving, watched };
    this.groups.set(key, group);
    this.inOrder.push(group);
    this.files.addLabelled(namespace, labels, group);
    if (affinity) this.withAffinity.push(group);
    return group;
  }

  /** Pods of one template share the object, so that its identity will do. */
  private affinityKey(affinity: Affinity): string {
    const known = this.affinityKeys.get(affinity);
    if (known !== undefined) return known;
    this.affinities += 1;
    const key = String(this.affinities);
    this.affinityKeys.set(affinity, key);
    return key;
  }
}

function labelKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function selects(watcher: Watcher, pods: { readonly namespace: string; readonly labels: Labels }): boolean {
  return watcher.namespace === pods.namespace && selectorMatches(watcher.selector, pods.labels);
}

function countLasting(group: Group, slot: number, change: number): void {
  const { watched } = group;
  for (let i = 0; i < watched.length; i += 1) watched[i]?.add(slot, change);
}

function addAll(counts: NodeCounts, sums: NodeCounts, sign: 1 | -1): void {
  for (let i = 0; i < counts.size; i += 1) sums.add(counts.slotAt(i), sign * counts.podsAt(i));
}
