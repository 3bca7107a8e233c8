import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';

/** Nodes of one zone, and how many of them are not Ready. */
export interface ZoneCount {
  readonly total: number;
  readonly down: number;
}

/** Counts nodes by zone, kept up to date node by node. Nodes that are excluded from disruption do not count. */
export class ZoneCounts {
  private readonly zones = new Map<string, ZoneCount>();
  private readonly counted = new Map<Node, { readonly zone: string; readonly down: 0 | 1 }>();

  constructor(cluster: Cluster) {
    for (const node of cluster.nodes.values()) this.put(node);
  }

  /** By zone, those first that were seen first. */
  byZone(): ReadonlyMap<string, ZoneCount> {
    return this.zones;
  }

  onChange(change: ClusterChange): void {
    if (change.kind === 'nodeRemoved') this.drop(change.node);
    else if (change.kind === 'nodeAdded') this.put(change.node);
    else if (change.kind === 'nodeUpdated' && (change.node.ready !== change.before.ready || change.node.labels !== change.before.labels)) {
      this.drop(change.node);
      this.put(change.node);
    }
  }

  private put(node: Node): void {
    if (node.labels['node.kubernetes.io/exclude-disruption'] !== undefined) return;
    const down = node.ready === 'True' ? 0 : 1;
    this.counted.set(node, { zone: zoneOf(node), down });
    this.add(zoneOf(node), 1, down);
  }

  private drop(node: Node): void {
    const known = this.counted.get(node);
    if (!known) return;
    this.counted.delete(node);
    this.add(known.zone, -1, -known.down);
  }

  private add(zone: string, nodes: 1 | -1, down: number): void {
    const { total, down: before } = this.zones.get(zone) ?? { total: 0, down: 0 };
    this.zones.set(zone, { total: total + nodes, down: before + down });
  }
}

/** Region and zone of `node`; nodes without these labels share one zone. */
export function zoneOf({ labels }: Node): string {
  return `${labels['topology.kubernetes.io/region'] ?? ''}:${labels['topology.kubernetes.io/zone'] ?? ''}`;
}
