import type { PodTemplate } from '../cluster/PodSpec.ts';
import type { Deployment, ReplicaSet } from '../cluster/Workload.ts';

const HASH_LABEL = 'pod-template-hash';

/**
 * The ReplicaSet `NAME-HASH` that a Deployment without any makes: all its replicas, its template with the label `pod-template-hash`.
 * The hash depends on the template alone; it is not Kubernetes' own.
 */
export function firstReplicaSet({ namespace, name, labels, selector, template, replicas, minReadySeconds }: Deployment): ReplicaSet {
  const hash = templateHash(template);
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
    revision: 1,
  };
}

/** FNV-1a over the template's text, as base 36. */
function templateHash(template: PodTemplate): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(template)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36).padStart(7, '0');
}
