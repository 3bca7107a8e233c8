import type { ZoneCount } from './ZoneCounts.ts';

/** `normal`: a node every 10 s; `slow`: one every 100 s; `stopped`: none. */
export type TaintingRate = 'normal' | 'slow' | 'stopped';

/**
 * How fast nodes of a zone may get NoExecute taints, by how many of the zone are not Ready.
 *
 * A zone with more than two nodes and at least 55 % down is slow, or stopped when it has at most 50 nodes; when no zone of `all` has a Ready
 * node everything is stopped.
 * @see kubernetes/kubernetes pkg/controller/nodelifecycle/node_lifecycle_controller.go (ComputeZoneState, handleDisruption)
 */
export function taintingRate({ total, down }: ZoneCount, all: Iterable<ZoneCount>): TaintingRate {
  if (down === total) return isAllDown(all) ? 'stopped' : 'normal';
  if (down <= 2 || down / total < 0.55) return 'normal';
  return total > 50 ? 'slow' : 'stopped';
}

function isAllDown(zones: Iterable<ZoneCount>): boolean {
  for (const { total, down } of zones) if (down !== total) return false;
  return true;
}
