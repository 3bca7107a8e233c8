import { ClusterWatch } from '../../src/rolls/ClusterWatch.ts';
import { Closing, type RollContext } from '../../src/rolls/RollContext.ts';
import { ZERO } from '../../src/units.ts';
import type { ControlPlane } from './controlPlane.ts';

/** What the processes of a roll over `plane` work with, resets that take no time unless told otherwise. What it watches listens from now on. */
export function aRollContext(
  { sim, cluster, kubelet }: Pick<ControlPlane, 'sim' | 'cluster' | 'kubelet'>,
  options: Partial<RollContext> = {},
): RollContext {
  const watch = new ClusterWatch();
  for (const listener of watch.listeners) cluster.subscribe(listener);
  const fixed = { sim, cluster, kubelet, watch, version: '1.34' as const };
  const times = { resetTime: () => ZERO, bootTime: () => ZERO, deletionTime: () => ZERO };
  return { ...fixed, ...times, destroyedVolumes: new Set(), closing: new Closing(), ...options };
}
