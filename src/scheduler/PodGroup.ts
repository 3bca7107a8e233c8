import type { Labels } from '../cluster/LabelSelector.ts';
import type { AffinityTerms } from './AffinityTerms.ts';
import { NodeCounts } from './NodeCounts.ts';
import type { PairPool } from './PairPool.ts';
import type { PodKind } from './PodKind.ts';

/** What the pods of a group have in common. */
export interface GroupTraits {
  readonly namespace: string;
  readonly labels: Labels;
  /** undefined without any term of pod affinity or anti-affinity. */
  readonly affinity: AffinityTerms | undefined;
}

/** The pods of a group that are not terminating, and those that are. */
export type GroupPart = 'lasting' | 'leaving';

/** Knows the pods of groups. */
export interface GroupMembers {
  /** Calls `visit` for each pod of `group` with the slot of its node. */
  visitPods(group: PodGroup, visit: (slot: number, part: GroupPart) => void): void;
  /** Tells `group`, which begins to keep count, of every change from now on. */
  keepCountOf(group: PodGroup): void;
}

/**
 * Pods on nodes that share namespace, labels and affinity: no selector can tell them apart, and they all want the same.
 *
 * They are counted when somebody first asks, and kept up to date from then on; for most groups nobody ever asks.
 */
export class PodGroup implements GroupTraits {
  /** How many are on each node that are not terminating; undefined until somebody asks. */
  private lasting: NodeCounts | undefined = undefined;
  /** Terminating ones included; undefined until somebody asks. */
  private all: NodeCounts | undefined = undefined;
  /** More counts, of selectors that match other groups too; undefined without any, as for most groups. */
  private followers: NodeCounts[] | undefined = undefined;
  /** Whether another selector reads `lasting` as its counts. */
  private isShared = false;
  /** What its pods are besides, in order of appearance. */
  readonly kinds: PodKind[] = [];
  readonly namespace: string;
  readonly labels: Labels;
  readonly affinity: AffinityTerms | undefined;
  private readonly pool: PairPool;
  private readonly members: GroupMembers;

  constructor({ namespace, labels, affinity }: GroupTraits, pool: PairPool, members: GroupMembers) {
    this.namespace = namespace;
    this.labels = labels;
    this.affinity = affinity;
    this.pool = pool;
    this.members = members;
  }

  /** Whether anybody has asked: only then need it hear of changes. */
  get keepsCount(): boolean {
    return this.lasting !== undefined || this.all !== undefined;
  }

  /** How many are on each node, terminating ones included. */
  get counts(): NodeCounts {
    this.all ??= this.countAnew('all');
    return this.all;
  }

  /** Keeps the counts from now on, whether they are asked for or not. */
  keepCounts(): void {
    this.lasting ??= this.countAnew('lasting');
    this.all ??= this.countAnew('all');
  }

  /** Counts `change` more of that part on the node with `slot`. */
  add(slot: number, change: 1 | -1, part: GroupPart): void {
    this.all?.add(slot, change);
    if (part === 'lasting') this.addLasting(slot, change);
  }

  /** One that was counted as lasting is terminating. */
  startLeaving(slot: number): void {
    this.addLasting(slot, -1);
  }

  /** The counts of the lasting pods, for a selector that matches only this group; undefined when another selector has them already. */
  share(): NodeCounts | undefined {
    if (this.isShared) return undefined;
    this.isShared = true;
    return this.lastingOnes();
  }

  /** Goes on without the counts that were shared: from now on they are told of this group like any others. */
  unshare(): void {
    const shared = this.lastingOnes();
    this.lasting = this.copyOf(shared);
    this.isShared = false;
    this.follow(shared);
  }

  /** Adds those that last to `counts`, now and with every change. */
  countInto(counts: NodeCounts): void {
    addAll(this.lastingOnes(), counts);
    this.follow(counts);
  }

  private lastingOnes(): NodeCounts {
    this.lasting ??= this.countAnew('lasting');
    return this.lasting;
  }

  private addLasting(slot: number, change: 1 | -1): void {
    this.lasting?.add(slot, change);
    const { followers } = this;
    if (followers) for (const counts of followers) counts.add(slot, change);
  }

  private follow(counts: NodeCounts): void {
    this.followers ??= [];
    this.followers.push(counts);
  }

  private countAnew(which: 'lasting' | 'all'): NodeCounts {
    const counts = new NodeCounts(this.pool);
    const slots: number[] = [];
    this.members.keepCountOf(this);
    this.members.visitPods(this, (slot, part) => {
      if (which === 'all' || part === 'lasting') slots.push(slot);
    });
    counts.fill(slots);
    return counts;
  }

  private copyOf(counts: NodeCounts): NodeCounts {
    const copy = new NodeCounts(this.pool);
    addAll(counts, copy);
    return copy;
  }
}

function addAll(counts: NodeCounts, sums: NodeCounts): void {
  for (let i = 0; i < counts.size; i += 1) sums.add(counts.slotAt(i), counts.podsAt(i));
}
