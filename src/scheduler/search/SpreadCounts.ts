import { selectorMatches } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeCounts } from '../NodeCounts.ts';
import { countsByNode, type SpreadConstraint } from '../plugins/spreadConstraints.ts';
import { hasBit } from './bits.ts';
import type { Columns } from './Columns.ts';
import type { PlacementColumn } from './PlacementColumn.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** The pods that one spread constraint counts: by node, kept up to date by the snapshot, and from them by domain. */
export class SpreadCounts {
  readonly maxSkew: number;
  readonly topology: TopologyColumn;
  readonly byNode: NodeCounts;
  /** 1 when the pod itself counts. */
  readonly self: 0 | 1;
  /** Pods by domain after `count`. */
  byDomain = new Int32Array(0);
  private readonly positionOf: Int32Array;
  private readonly placement: PlacementColumn;
  private readonly minDomains: number;
  private readonly respectsAffinity: boolean;
  private readonly respectsTaints: boolean;
  /** Topologies without which a node counts for nothing. */
  private readonly required: readonly TopologyColumn[];
  private isKnown = new Uint8Array(0);
  private knownDomains = 0;
  /** Of the nodes when `isKnown` was found, and of nodes and pods when `byDomain` was. */
  private knownVersion = -1;
  private countedNodes = -1;
  private countedPods = -1;

  constructor(constraint: SpreadConstraint, pod: Pod, { columns, context, required, placement }: SpreadSetting) {
    this.maxSkew = constraint.maxSkew;
    this.minDomains = constraint.minDomains;
    this.respectsAffinity = constraint.nodeAffinityPolicy === 'Honor';
    this.respectsTaints = constraint.nodeTaintsPolicy === 'Honor';
    this.topology = columns.topology(constraint.topologyKey);
    this.byNode = countsByNode(constraint, pod, context);
    this.self = constraint.selector && selectorMatches(constraint.selector, pod.labels) ? 1 : 0;
    this.positionOf = columns.positionOf;
    this.placement = placement;
    this.required = required;
  }

  /** Brings `byDomain` up to date, as the columns must be: by what has changed since, or when that is too much, from the nodes with pods that count. */
  count(): void {
    const { byNode } = this;
    const nodes = this.versionOfNodes();
    if (nodes === this.countedNodes && byNode.remembers(this.countedPods)) {
      for (let change = this.countedPods; change < byNode.version; change += 1)
        this.countOn(byNode.changedSlot(change), byNode.changeAt(change));
    } else this.countAnew();
    this.countedNodes = nodes;
    this.countedPods = byNode.version;
  }

  /** Pods in the domain with the fewest, among those with a node that counts; 0 when there are fewer such domains than asked for. */
  lowest(): number {
    this.findDomains();
    if (this.knownDomains < this.minDomains) return 0;
    let lowest = Number.POSITIVE_INFINITY;
    for (let domain = 1; domain < this.isKnown.length; domain += 1) {
      const pods = this.byDomain[domain] ?? 0;
      if (this.isKnown[domain] === 1 && pods < lowest) lowest = pods;
    }
    return lowest;
  }

  private countAnew(): void {
    if (this.byDomain.length < this.topology.domains) this.byDomain = new Int32Array(this.topology.domains);
    this.byDomain.fill(0);
    for (let i = 0; i < this.byNode.size; i += 1) this.countOn(this.byNode.slotAt(i), this.byNode.podsAt(i));
  }

  private countOn(slot: number, pods: number): void {
    const position = this.positionOf[slot] ?? 0;
    const domain = this.topology.domainOf[position] ?? 0;
    if (this.isCounted(position)) this.byDomain[domain] = (this.byDomain[domain] ?? 0) + pods;
  }

  private findDomains(): void {
    if (this.countedNodes === this.knownVersion) return;
    this.knownVersion = this.countedNodes;
    const { domainOf, domains } = this.topology;
    const isKnown = new Uint8Array(domains);
    let known = 0;
    for (let position = 0; position < domainOf.length && known < domains - 1; position += 1) {
      const domain = domainOf[position] ?? 0;
      if (domain === 0 || isKnown[domain] === 1 || !this.isCounted(position)) continue;
      isKnown[domain] = 1;
      known += 1;
    }
    this.isKnown = isKnown;
    this.knownDomains = known;
  }

  /** Whether the pods of the node at `position` count; nodes without a label are in domain 0. */
  private isCounted(position: number): boolean {
    if (this.respectsAffinity && !hasBit(this.placement.affinity, position)) return false;
    if (this.respectsTaints && !hasBit(this.placement.tolerated, position)) return false;
    for (const { domainOf } of this.required) if (domainOf[position] === 0) return false;
    return true;
  }

  /** A version of the columns: each part only grows, so the sum changes with any of them. */
  private versionOfNodes(): number {
    const { topology, placement, required } = this;
    let version = placement.affinityVersion + topology.version;
    if (this.respectsTaints) version += placement.toleratedVersion;
    for (let i = 0; i < required.length; i += 1) version += required[i]?.version ?? 0;
    return version;
  }
}

/** Where spread constraints are counted. */
export interface SpreadSetting {
  readonly columns: Columns;
  readonly context: CycleContext;
  readonly required: readonly TopologyColumn[];
  /** That of the pod. */
  readonly placement: PlacementColumn;
}
