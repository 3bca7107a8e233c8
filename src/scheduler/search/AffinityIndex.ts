import { type AffinityTerm, type AffinityTerms, affinityTermMatches, type NamespaceLabels } from '../AffinityTerms.ts';
import { LabelFiles } from '../LabelFiles.ts';
import type { PodGroup } from '../PodGroup.ts';
import type { PodGroups } from '../PodGroups.ts';
import type { PodKind } from '../PodKind.ts';
import { signed, termsTowardsOthers } from '../plugins/affinityScore.ts';

/** A group whose pods count in the domains of one topology. */
export interface Relation {
  readonly topologyKey: string;
  readonly group: PodGroup;
  readonly weight: number;
}

/** The groups of pods that matter to pods of one kind. The lists only grow. */
export interface AffinityRelations {
  /** They match all required affinity terms of the kind. */
  readonly wanted: PodGroup[];
  /** Kept apart by required anti-affinity: the kind's own, and theirs. */
  readonly unwanted: Relation[];
  readonly unwelcoming: Relation[];
  /** They make nodes better or worse by preferred terms of the kind, or by any term of theirs. */
  readonly scored: Relation[];
}

/** What becomes of a group that a term of a kind matches, or of a kind that a term of a group matches. */
interface TermEntry<Met> {
  readonly term: AffinityTerm;
  readonly meet: (met: Met) => void;
}

interface KindEntry {
  readonly namespace: string;
  readonly labels: PodKind['labels'];
  readonly relations: AffinityRelations;
}

/** Finds for each kind of pod which groups matter to it by affinity, in either direction, without comparing every kind with every group. */
export class AffinityIndex {
  private readonly groups: PodGroups;
  private readonly namespaceLabels: NamespaceLabels;
  private readonly kinds = new Map<number, KindEntry>();
  private readonly ofKinds = new TermIndex<PodGroup>();
  private readonly ofGroups = new TermIndex<KindEntry>();
  /** How many groups were taken in: relations change with it only. */
  seen = 0;

  constructor(groups: PodGroups, namespaceLabels: NamespaceLabels) {
    this.groups = groups;
    this.namespaceLabels = namespaceLabels;
  }

  /** The relations of `kind`; `refresh` brings them up to date. */
  of(kind: PodKind): AffinityRelations {
    const known = this.kinds.get(kind.number);
    if (known) return known.relations;
    this.refresh();
    const { namespace, labels } = kind;
    const entry: KindEntry = { namespace, labels, relations: { wanted: [], unwanted: [], unwelcoming: [], scored: [] } };
    this.kinds.set(kind.number, entry);
    this.ofGroups.addLabelled(entry, this.namespaceLabels);
    if (kind.demand.affinity) this.addTermsOf(entry, kind.demand.affinity);
    return entry.relations;
  }

  /** Takes in the groups that appeared since the last call. */
  refresh(): void {
    const all = this.groups.all();
    for (; this.seen < all.length; this.seen += 1) this.takeIn(all[this.seen]);
  }

  private takeIn(group: PodGroup | undefined): void {
    if (!group) return;
    this.ofKinds.addLabelled(group, this.namespaceLabels);
    if (!group.affinity) return;
    for (const term of group.affinity.requiredAnti) {
      this.ofGroups.addTerm({ term, meet: ({ relations }) => relations.unwelcoming.push(relation(term, group, 1)) }, this.namespaceLabels);
    }
    for (const { term, weight } of termsTowardsOthers(group.affinity)) {
      this.ofGroups.addTerm({ term, meet: ({ relations }) => relations.scored.push(relation(term, group, weight)) }, this.namespaceLabels);
    }
  }

  private addTermsOf({ relations: { wanted, unwanted, scored } }: KindEntry, terms: AffinityTerms): void {
    const [first, ...rest] = terms.required;
    const matchesRest = (group: PodGroup) => rest.every((term) => affinityTermMatches(term, group, this.namespaceLabels));
    const want = (group: PodGroup) => {
      if (matchesRest(group)) wanted.push(group);
    };
    if (first) this.ofKinds.addTerm({ term: first, meet: want }, this.namespaceLabels);
    for (const term of terms.requiredAnti) {
      this.ofKinds.addTerm({ term, meet: (group) => unwanted.push(relation(term, group, 1)) }, this.namespaceLabels);
    }
    for (const { term, weight } of signed(terms)) {
      this.ofKinds.addTerm({ term, meet: (group) => scored.push(relation(term, group, weight)) }, this.namespaceLabels);
    }
  }
}

function relation({ topologyKey }: AffinityTerm, group: PodGroup, weight: number): Relation {
  return { topologyKey, group, weight };
}

/** Terms and the groups that they may match; a newcomer is compared with all that exist. */
class TermIndex<Met extends { readonly namespace: string; readonly labels: PodKind['labels'] }> {
  private readonly files = new LabelFiles<Met, TermEntry<Met>>();
  private readonly all: Met[] = [];
  /** Terms that select their namespaces by label. */
  private readonly wide: TermEntry<Met>[] = [];

  addLabelled(met: Met, namespaceLabels: NamespaceLabels): void {
    const { namespace, labels } = met;
    this.all.push(met);
    this.files.addLabelled(namespace, labels, met);
    for (const entry of [...this.files.couldSelect(namespace, labels), ...this.wide]) introduce(entry, met, namespaceLabels);
  }

  addTerm(entry: TermEntry<Met>, namespaceLabels: NamespaceLabels): void {
    const { selector, namespaces, namespaceSelector } = entry.term;
    if (!selector) return;
    if (namespaceSelector) {
      this.wide.push(entry);
      for (const met of this.all) introduce(entry, met, namespaceLabels);
      return;
    }
    for (const namespace of namespaces) {
      this.files.addSelecting(namespace, selector, entry);
      for (const met of this.files.couldBeSelected(namespace, selector)) introduce(entry, met, namespaceLabels);
    }
  }
}

function introduce<Met extends { readonly namespace: string; readonly labels: PodKind['labels'] }>(
  { term, meet }: TermEntry<Met>,
  met: Met,
  namespaceLabels: NamespaceLabels,
): void {
  if (affinityTermMatches(term, met, namespaceLabels)) meet(met);
}
