import type { Pod } from '../../cluster/Pod.ts';
import { type AffinityTarget, type AffinityTerm, type AffinityTerms, affinityTermMatches, type NamespaceLabels } from '../AffinityTerms.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeCounts } from '../NodeCounts.ts';
import type { PodGroup, PodGroups } from '../PodGroups.ts';
import { namespaceLabelsOf } from '../plugins/affinityFilter.ts';
import { affinityShare, signed, termsTowardsOthers } from '../plugins/affinityScore.ts';
import type { Columns } from './Columns.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import type { ScoredNodes } from './ScoredNodes.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** A group whose pods count in the domains of one topology. */
interface Related {
  readonly topology: TopologyColumn;
  readonly group: PodGroup;
  readonly weight: number;
}

/**
 * The groups of pods that matter to one kind of pod by affinity or anti-affinity, its own or theirs.
 *
 * Groups are only ever added, so each is looked at once; a decision then costs as much as the nodes of the groups that matter.
 */
export class AffinityGroups {
  private readonly target: AffinityTarget;
  private readonly terms: AffinityTerms | undefined;
  private readonly groups: PodGroups;
  private readonly columns: Columns;
  private readonly namespaceLabels: NamespaceLabels;
  private readonly near: readonly TopologyColumn[];
  private readonly wanted: PodGroup[] = [];
  private readonly unwanted: Related[] = [];
  private readonly scored: Related[] = [];
  private readonly sums = new Map<TopologyColumn, Float64Array>();
  private seen = 0;
  private seenWithAffinity = 0;

  constructor(pod: Pod, columns: Columns, context: CycleContext) {
    this.target = { namespace: pod.namespace, labels: pod.labels };
    this.terms = context.demands.of(pod).affinity;
    this.groups = context.snapshot.groups;
    this.columns = columns;
    this.namespaceLabels = namespaceLabelsOf(context);
    this.near = (this.terms?.required ?? []).map(({ topologyKey }) => columns.topology(topologyKey));
  }

  /** Whether preferred terms of the pod, or terms of pods that are there, make nodes differ. */
  get hasScores(): boolean {
    return this.scored.length > 0 && this.scored.some(isPresent);
  }

  /** Leaves out the nodes that required terms rule out. */
  refuseIn(refused: RefusedNodes): void {
    this.findGroups();
    if (this.near.length > 0) this.refuseDistant(refused);
    for (const related of this.unwanted) if (isPresent(related)) this.refuseCrowded(related, refused);
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
    const all = this.groups.all();
    if (this.terms) for (; this.seen < all.length; this.seen += 1) this.applyOwnTerms(this.terms, all[this.seen]);
    const others = this.groups.allWithAffinity();
    for (; this.seenWithAffinity < others.length; this.seenWithAffinity += 1) this.applyTermsOf(others[this.seenWithAffinity]);
  }

  private applyOwnTerms(terms: AffinityTerms, group: PodGroup | undefined): void {
    if (!group) return;
    if (terms.required.length > 0 && terms.required.every((term) => this.matches(term, group))) this.wanted.push(group);
    for (const term of terms.requiredAnti) if (this.matches(term, group)) this.unwanted.push(this.related(term, group, 1));
    for (const { term, weight } of signed(terms)) if (this.matches(term, group)) this.scored.push(this.related(term, group, weight));
  }

  private applyTermsOf(group: PodGroup | undefined): void {
    if (!group?.affinity) return;
    for (const term of group.affinity.requiredAnti) if (this.matches(term, this.target)) this.unwanted.push(this.related(term, group, 1));
    for (const { term, weight } of termsTowardsOthers(group.affinity)) {
      if (this.matches(term, this.target)) this.scored.push(this.related(term, group, weight));
    }
  }

  private related({ topologyKey }: AffinityTerm, group: PodGroup, weight: number): Related {
    return { topology: this.columns.topology(topologyKey), group, weight };
  }

  private matches(term: AffinityTerm, target: AffinityTarget): boolean {
    return affinityTermMatches(term, target, this.namespaceLabels);
  }

  /** Refuses all domains without a wanted pod; with none anywhere, the first of a group that wants to be together may start it. */
  private refuseDistant(refused: RefusedNodes): void {
    const marks = this.near.map((topology) => this.distantDomains(topology));
    const isFound = marks.some((domains) => domains.indexOf(0, 1) > 0);
    const mayStart = !isFound && (this.terms?.required ?? []).every((term) => this.matches(term, this.target));
    for (const [i, topology] of this.near.entries()) {
      if (mayStart) marks[i]?.fill(0, 1);
      refused.refuseDomains(topology, marks[i] ?? NO_DOMAINS);
    }
  }

  /** 0 for each domain with a wanted pod, 1 for all others and for nodes without the label. */
  private distantDomains(topology: TopologyColumn): Uint8Array {
    topology.refresh();
    const marks = new Uint8Array(topology.domains).fill(1);
    for (const { counts } of this.wanted) this.markDomains(marks, topology, counts, 0);
    marks[0] = 1;
    return marks;
  }

  private refuseCrowded({ topology, group: { counts } }: Related, refused: RefusedNodes): void {
    topology.refresh();
    if (topology.isByNode) {
      this.refuseEach(topology, counts, refused);
      return;
    }
    const marks = new Uint8Array(topology.domains);
    this.markDomains(marks, topology, counts, 1);
    marks[0] = 0;
    refused.refuseDomains(topology, marks);
  }

  private refuseEach({ domainOf }: TopologyColumn, counts: NodeCounts, refused: RefusedNodes): void {
    for (let i = 0; i < counts.size; i += 1) {
      const position = this.columns.positionOf[counts.slotAt(i)] ?? 0;
      if (domainOf[position] !== 0) refused.refuse(position);
    }
  }

  private markDomains(marks: Uint8Array, { domainOf }: TopologyColumn, counts: NodeCounts, mark: 0 | 1): void {
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

const NO_DOMAINS = new Uint8Array(0);

function isPresent({ group }: Related): boolean {
  return group.counts.size > 0;
}
