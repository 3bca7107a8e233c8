import type { Labels } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { Storage } from '../../cluster/Storage.ts';
import { unresolvable } from '../NodeVerdict.ts';
import { type FilterPlugin, filterBy, SKIP } from '../Plugin.ts';

/**
 * Refuses nodes outside the zone or region that the labels of a bound volume name.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/volumezone/volume_zone.go
 */
export const VolumeZone: FilterPlugin = {
  name: 'VolumeZone',
  prepareFilter(pod, { cluster }) {
    const topologies = volumeTopologies(pod, cluster.storage);
    if (topologies.length === 0) return SKIP;
    return filterBy(({ node }) => (isReachable(node.labels, topologies) ? undefined : REFUSAL));
  },
};

const REFUSAL = unresolvable('node(s) had no available volume zone');

interface VolumeTopology {
  readonly key: string;
  readonly values: ReadonlySet<string>;
}

/** Each key with its successor, under which a node's label counts as well. */
const ZONE_KEYS: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region': 'topology.kubernetes.io/region',
};

function volumeTopologies(pod: Pod, storage: Storage): readonly VolumeTopology[] {
  return pod.spec.volumes.flatMap(({ source, claimName }) => {
    if (source !== 'persistentVolumeClaim') return [];
    const volumeName = storage.claims.get(`${pod.namespace}/${claimName}`)?.volumeName;
    const labels = volumeName === undefined ? undefined : storage.persistentVolumes.get(volumeName)?.labels;
    return Object.keys(ZONE_KEYS).flatMap((key) => {
      const value = labels?.[key];
      return value === undefined ? [] : [{ key, values: new Set(value.split('__')) }];
    });
  });
}

/** A node without any label of zone or region is taken for a cluster without zones. */
function isReachable(labels: Labels, topologies: readonly VolumeTopology[]): boolean {
  if (!Object.keys(ZONE_KEYS).some((key) => key in labels)) return true;
  return topologies.every(({ key, values }) => {
    const value = labels[key] ?? labels[ZONE_KEYS[key] ?? key];
    return value !== undefined && values.has(value);
  });
}
