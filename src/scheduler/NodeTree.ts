import type { Labels } from '../cluster/LabelSelector.ts';

/**
 * Node names by zone, and the order in which the scheduler visits them: the first of every zone, then the second of every zone, and so on.
 * @see kubernetes/kubernetes pkg/scheduler/backend/cache/node_tree.go
 */
export class NodeTree {
  private readonly zones = new Map<string, string[]>();
  private readonly zoneOf = new Map<string, string>();

  /** Adds a node at the end of its zone; a node whose zone changed moves there, any other known one keeps its place. */
  put(name: string, labels: Labels): void {
    const zone = zoneKey(labels);
    if (this.zoneOf.get(name) === zone) return;
    this.remove(name);
    this.zoneOf.set(name, zone);
    const names = this.zones.get(zone);
    if (names) names.push(name);
    else this.zones.set(zone, [name]);
  }

  /** Takes a node out; its zone goes with its last node. */
  remove(name: string): void {
    const zone = this.zoneOf.get(name);
    if (zone === undefined) return;
    this.zoneOf.delete(name);
    const rest = (this.zones.get(zone) ?? []).filter((other) => other !== name);
    if (rest.length > 0) this.zones.set(zone, rest);
    else this.zones.delete(zone);
  }

  /** All names, round robin over the zones. */
  list(): string[] {
    const zones = [...this.zones.values()];
    const longest = Math.max(0, ...zones.map((names) => names.length));
    const order: string[] = [];
    for (let i = 0; i < longest; i += 1) {
      for (const names of zones) {
        const name = names[i];
        if (name !== undefined) order.push(name);
      }
    }
    return order;
  }
}

/** @see kubernetes/kubernetes staging/src/k8s.io/component-helpers/node/topology/helpers.go (GetZoneKey) */
function zoneKey(labels: Labels): string {
  const zone = labels['failure-domain.beta.kubernetes.io/zone'] ?? labels['topology.kubernetes.io/zone'] ?? '';
  const region = labels['failure-domain.beta.kubernetes.io/region'] ?? labels['topology.kubernetes.io/region'] ?? '';
  return zone === '' && region === '' ? '' : `${region}:\u0000:${zone}`;
}
