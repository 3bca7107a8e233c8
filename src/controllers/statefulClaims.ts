import type { Cluster } from '../cluster/Cluster.ts';
import type { Volume } from '../cluster/PodSpec.ts';
import type { ClaimTemplate, PersistentVolumeClaim } from '../cluster/Storage.ts';
import type { StatefulSet } from '../cluster/Workload.ts';

/**
 * Creates the claims `TEMPLATE-POD` that the pod `podName` of `set` needs and that are missing, unbound, each as its template says and
 * in the default storage class if that names none.
 * @returns false while one of the claims is still being deleted: the pod has to wait.
 */
export function ensureClaims(cluster: Cluster, set: StatefulSet, podName: string): boolean {
  const { claims } = cluster.storage;
  for (const template of set.volumeClaimTemplates) {
    const name = `${template.name}-${podName}`;
    const claim = claims.get(`${set.namespace}/${name}`);
    if (claim?.isBeingDeleted) return false;
    if (!claim) cluster.putStorage('claims', `${set.namespace}/${name}`, unboundClaim(cluster, set, template, name));
  }
  return true;
}

/** The volumes of the pod `podName`: those of the template, the claim templates' in the place of any of the same name. */
export function claimVolumes({ template, volumeClaimTemplates }: StatefulSet, podName: string): readonly Volume[] {
  if (volumeClaimTemplates.length === 0) return [];
  const claimed = new Set(volumeClaimTemplates.map(({ name }) => name));
  const others = template.spec.volumes.filter(({ name }) => !claimed.has(name));
  return [...volumeClaimTemplates.map(({ name }) => claimVolume(name, podName)), ...others];
}

function claimVolume(name: string, podName: string): Volume {
  const claimName = `${name}-${podName}`;
  return { name, source: 'persistentVolumeClaim', claimName, readOnly: false, medium: undefined, fields: { claimName } };
}

function unboundClaim(cluster: Cluster, set: StatefulSet, template: ClaimTemplate, name: string): PersistentVolumeClaim {
  return {
    ...template,
    namespace: set.namespace,
    name,
    labels: set.template.labels,
    annotations: {},
    owner: undefined,
    storageClassName: template.storageClassName ?? defaultClass(cluster),
    volumeName: undefined,
    phase: 'Pending',
    isBeingDeleted: false,
  };
}

function defaultClass({ storage }: Cluster): string | undefined {
  return [...storage.storageClasses.values()].find(({ isDefault }) => isDefault)?.name;
}
