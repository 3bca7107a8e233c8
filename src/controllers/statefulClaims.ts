import type { Cluster } from '../cluster/Cluster.ts';
import type { Volume } from '../cluster/PodSpec.ts';
import type { PersistentVolumeClaim } from '../cluster/Storage.ts';
import type { StatefulSet } from '../cluster/Workload.ts';

/**
 * Creates the claims `TEMPLATE-POD` that the pod `podName` of `set` needs and that are missing, unbound.
 *
 * A new claim is a copy of the same template's claim of another pod; without one it asks for nothing but the default storage class.
 * @returns false while one of the claims is still being deleted: the pod has to wait.
 */
export function ensureClaims(cluster: Cluster, set: StatefulSet, podName: string): boolean {
  const { claims } = cluster.storage;
  for (const template of set.volumeClaimTemplates) {
    const name = `${template}-${podName}`;
    const claim = claims.get(`${set.namespace}/${name}`);
    if (claim?.isBeingDeleted) return false;
    if (!claim) cluster.putStorage('claims', `${set.namespace}/${name}`, unboundClaim(cluster, set, template, name));
  }
  return true;
}

/** The volumes of the pod `podName`: those of the template, the claim templates' in the place of any of the same name. */
export function claimVolumes({ template, volumeClaimTemplates }: StatefulSet, podName: string): readonly Volume[] {
  if (volumeClaimTemplates.length === 0) return [];
  const others = template.spec.volumes.filter(({ name }) => !volumeClaimTemplates.includes(name));
  return [...volumeClaimTemplates.map((name) => claimVolume(name, podName)), ...others];
}

function claimVolume(name: string, podName: string): Volume {
  const claimName = `${name}-${podName}`;
  return { name, source: 'persistentVolumeClaim', claimName, readOnly: false, medium: undefined, fields: { claimName } };
}

function unboundClaim(cluster: Cluster, set: StatefulSet, template: string, name: string): PersistentVolumeClaim {
  return {
    ...(siblingClaim(cluster, set, template) ?? PLAIN_CLAIM),
    namespace: set.namespace,
    name,
    labels: set.template.labels,
    annotations: {},
    owner: undefined,
    storageClassName: siblingClaim(cluster, set, template)?.storageClassName ?? defaultClass(cluster),
    volumeName: undefined,
    phase: 'Pending',
    isBeingDeleted: false,
  };
}

const PLAIN_CLAIM = { request: 0, accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', selector: undefined } as const;

function siblingClaim(
  { storage }: Cluster,
  { namespace, name, firstOrdinal, replicas }: StatefulSet,
  template: string,
): PersistentVolumeClaim | undefined {
  for (let ordinal = firstOrdinal; ordinal < firstOrdinal + replicas; ordinal += 1) {
    const claim = storage.claims.get(`${namespace}/${template}-${name}-${ordinal}`);
    if (claim) return claim;
  }
  return undefined;
}

function defaultClass({ storage }: Cluster): string | undefined {
  return [...storage.storageClasses.values()].find(({ isDefault }) => isDefault)?.name;
}
