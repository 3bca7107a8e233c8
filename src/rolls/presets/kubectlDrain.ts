import { NEVER, seconds, ZERO } from '../../units.ts';
import { kubectl } from '../drains/kubectl.ts';
import type { Preset } from '../Preset.ts';
import { wipePlans } from '../wipePlans.ts';

/**
 * Node by node with `kubectl cordon`, `kubectl drain --ignore-daemonsets --delete-emptydir-data`, a reboot and `kubectl uncordon`.
 *
 * A refused eviction is tried again 5 s after the answer and an evicted pod is checked every second, each pod independently; without a
 * time-out that goes on for ever. Bare pods forbid the drain, as without `--force`. Nothing on the disks is lost. The client sends 10
 * requests at once, then 5 per second. Each command takes about 0.15 s to start and look around (mean of cordon, drain and uncordon,
 * measured with kubectl 1.34.4). Of the evictions that conflict at one budget, all but one pause for 0.5 s.
 * @see kubernetes/kubectl pkg/drain/drain.go, pkg/cmd/drain/drain.go; kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go
 * (EvictionsRetry); kubernetes/client-go rest/config.go (DefaultQPS, DefaultBurst)
 */
export const kubectlDrain: Preset = {
  name: 'kubectl-drain',
  describes: 'kubectl cordon, drain and uncordon around a reboot, node by node or several at once',
  maxUnavailable: { min: 1, max: 1000, percent: 'floor', percentOf: 'selected', fallback: 1 },
  knobs: {
    replacement: 'inplace',
    nodeObject: 'kept',
    pacing: { kind: 'window' },
    cordon: 'perNode',
    commandTime: seconds(0.15),
    drain: kubectl.plan,
    order: 'listing',
    gate: { minReady: ZERO, postInstall: ZERO, waitPostInstallFinish: false },
    failure: { readyTimeout: NEVER, then: 'continue', retries: 0 },
    wipe: wipePlans.inplace,
  },
};
