import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import { imageNameOnNodes } from '../plugins/ImageLocality.ts';
import { namedNodes } from '../plugins/NodeAffinity.ts';
import { AffinityGroups } from './AffinityGroups.ts';
import type { Columns } from './Columns.ts';
import { hardSpreadOf } from './hardSpread.ts';
import type { ImageColumn } from './ImageColumn.ts';
import type { NodeProfiles } from './NodeProfiles.ts';
import type { PlacementColumn } from './PlacementColumn.ts';
import type { PortColumn } from './PortColumn.ts';
import type { ResourceColumn } from './ResourceColumn.ts';
import { type SoftSpread, softSpreadOf } from './SoftSpread.ts';
import type { SpreadCounts } from './SpreadCounts.ts';

/**
 * Everything that a search for pods of one kind looks at; it stays up to date by itself.
 *
 * Lists are made with `Array.from`, whose result always has the same hidden type. That of `map` changes once its caller is compiled, and
 * every decision that reads the list would have to be compiled again.
 */
export interface SearchPlan {
  readonly resources: ResourceColumn;
  readonly placement: PlacementColumn;
  /** By placement, and by the domain of soft spreading if there is any. */
  readonly profiles: NodeProfiles;
  /** undefined for pods that want no host port. */
  readonly ports: PortColumn | undefined;
  /** Hard spread constraints. */
  readonly hardSpread: readonly SpreadCounts[];
  /** undefined for pods that nothing spreads softly. */
  readonly softSpread: SoftSpread | undefined;
  readonly affinity: AffinityGroups;
  /** One for each container whose image some node may hold. */
  readonly images: readonly ImageColumn[];
  readonly containers: number;
}

/**
 * The plan for pods like `pod`, or why there is none: volumes with claims, exclusive disks and affinity to nodes by name are left to the
 * plugins.
 */
export function planFor(pod: Pod, columns: Columns, context: CycleContext): SearchPlan | undefined {
  const { spec } = pod;
  if (spec.volumes.some(({ source }) => !HARMLESS_SOURCES.has(source)) || namedNodes(spec.affinity.node.required)) return undefined;
  const containers = [...spec.initContainers, ...spec.containers];
  const { requests, hostPorts } = context.demands.of(pod);
  const placement = columns.placement(spec);
  const softSpread = softSpreadOf(pod, columns, context);
  return {
    resources: columns.resources(requests),
    placement,
    profiles: columns.profiles(placement, softSpread?.byDomain?.topology),
    ports: columns.ports(hostPorts),
    hardSpread: hardSpreadOf(pod, columns, context),
    softSpread,
    affinity: new AffinityGroups(pod, columns, context),
    images: columns.images(containers.map(({ image }) => imageNameOnNodes(image))),
    containers: containers.length,
  };
}

/** Volumes that no plugin looks at. */
const HARMLESS_SOURCES: ReadonlySet<string> = new Set(['configMap', 'downwardAPI', 'emptyDir', 'hostPath', 'projected', 'secret']);
