import type { Labels } from '../cluster/LabelSelector.ts';
import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { PodTraits } from '../cluster/PodClass.ts';
import type { ContainerPort, PodSpec } from '../cluster/PodSpec.ts';
import type { PodRequests } from '../cluster/podRequests.ts';
import type { AffinityTerms } from './AffinityTerms.ts';

/** What a pod asks of a node, worked out once. */
export interface PodDemand {
  readonly requests: PodRequests;
  readonly hostPorts: readonly ContainerPort[];
  /** undefined without any term of pod affinity or anti-affinity. */
  readonly affinity: AffinityTerms | undefined;
  /** Keys (`namespace/name`) of the claims that its volumes name. */
  readonly claims: readonly string[];
}

/**
 * Everything that the scheduler looks at in a pod and that pods of one template have in common. Classes that differ only in annotations are
 * one kind. Fields that a move of a pod needs come first.
 */
export interface PodKind {
  /** Counts up from 0 in order of appearance, so that a list can be kept by kind. */
  readonly number: number;
  /** The row in the sums of `PodDemands` that says what a pod adds to those of its node; kinds with equal requests share it. */
  readonly row: number;
  /** Whether it asks for nothing but what those sums hold: no extended resources, no host ports. */
  readonly isPlain: boolean;
  /** Whether it is for this scheduler to place. */
  readonly isOurs: boolean;
  /** Whether scheduling gates hold it back. */
  readonly isGated: boolean;
  readonly priority: number;
  /** Without any there are no claims either. */
  readonly hasVolumes: boolean;
  readonly spec: PodSpec;
  readonly labels: Labels;
  readonly namespace: string;
  readonly owner: OwnerReference | undefined;
  /** Without the claims of ephemeral volumes, which bear the pod's name. */
  readonly demand: PodDemand;
}

/** The same text for classes of one spec that are of one kind. */
export function contentKey({ namespace, labels, owner }: Pick<PodTraits, 'namespace' | 'labels' | 'owner'>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, owner?.kind, owner?.name, sorted]);
}
