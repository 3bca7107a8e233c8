import type { Pod } from '../../cluster/Pod.ts';
import { affinityTermMatches } from '../AffinityTerms.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeCounts } from '../NodeCounts.ts';
import { namespaceLabelsOf } from '../plugins/affinityFilter.ts';
import { affinityShare } from '../plugins/affinityScore.ts';
import type { AffinityIndex, AffinityRelations, Relation } from './AffinityIndex.ts';
import type { Columns } from './Columns.ts';
import { PodHolders } from './PodHolders.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import type { ScoredNodes } from './ScoredNodes.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** A group whose pods count in the domains of one topology. */
interface Related extends Relation {
  readonly topology: TopologyColumn;
  /** The nodes with any of the group. */
  readonly holders: PodHolders;
}

/**
 * The groups of pods that matter to one kind of pod through affinity or anti-affinity, its own or theirs.
 *
 * A decision costs as much as there are nodes with pods of these groups.
 */
export class AffinityGroups {
  private readonly index: AffinityIndex;
  /** Whether no group mattered when the index had taken in so many. */
  private isIdle = false;
  private seen = -1;
  private readonly relations: AffinityRelations;
  private readonly columns: Columns;
  private readonly near: readonly TopologyColumn[];
  private readonly mayStartAlone: boolean;
  private readonly unwanted: Related[] = [];
  /** Those that either side keeps apart: pods that keep apart from their like do so from both, which is once here. */
  private readonly apart: Related[] = [];
  private readonly scored: Related[] = [];
  /** How many of the groups that want the pod away were taken in. */
  private unwelcoming = 0;
  private readonly sums = new Map<TopologyColumn, Float64Array>();

  constructor(pod: Pod, columns: Columns, context: CycleContext) {
    const kind = context.demands.kindOf(pod);
    const required = kind.demand.affinity?.required ?? [];
    const namespaceLabels = namespaceLabelsOf(context);
    this.index = columns.affinities;
    this.relations = this.index.of(kind);
    this.columns = columns;
    this.near = Array.from(required, ({ topologyKey }) => columns.topology(topologyKey));
    this.mayStartAlone = required.every((term) => affinityTermMatches(term, kind, namespaceLabels));
  }

  /** Whether preferred terms of the pod, or terms of pods that are there, make nodes differ. */
  get hasScores(): boolean {
    return !this.isIdle && this.scored.length > 0 && this.scored.some(isPresent);
  }

  /** Leaves out the nodes that required terms rule out. */
  refuseIn(refused: RefusedNodes): void {
    this.findGroups();
    if (this.isIdle) return;
    this.refuseDistant(refused);
    this.refuseNear(this.apart, refused);
  }

  /** Leaves out the nodes that the pod's required affinity rules out: all domains without a wanted pod. */
  refuseDistant(refused: RefusedNodes): void {
    if (this.near.length === 0) return;
    const marks = this.near.map((topology) => this.distantDomains(topology));
    const isFound = marks.some((domains) => domains.indexOf(0, 1) > 0);
    for (const [i, topology] of this.near.entries()) {
      // With no wanted pod anywhere, the first of a group that wants to be together may start it.
      if (!isFound && this.mayStartAlone) marks[i]?.fill(0, 1);
      refused.refuseDomains(topology, marks[i] ?? NO_DOMAINS, 0);
    }
  }

  /** Leaves out the nodes that anti-affinity of the pod rules out. */
  refuseCrowded(refused: RefusedNodes): void {
    this.refuseNear(this.unwanted, refused);
  }

