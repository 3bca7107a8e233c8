import { minutes, ZERO } from '../../units.ts';
import { cceChanges } from '../changes/cce.ts';
import { cce } from '../drains/cce.ts';
import type { Preset } from '../Preset.ts';
import { wipePlans } from '../wipePlans.ts';

/**
 * Huawei CCE and Open Telekom Cloud: "Synchronize" a node pool by node reset.
 *
 * Batches of at most 20 nodes in the order of the request, each node re-installed in place on the same server: system and data disks, image
 * cache, local volumes and user-made labels and taints are lost. Pods are evicted under their budgets; if that takes too long the node is
 * reset all the same. The vendor publishes neither of two times. How long the drain may take: 15 minutes is an assumption. When a node that
 * does not come back counts as failed, so that the next batch follows: an hour is an assumption, four times the longest reset that people
 * report.
 * @see Huawei CCE API reference, UpgradeNodePool; Open Telekom Cloud CCE user guide, "Synchronizing Node Pools", "Resetting a Node"
 */
export const cceSync: Preset = {
  name: 'cce-sync',
  describes:
    'Huawei CCE / Open Telekom Cloud: synchronize a node pool by node reset, in batches; a node not back after 1h (assumed) has failed',
  maxUnavailable: { min: 1, max: 20, percent: 'refused', percentOf: 'pool', fallback: undefined },
  knobs: {
    replacement: 'reset',
    nodeObject: 'kept',
    pacing: { kind: 'barrier' },
    cordon: 'perNode',
    commandTime: ZERO,
    drain: cce.plan,
    order: 'listing',
    gate: { minReady: ZERO, postInstall: ZERO, waitPostInstallFinish: false },
    failure: { readyTimeout: minutes(60), then: 'continue', retries: 0 },
    wipe: wipePlans.reset,
  },
  changes: cceChanges,
};
