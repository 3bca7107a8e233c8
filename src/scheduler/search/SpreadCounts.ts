import { selectorMatches } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import { NodeCounts } from '../NodeCounts.ts';
import { countingSelector, type SpreadConstraint } from '../plugins/spreadConstraints.ts';
import type { Columns } from './Columns.ts';
import type { CountedNodes } from './CountedNodes.ts';
import type { PlacementColumn } from './PlacementColumn.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** The pods that one spread constraint counts: by node, kept up to date by the snapshot, and from them by domain. */
export class SpreadCounts {
  readonly nodes: CountedNodes;
  readonly byNode: NodeCounts;
  /** Of the nodes, and of the pods, when `byDomain` was found. */
  private nodesVersion = -1;
  private podsVersion = -1;
  /** Pods by domain after `count`; in the place of nodes without the label {@link UNLABELLED}. */
  byDomain = new Int32Array(0);
  private readonly positionOf: Int32Array;
  readonly topology: TopologyColumn;
  readonly maxSkew: number;
  /** The most pods that there may be in a domain for the pod to go there, after `findMost`. */
  most = 0;
  /** How far a domain may be above the lowest one before the pod goes there: it may count itself. */
  private readonly spare: number;
  private readonly minDomains: number;

  constructor(constraint: SpreadConstraint, pod: Pod, { columns, context, required, placement }: SpreadSetting) {
    const { selector, maxSkew } = constraint;
    this.nodes = columns.countedNodes(constraint, placement, required);
    const counting = countingSelector(constraint);
    this.byNode = counting ? context.snapshot.groups.lastingPods(pod.namespace, counting) : NOBODY;
    this.positionOf = columns.positionOf;
    this.topology = columns.topology(constraint.topologyKey);
    this.maxSkew = maxSkew;
    this.spare = selector && selectorMatches(selector, pod.labels) ? maxSkew - 1 : maxSkew;
    this.minDomains = constraint.minDomains;
  }

  /**
   * Brings `byDomain` up to date from what has changed, or, when that is too much, from the nodes with pods that count. The columns must be
   * up to date.
   */
  count(): void {
    const { byNode, podsVersion } = this;
    const { version } = this.nodes;
    if (version === this.nodesVersion && byNode.remembers(podsVersion)) {
      for (let change = podsVersion; change < byNode.version; change += 1)
        this.countOn(byNode.changedSlot(change), byNode.changeAt(change));
    } else this.countAnew();
    this.nodesVersion = version;
    this.podsVersion = byNode.version;
  }

  /** To be called after `count`. */
  findMost(): void {
    this.most = this.nodes.fewest(this.byDomain, this.minDomains) + this.spare;
  }

  private countAnew(): void {
    if (this.byDomain.length < this.topology.domains) this.byDomain = new Int32Array(this.topology.domains);
    this.byDomain.fill(0);
    this.byDomain[0] = UNLABELLED;
    for (let i = 0; i < this.byNode.size; i += 1) this.countOn(this.byNode.slotAt(i), this.byNode.podsAt(i));
  }

  private countOn(slot: number, pods: number): void {
    const domain = this.nodes.domainAt(this.positionOf[slot] ?? 0);
    if (domain !== 0) this.byDomain[domain] = (this.byDomain[domain] ?? 0) + pods;
  }
}

/** More pods than are in any domain. */
const UNLABELLED = 2 ** 30;

/** Where spread constraints are counted. */
export interface SpreadSetting {
  readonly columns: Columns;
  readonly context: CycleContext;
  readonly required: readonly TopologyColumn[];
  /** That of the pod. */
  readonly placement: PlacementColumn;
}

/** Of a constraint that counts no pod. */
const NOBODY = new NodeCounts();
