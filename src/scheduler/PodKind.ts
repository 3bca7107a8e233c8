import type { Labels } from '../cluster/LabelSelector.ts';
import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { Pod } from '../cluster/Pod.ts';
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

/** All that the scheduler looks at in a pod and that the pods of one template have in common. */
export interface PodKind {
  /** Counts up from 0 in order of appearance, so that a list can be kept by kind. */
  readonly number: number;
  readonly spec: PodSpec;
  readonly labels: Labels;
  readonly namespace: string;
  readonly owner: OwnerReference | undefined;
  /** Without the claims of ephemeral volumes, which bear the pod's name. */
  readonly demand: PodDemand;
}

/** Whether `pod` shares its template's objects with the pods of `kind`; a pod that only equals them is not recognised here. */
export function isSeenToBe(pod: Pod, kind: PodKind): boolean {
  return pod.spec === kind.spec && pod.labels === kind.labels && pod.namespace === kind.namespace && isOwner(pod.owner, kind.owner);
}

function isOwner(owner: OwnerReference | undefined, other: OwnerReference | undefined): boolean {
  return owner === other || (owner?.name === other?.name && owner?.kind === other?.kind);
}

/** The same text for pods of one spec that are of one kind. */
export function contentKey({ namespace, labels, owner }: Pod): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, owner?.kind, owner?.name, sorted]);
}
