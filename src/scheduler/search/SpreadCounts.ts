import { selectorMatches } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeCounts } from '../NodeCounts.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { countsByNode, type SpreadConstraint } from '../plugins/spreadConstraints.ts';
import type { Snapshot } from '../Snapshot.ts';
import type { Columns } from './Columns.ts';
import { hasBit } from './NodeColumn.ts';
import type { PlacementColumn } from './PlacementColumn.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** The pods that one spread constraint counts: by node, kept up to date by the snapshot, and from them by domain. */
export class SpreadCounts {
  readonly constraint: SpreadConstraint;
  readonly topology: TopologyColumn;
  readonly counts: NodeCounts;
  private readonly snapshot: Snapshot;
  /** 1 when the pod itself counts. */
  readonly self: 0 | 1;
  /** Pods by domain after `count`. */
  byDomain = new Int32Array(0);
  private readonly placement: PlacementColumn;
  /** Topologies without which a node counts for nothing. */
  private readonly required: readonly TopologyColumn[];
  private isKnown = new Uint8Array(0);
  private knownDomains = 0;
  private knownVersion = -1;

  constructor(constraint: SpreadConstraint, pod: Pod, { columns, context, required }: SpreadSetting) {
    this.constraint = constraint;
    this.topology = columns.topology(constraint.topologyKey);
    this.snapshot = context.snapshot;
    this.counts = countsByNode(constraint, pod, context);
    this.self = constraint.selector && selectorMatches(constraint.selector, pod.labels) ? 1 : 0;
    this.placement = columns.placement(pod.spec);
    this.required = required;
  }

  byNode(): Iterable<readonly [NodeInfo, number]> {
    return this.snapshot.nodesOf(this.counts);
  }

  /** Brings `byDomain` up to date; costs as much as there are nodes with pods that count. */
  count(): void {
    this.topology.refresh();
    for (const topology of this.required) topology.refresh();
    if (this.byDomain.length < this.topology.domains) this.byDomain = new Int32Array(this.topology.domains);
    this.byDomain.fill(0);
    const { domainOf } = this.topology;
    for (const [{ position }, pods] of this.byNode()) {
      const domain = domainOf[position] ?? 0;
      if (this.isCounted(position)) this.byDomain[domain] = (this.byDomain[domain] ?? 0) + pods;
    }
  }

  /** Pods in the domain with the fewest, among those with a node that counts; 0 when there are fewer such domains than asked for. */
  lowest(): number {
    this.findDomains();
    if (this.knownDomains < this.constraint.minDomains) return 0;
    let lowest = Number.POSITIVE_INFINITY;
    for (let domain = 1; domain < this.isKnown.length; domain += 1) {
      const pods = this.byDomain[domain] ?? 0;
      if (this.isKnown[domain] === 1 && pods < lowest) lowest = pods;
    }
    return lowest;
  }

  private findDomains(): void {
    const version = this.versionOfNodes();
    if (version === this.knownVersion && this.isKnown.length === this.topology.domains) return;
    this.knownVersion = version;
    this.isKnown = new Uint8Array(this.topology.domains);
    const { domainOf } = this.topology;
    for (let position = 0; position < domainOf.length; position += 1)
      if (this.isCounted(position)) this.isKnown[domainOf[position] ?? 0] = 1;
    this.isKnown[0] = 0;
    this.knownDomains = this.isKnown.reduce((sum, known) => sum + known, 0);
  }

  /** Whether the pods of the node at `position` count; nodes without a label are in domain 0. */
  private isCounted(position: number): boolean {
    const { nodeAffinityPolicy, nodeTaintsPolicy } = this.constraint;
    if (nodeAffinityPolicy === 'Honor' && !hasBit(this.placement.affinity, position)) return false;
    if (nodeTaintsPolicy === 'Honor' && !hasBit(this.placement.tolerated, position)) return false;
    for (const { domainOf } of this.required) if (domainOf[position] === 0) return false;
    return true;
  }

  /** Each part only grows, so the sum changes with any of them. */
  private versionOfNodes(): number {
    const taints = this.constraint.nodeTaintsPolicy === 'Honor' ? this.placement.toleratedVersion : 0;
    return this.required.reduce((sum, { version }) => sum + version, this.placement.affinityVersion + taints + this.topology.version);
  }
}

/** Where spread constraints are counted. */
export interface SpreadSetting {
  readonly columns: Columns;
  readonly context: CycleContext;
  readonly required: readonly TopologyColumn[];
}
