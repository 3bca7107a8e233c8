import { minutes, ZERO } from '../../units.ts';
import { ackChanges } from '../changes/ack.ts';
import { ack } from '../drains/ack.ts';
import type { Preset } from '../Preset.ts';
import { wipePlans } from '../wipePlans.ts';

/**
 * Alibaba ACK: update of a managed node pool that replaces system disks, with breaks (`batch_interval`) of 5 to 120 minutes between batches.
 *
 * Batches in the order of the request, one node each unless `rolling_policy.max_parallelism` says otherwise; after 30 minutes of drain the task
 * is terminated, and any other fault of a node pauses it. The instance, its name and its data disks are kept; what is on the system disk is
 * lost, and so are images, unless the container runtime keeps them on a data disk (`wipe: {imageCache: false}`). Labels and taints come from the
 * pool again. With a maintenance window (weekly, Thursday for 3 hours where the cluster does not say) the task is suspended when it closes and
 * resumed when it opens again. When a node that does not come back counts as failed is not published: an hour is an assumption.
 * @see Alibaba Cloud ACK documentation, "Update a node pool", API UpgradeClusterNodepool
 */
export const ackReplace: Preset = {
  name: 'ack-replace',
  describes: 'Alibaba ACK: update a node pool by replacing system disks, in batches; a node not back after 1h (assumed) has failed',
  maxUnavailable: { min: 1, max: 1000, percent: 'refused', percentOf: 'pool', fallback: 1 },
  maintenance: {
    onClose: 'finishInFlightThenPause',
    days: ['Thu'],
    length: { duration: minutes(3 * 60) },
    limits: { shortest: minutes(60), longest: minutes(24 * 60) },
  },
  interval: { least: minutes(5), most: minutes(120) },
  knobs: {
    replacement: 'reset',
    nodeObject: 'kept',
    pacing: { kind: 'barrier' },
    cordon: 'perNode',
    commandTime: ZERO,
    drain: ack.plan,
    order: 'listing',
    gate: { minReady: ZERO, postInstall: ZERO, waitPostInstallFinish: false },
    failure: { readyTimeout: minutes(60), then: 'pause', retries: 0 },
    wipe: { ...wipePlans.reset, dataDisks: false, localVolumes: false },
  },
  changes: ackChanges,
};