  /** Adds the scaled score of each of the feasible nodes, times `weight`, to its total. */
  addTo({ count, positions, totals, raw }: ScoredNodes, weight: number): void {
    const present = this.scored.filter(isPresent);
    if (present.length === 0) return;
    raw.fill(0, 0, count);
    for (const [{ domainOf }, sums] of this.sumUp(present)) {
      for (let i = 0; i < count; i += 1) raw[i] = (raw[i] ?? 0) + (sums[domainOf[positions[i] ?? 0] ?? 0] ?? 0);
    }
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i += 1) {
      lowest = Math.min(lowest, raw[i] ?? 0);
      highest = Math.max(highest, raw[i] ?? 0);
    }
    for (let i = 0; i < count; i += 1) totals[i] = (totals[i] ?? 0) + weight * affinityShare(raw[i] ?? 0, lowest, highest);
  }

  private findGroups(): void {
    this.index.refresh();
    if (this.index.seen === this.seen) return;
    this.seen = this.index.seen;
    const { unwanted, unwelcoming, scored } = this.relations;
    for (const relation of unwanted.slice(this.unwanted.length)) this.unwanted.push(this.keepApart(relation));
    for (const relation of unwelcoming.slice(this.unwelcoming)) this.keepApart(relation);
    for (const relation of scored.slice(this.scored.length)) this.scored.push(this.relate(relation));
    this.unwelcoming = unwelcoming.length;
    this.isIdle = this.near.length + this.apart.length + this.scored.length === 0;
  }

  private keepApart(relation: Relation): Related {
    const known = this.apart.find(({ group, topologyKey }) => group === relation.group && topologyKey === relation.topologyKey);
    if (known) return known;
    const related = this.relate(relation);
    this.apart.push(related);
    return related;
  }

  private relate(relation: Relation): Related {
    const { positionOf, nodes } = this.columns;
    const { topologyKey, group, weight } = relation;
    const holders = new PodHolders(group.counts, positionOf, nodes.length);
    return { topologyKey, group, weight, topology: this.columns.topology(topologyKey), holders };
  }

  /** 0 for each domain with a wanted pod, 1 for all others and for nodes without the label. */
  private distantDomains(topology: TopologyColumn): Int32Array {
    topology.refresh();
    const marks = new Int32Array(topology.domains).fill(1);
    for (const { counts } of this.relations.wanted) this.markDomains(marks, topology, counts, 0);
    marks[0] = 1;
    return marks;
  }

  private refuseNear(related: readonly Related[], refused: RefusedNodes): void {
    for (const { topology, group, holders } of related) {
      if (group.counts.size === 0) continue;
      topology.refresh();
      if (topology.isByNode && topology.unlabelled === 0) holders.refuseAll(refused);
      else if (topology.isByNode) this.refuseEach(topology, group.counts, refused);
      else refused.refuseDomains(topology, this.crowdedDomains(topology, group.counts), 0);
    }
  }

  private crowdedDomains(topology: TopologyColumn, counts: NodeCounts): Int32Array {
    const marks = new Int32Array(topology.domains);
    this.markDomains(marks, topology, counts, 1);
    marks[0] = 0;
    return marks;
  }

  private refuseEach({ domainOf }: TopologyColumn, counts: NodeCounts, refused: RefusedNodes): void {
    for (let i = 0; i < counts.size; i += 1) {
      const position = this.columns.positionOf[counts.slotAt(i)] ?? 0;
      if (domainOf[position] !== 0) refused.refuse(position);
    }
  }

  private markDomains(marks: Int32Array, { domainOf }: TopologyColumn, counts: NodeCounts, mark: 0 | 1): void {
    for (let i = 0; i < counts.size; i += 1) marks[domainOf[this.columns.positionOf[counts.slotAt(i)] ?? 0] ?? 0] = mark;
  }

  private sumUp(present: readonly Related[]): Map<TopologyColumn, Float64Array> {
    this.sums.clear();
    for (const { topology, group, weight } of present) {
      topology.refresh();
      const sums = this.sums.get(topology) ?? new Float64Array(topology.domains);
      this.sums.set(topology, sums);
      for (let i = 0; i < group.counts.size; i += 1) {
        const domain = topology.domainOf[this.columns.positionOf[group.counts.slotAt(i)] ?? 0] ?? 0;
        if (domain !== 0) sums[domain] = (sums[domain] ?? 0) + weight * group.counts.podsAt(i);
      }
    }
    return this.sums;
  }
}

const NO_DOMAINS = new Int32Array(0);

function isPresent({ group }: Related): boolean {
  return group.counts.size > 0;
}
