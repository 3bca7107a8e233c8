import type { Preset } from '../Preset.ts';
import { wipePlans } from '../wipePlans.ts';
import { cceSync } from './cceSync.ts';

/**
 * Huawei CCE and Open Telekom Cloud: upgrade of the nodes of a cluster in place.
 *
 * Batches of 1, 4, 16 and so on up to 20 nodes (at most 120), those with the fewest pods first; pods keep running, and only nodes that are
 * upgraded take new ones. CCE upgrades one pool after the other, the smallest first, each from one node on: such an upgrade is a roll for each
 * pool. Among nodes of equally many pods it looks at requests and volumes, which is not modelled. When an upgrade that does not end counts as
 * failed is not published: an hour is an assumption.
 * @see Huawei CCE user guide, "Cluster Upgrade Overview"
 */
export const cceClusterUpgrade: Preset = {
  name: 'cce-cluster-upgrade',
  describes: 'Huawei CCE / Open Telekom Cloud: upgrade a pool in place, in batches of 1, 4, 16 … while pods keep running',
  maxUnavailable: { min: 1, max: 120, percent: 'refused', percentOf: 'pool', fallback: 20 },
  knobs: {
    ...cceSync.knobs,
    replacement: 'inplace',
    machine: 'keepsRunning',
    pacing: { kind: 'ramp', first: 1, factor: 4 },
    cordon: 'wholePool',
    drain: { ...cceSync.knobs.drain, mode: 'none' },
    order: 'lightest',
    failure: { ...cceSync.knobs.failure, then: 'pause' },
    wipe: wipePlans.inplace,
  },
};
