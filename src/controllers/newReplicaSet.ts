import type { PodTemplate } from '../cluster/PodSpec.ts';
import type { Deployment, ReplicaSet } from '../cluster/Workload.ts';
import { sizeOf } from './fenceposts.ts';

const HASH_LABEL = 'pod-template-hash';

/** What the Deployment does not say of a new ReplicaSet. */
interface Place {
  readonly revision: number;
  readonly replicas: number;
  /** Its label `pod-template-hash`; absent: the hash that its template has here. */
  readonly hash?: string | undefined;
}

/**
 * The ReplicaSet `NAME-HASH` that a Deployment makes for its template, which it gives the label `pod-template-hash`.
 * Unless told otherwise the hash depends on the template alone; it is not Kubernetes' own.
 */
export function newReplicaSet(deployment: Deployment, { revision, replicas, hash = templateHash(deployment.template) }: Place): ReplicaSet {
  const { namespace, name, labels, selector, template, minReadySeconds } = deployment;
  return {
    kind: 'ReplicaSet',
    namespace,
    name: `${name}-${hash}`,
    labels: { ...labels, [HASH_LABEL]: hash },
    owner: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    selector: { requirements: [...selector.requirements, { key: HASH_LABEL, operator: 'In', values: [hash] }] },
    template: { ...template, labels: { ...template.labels, [HASH_LABEL]: hash } },
    replicas,
    minReadySeconds,
    revision,
    scaledFor: sizeOf(deployment),
  };
}

/** The label `pod-template-hash` that `replicaSet` bears. */
export function hashLabelOf({ labels }: ReplicaSet): string | undefined {
  return labels[HASH_LABEL];
}

/** A hash of `template` without its label `pod-template-hash`: FNV-1a over its text, as base 36. */
export function templateHash({ labels, ...rest }: PodTemplate): string {
  const { [HASH_LABEL]: _, ...own } = labels;
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify({ labels: own, ...rest })) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36).padStart(7, '0');
}
