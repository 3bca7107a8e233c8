import { NEVER, ZERO } from '../../units.ts';
import { hypershiftInplaceChanges } from '../changes/hypershift.ts';
import { hypershift } from '../drains/hypershift.ts';
import type { Preset } from '../Preset.ts';
import { wipePlans } from '../wipePlans.ts';

/**
 * HyperShift: upgrade of a NodePool of upgradeType InPlace.
 *
 * A sliding window over the Machines in the order of the listing: a percentage of the replicas is rounded down, to one node at least (and is one
 * node where the pool scales itself). Each node is cordoned, drained, updated, rebooted and uncordoned; nothing is wiped. Once a node reports
 * itself as degraded no other is started. One that does not come back keeps its place for ever: there is no time-out.
 * @see openshift/hypershift hypershift-operator/controllers/nodepool, control-plane-operator/hostedclusterconfigoperator/controllers/inplaceupgrader
 */
export const hypershiftInplace: Preset = {
  name: 'hypershift-inplace',
  describes: 'HyperShift (OpenShift hosted control planes): upgrade a NodePool in place, several nodes at once',
  maxUnavailable: { min: 1, max: 1000, percent: 'floor', percentOf: 'replicas', fallback: 1 },
  knobs: {
    replacement: 'inplace',
    nodeObject: 'kept',
    pacing: { kind: 'window' },
    cordon: 'perNode',
    commandTime: ZERO,
    drain: hypershift.plan,
    order: 'listing',
    gate: { minReady: ZERO, postInstall: ZERO, waitPostInstallFinish: false },
    failure: { readyTimeout: NEVER, then: 'stop', retries: 0 },
    wipe: wipePlans.inplace,
  },
  changes: hypershiftInplaceChanges,
};
