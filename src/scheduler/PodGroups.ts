import type { Cluster } from '../cluster/Cluster.ts';
import { type LabelSelector, type Labels, selectorMatches } from '../cluster/LabelSelector.ts';
import type { Affinity } from '../cluster/PodSpec.ts';
import { Remembered } from '../cluster/Remembered.ts';
import { LabelFiles } from './LabelFiles.ts';
import { NodeCounts } from './NodeCounts.ts';
import { PairPool } from './PairPool.ts';
import { type GroupMembers, type GroupPart, PodGroup } from './PodGroup.ts';
import type { PodKind } from './PodKind.ts';
import type { PodPlaces } from './PodPlaces.ts';

interface Watcher {
  readonly selector: LabelSelector;
  readonly counts: NodeCounts;
  /** The only group that it matches, whose counts it reads; undefined when it has counts of its own. */
  sharing: PodGroup | undefined;
}

/**
 * Counts of pods per node, by group and by every selector that was ever asked for.
 *
 * A change of one pod costs as much as there are selectors that match it, so asking again costs nothing, however many pods there are.
 */
export class PodGroups implements GroupMembers {
  private readonly groups = new Map<string, PodGroup>();
  private readonly watchers = new Map<string, Watcher>();
  /** By number of the kind; `null` stands for a kind whose group keeps no count. */
  private readonly byKind: (PodGroup | null | undefined)[] = [];
  private readonly cluster: Pick<Cluster, 'podsOwnedBy'>;
  private readonly places: PodPlaces;
  private readonly pool = new PairPool();
  private readonly inOrder: PodGroup[] = [];
  private readonly withAffinity: PodGroup[] = [];
  private readonly files = new LabelFiles<PodGroup, Watcher>();
  private readonly affinityKeys = new Map<Affinity, string>();
  private affinities = 0;

  /** `places` says where the pods of `cluster` are that are counted. */
  constructor(cluster: Pick<Cluster, 'podsOwnedBy'>, places: PodPlaces) {
    this.cluster = cluster;
    this.places = places;
  }

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
    const key = `${namespace} ${selectorKey(selector)}`;
    const known = this.watchers.get(key);
    if (known) return known.counts;
    const watcher = this.watch(namespace, selector);
    this.watchers.set(key, watcher);
    return watcher.counts;
  }

  /** Counts a pod of `kind` on the node with `slot`, which `places` does not know of yet. */
  add(kind: PodKind, slot: number, part: GroupPart): void {
    const known = this.byKind[kind.number];
    const group = known === undefined ? this.enter(kind) : known;
    group?.add(slot, 1, part);
  }

  /** Makes ready for the first pod of `kind`. */
  meet(kind: PodKind): void {
    if (this.byKind[kind.number] === undefined) this.enter(kind);
  }

  /** As `add`, for the kind with this number, which was met. */
  addMet(kind: number, slot: number, part: GroupPart): void {
    this.byKind[kind]?.add(slot, 1, part);
  }

  /** Takes back what `add` did for the kind with this number. */
  remove(kind: number, slot: number, part: GroupPart): void {
    this.byKind[kind]?.add(slot, -1, part);
  }

  /** Takes note that a lasting pod of this kind on the node in `slot` is terminating: spreading no longer counts it. */
  startLeaving(kind: number, slot: number): void {
    this.byKind[kind]?.startLeaving(slot);
  }

  /** Only pods with an owner: of the others count is kept from the first one on. */
  visitPods(group: PodGroup, visit: (slot: number, part: GroupPart) => void): void {
    const { places } = this;
    for (const { number, namespace, owner } of group.kinds) {
      if (!owner) continue;
      this.cluster.podsOwnedBy({ kind: owner.kind, namespace, name: owner.name }).forEachSlot((slot) => {
        const node = places.nodeOf(slot);
        if (node >= 0 && places.kindOf(slot) === number) visit(node, places.isLeaving(slot) ? 'leaving' : 'lasting');
      });
    }
  }

  keepCountOf(group: PodGroup): void {
    for (const { number } of group.kinds) this.byKind[number] = group;
  }

  private watch(namespace: string, selector: LabelSelector): Watcher {
    const groups = this.files.couldBeSelected(namespace, selector).filter((group) => selectorMatches(selector, group.labels));
    const [only] = groups;
    const shared = groups.length === 1 ? only?.share() : undefined;
    const watcher = { selector, counts: shared ?? new NodeCounts(this.pool), sharing: shared && only };
    this.files.addSelecting(namespace, selector, watcher);
    if (!shared) for (const group of groups) group.countInto(watcher.counts);
    return watcher;
  }

  /** Takes in the first pod of its kind. @returns the group, if it keeps count. */
  private enter(kind: PodKind): PodGroup | null {
    const group = this.find(kind);
    group.kinds.push(kind);
    if (!kind.owner) group.keepCounts();
    const counting = group.keepsCount ? group : null;
    this.byKind[kind.number] = counting;
    return counting;
  }

  private find({ namespace, labels, spec, demand: { affinity } }: PodKind): PodGroup {
    const key = `${namespace} ${labelKeys.of(labels)} ${affinity ? this.affinityKey(spec.affinity) : ''}`;
    const known = this.groups.get(key);
    if (known) return known;
    const group = new PodGroup({ namespace, labels, affinity }, this.pool, this);
    for (const watcher of this.files.couldSelect(namespace, labels)) if (selectorMatches(watcher.selector, labels)) join(group, watcher);
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

/** The same text for the same labels in any order. */
const labelKeys = new Remembered((labels: Labels) => {
  let text = '';
  for (const key of Object.keys(labels).sort()) text += `${key}\u0000${labels[key] ?? ''}\u0000`;
  return text;
});

/** The same text for the same requirements in the same order. */
function selectorKey({ requirements }: LabelSelector): string {
  let text = '';
  for (const { key, operator, values } of requirements) text += `${key}\u0000${operator} ${values.length} ${values.join('\u0000')}\u0000`;
  return text;
}

/** Lets `watcher` count one more group. */
function join(group: PodGroup, watcher: Watcher): void {
  watcher.sharing?.unshare();
  watcher.sharing = undefined;
  group.countInto(watcher.counts);
}
