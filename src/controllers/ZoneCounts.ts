import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers } from '../cluster/ClusterChange.ts';
import type { Node, NodeState } from '../cluster/Node.ts';

/** Nodes of one zone, and how many of them are not Ready. */
export interface ZoneCount {
  readonly total: number;
  readonly down: number;
}

/** Counts nodes by zone, kept up to date node by node. Nodes that are excluded from disruption do not count. */
export class ZoneCounts {
  readonly on = {
    nodeAdded: ({ node }) => this.put(node),
    nodeUpdated: ({ node, before }) => this.noteUpdate(node, before),
    nodeRemoved: ({ node }) => this.drop(node),
  } satisfies ChangeHandlers;
  private readonly zones = new Map<string, Mutable<ZoneCount>>();
  private readonly members = new Map<Node, Member>();

  constructor(cluster: Cluster) {
    for (const node of cluster.nodes.values()) this.put(node);
  }

  /** The zone called so, undefined when it never had a node that counts. */
  of(zone: string): ZoneCount | undefined {
    return this.zones.get(zone);
  }

  all(): Iterable<ZoneCount> {
    return this.zones.values();
  }

  /** Region and zone of `node`; nodes without these labels share one zone. */
  zoneOf(node: Node): string {
    return this.members.get(node)?.zone ?? nameOfZone(node);
  }

  private noteUpdate(node: Node, before: NodeState): void {
    if (node.labels !== before.labels) {
      this.drop(node);
      this.put(node);
    } else if (node.ready !== before.ready) this.noteReadiness(node);
  }

  private noteReadiness(node: Node): void {
    const member = this.members.get(node);
    if (!member) return;
    const down = downOf(node);
    if (member.count) member.count.down += down - member.down;
    member.down = down;
  }

  private put(node: Node): void {
    const zone = nameOfZone(node);
    const count = node.labels['node.kubernetes.io/exclude-disruption'] === undefined ? this.countOf(zone) : undefined;
    const member = { zone, count, down: downOf(node) };
    this.members.set(node, member);
    if (!count) return;
    count.total += 1;
    count.down += member.down;
  }

  private drop(node: Node): void {
    const member = this.members.get(node);
    this.members.delete(node);
    if (!member?.count) return;
    member.count.total -= 1;
    member.count.down -= member.down;
  }

  private countOf(zone: string): Mutable<ZoneCount> {
    const known = this.zones.get(zone);
    if (known) return known;
    const count = { total: 0, down: 0 };
    this.zones.set(zone, count);
    return count;
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A node as it stands in the counts: to read its zone from its labels takes long. */
interface Member {
  readonly zone: string;
  /** undefined for one that does not count. */
  readonly count: Mutable<ZoneCount> | undefined;
  down: 0 | 1;
}

function downOf({ ready }: Node): 0 | 1 {
  return ready === 'True' ? 0 : 1;
}

function nameOfZone({ labels }: Node): string {
  return `${labels['topology.kubernetes.io/region'] ?? ''}:${labels['topology.kubernetes.io/zone'] ?? ''}`;
}
