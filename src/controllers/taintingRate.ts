import type { ZoneCount } from './ZoneCounts.ts';

/** `normal`: a node every 10 s; `slow`: one every 100 s; `stopped`: none. */
export type TaintingRate = 'normal' | 'slow' | 'stopped';

/**
 * How fast nodes of `zone` may get NoExecute taints, by how many of it are not Ready; `stopped` when there is no such zone.
 *
 * A zone with more than two nodes and at least 55 % down is slow, or stopped when it has at most 50 nodes; when no zone has a Ready node
 * everything is stopped.
 * @see kubernetes/kubernetes pkg/controller/nodelifecycle/node_lifecycle_controller.go (ComputeZoneState, handleDisruption)
 */
export function taintingRate(zones: ReadonlyMap<string, ZoneCount>, zone: string): TaintingRate {
  const count = zones.get(zone);
  if (!count || isAllDown(zones)) return 'stopped';
  const { total, down } = count;
  if (down === total || down <= 2 || down / total < 0.55) return 'normal';
  return total > 50 ? 'slow' : 'stopped';
}

function isAllDown(zones: ReadonlyMap<string, ZoneCount>): boolean {
  for (const { total, down } of zones.values()) if (down < total) return false;
  return true;
}
