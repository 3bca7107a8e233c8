import type { Pod } from '../../cluster/Pod.ts';
import { type AffinityTarget, type AffinityTerm, type AffinityTerms, affinityTermMatches, type NamespaceLabels } from '../AffinityTerms.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { PodGroup, PodGroups } from '../PodGroups.ts';
import { namespaceLabelsOf } from '../plugins/affinityFilter.ts';
import { affinityShare, signed, termsTowardsOthers } from '../plugins/affinityScore.ts';
import type { Snapshot } from '../Snapshot.ts';
import type { Columns } from './Columns.ts';
import { DomainMarks, type DomainRefusals } from './DomainRefusals.ts';
import type { FoundNodes } from './FoundNodes.ts';
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
  private readonly snapshot: Snapshot;
  private readonly columns: Columns;
  private readonly namespaceLabels: NamespaceLabels;
  private readonly near: readonly DomainMarks[];
  private readonly wanted: PodGroup[] = [];
  private readonly unwanted: Related[] = [];
  private readonly scored: Related[] = [];
  private readonly marks = new Map<TopologyColumn, DomainMarks>();
  private readonly sums = new Map<TopologyColumn, Float64Array>();
  private seen = 0;
  private seenWithAffinity = 0;

  constructor(pod: Pod, columns: Columns, context: CycleContext) {
    this.target = { namespace: pod.namespace, labels: pod.labels };
    this.terms = context.demands.of(pod).affinity;
    this.groups = context.snapshot.groups;
    this.snapshot = context.snapshot;
    this.columns = columns;
    this.namespaceLabels = namespaceLabelsOf(context);
    this.near = (this.terms?.required ?? []).map(({ topologyKey }) => new DomainMarks(columns.topology(topologyKey)));
  }

  /** The domains that required terms rule out. */
  refusals(): readonly DomainRefusals[] {
    this.findGroups();
    const present = this.unwanted.filter(({ group }) => group.counts.size > 0);
    if (present.length === 0 && this.near.length === 0) return NOBODY;
    return [...this.distances(), ...this.crowds(present)];
  }

  /** Adds the scaled score of each of the feasible nodes, times `weight`, to its total. */
  addTo({ count, positions, totals, raw }: FoundNodes, weight: number): void {
    const present = this.scored.filter(({ group }) => group.counts.size > 0);
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
  private distances(): readonly DomainMarks[] {
    let isFound = false;
    for (const marks of this.near) {
      marks.topology.refresh();
      marks.fill(1);
      for (const { counts } of this.wanted)
        for (const [{ position }] of this.snapshot.nodesOf(counts)) isFound = marks.putAt(position, 0) || isFound;
      marks.put(0, 1);
    }
    if (isFound || !(this.terms?.required ?? []).every((term) => this.matches(term, this.target))) return this.near;
    for (const marks of this.near) {
      marks.fill(0);
      marks.put(0, 1);
    }
    return this.near;
  }

  private crowds(present: readonly Related[]): Iterable<DomainMarks> {
    const used = new Set<DomainMarks>();
    for (const { topology, group } of present) {
      const marks = this.marksOf(topology);
      if (!used.has(marks)) {
        topology.refresh();
        marks.fill(0);
      }
      used.add(marks);
      for (const [{ position }] of this.snapshot.nodesOf(group.counts)) marks.putAt(position, 1);
    }
    return used;
  }

  private marksOf(topology: TopologyColumn): DomainMarks {
    const known = this.marks.get(topology) ?? new DomainMarks(topology);
    this.marks.set(topology, known);
    return known;
  }

  private sumUp(present: readonly Related[]): Map<TopologyColumn, Float64Array> {
    this.sums.clear();
    for (const { topology, group, weight } of present) {
      topology.refresh();
      const sums = this.sums.get(topology) ?? new Float64Array(topology.domains);
      this.sums.set(topology, sums);
      for (const [{ position }, pods] of this.snapshot.nodesOf(group.counts)) {
        const domain = topology.domainOf[position] ?? 0;
        if (domain !== 0) sums[domain] = (sums[domain] ?? 0) + weight * pods;
      }
    }
    return this.sums;
  }
}

const NOBODY: readonly DomainRefusals[] = [];
