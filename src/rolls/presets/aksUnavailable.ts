import { minutes, ZERO } from '../../units.ts';
import { aks } from '../drains/aks.ts';
import type { Preset } from '../Preset.ts';
import { wipePlans } from '../wipePlans.ts';

/**
 * Azure Kubernetes Service: upgrade of a user node pool with `maxSurge` 0, so that nodes are re-imaged where they are.
 *
 * A sliding window over the pool; a percentage is rounded up, and a scale set has at most 1000 nodes. After 30 minutes of drain the upgrade
 * stops; a planned maintenance window decides about its start alone. Nodes keep their identity and lose the OS disk. The wait between drain and
 * re-image (nodeSoakDurationInMinutes) is `pauseAfterDrain: 5m`, and undrainableNodeBehavior Cordon with 3 maxBlockedNodes is
 * `drain: {onTimeout: failNode}, failure: {maxFailed: 3}`. When a node that does not come back counts as failed is not published: an hour is
 * an assumption.
 * @see Azure Kubernetes Service documentation, "Configure rolling upgrades for node pools", "Planned maintenance"
 */
export const aksUnavailable: Preset = {
  name: 'aks-unavailable',
  describes: 'Azure Kubernetes Service: upgrade a node pool without surge, re-imaging nodes; one not back after 1h (assumed) has failed',
  maxUnavailable: { min: 1, max: 1000, percent: 'ceil', percentOf: 'pool', fallback: undefined },
  maintenance: { onClose: 'runOn' },
  knobs: {
    replacement: 'reset',
    nodeObject: 'kept',
    pacing: { kind: 'window' },
    cordon: 'perNode',
    commandTime: ZERO,
    drain: aks.plan,
    order: 'listing',
    gate: { minReady: ZERO, postInstall: ZERO, waitPostInstallFinish: false },
    failure: { readyTimeout: minutes(60), then: 'stop', retries: 0 },
    wipe: { ...wipePlans.reset, dataDisks: false, localVolumes: false, userLabels: false, userTaints: false },
  },
};
