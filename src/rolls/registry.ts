import type { DrainKind } from './DrainKind.ts';
import { ack } from './drains/ack.ts';
import { aks } from './drains/aks.ts';
import { cce } from './drains/cce.ts';
import { clusterApi } from './drains/clusterApi.ts';
import { clusterAutoscaler } from './drains/clusterAutoscaler.ts';
import { eks } from './drains/eks.ts';
import { gke } from './drains/gke.ts';
import { hypershift } from './drains/hypershift.ts';
import { karpenter } from './drains/karpenter.ts';
import { kubectl } from './drains/kubectl.ts';
import { mco } from './drains/mco.ts';
import type { Preset } from './Preset.ts';
import { ackInplace } from './presets/ackInplace.ts';
import { ackLegacyCluster } from './presets/ackLegacyCluster.ts';
import { ackReplace } from './presets/ackReplace.ts';
import { ackReplace2021 } from './presets/ackReplace2021.ts';
import { aksUnavailable } from './presets/aksUnavailable.ts';
import { capiMd } from './presets/capiMd.ts';
import { cceClusterUpgrade } from './presets/cceClusterUpgrade.ts';
import { cceSync } from './presets/cceSync.ts';
import { cceSync2023 } from './presets/cceSync2023.ts';
import { eksMinimal } from './presets/eksMinimal.ts';
import { gkeSurge } from './presets/gkeSurge.ts';
import { hypershiftInplace } from './presets/hypershiftInplace.ts';
import { hypershiftReplace } from './presets/hypershiftReplace.ts';
import { kubectlDrain } from './presets/kubectlDrain.ts';
import { mcoPool } from './presets/mcoPool.ts';
import type { ReplacementStrategy } from './ReplacementStrategy.ts';
import type { Pacing, SurgePlan } from './RollPlan.ts';
import type { RollStrategy } from './RollStrategy.ts';
import { barrier } from './strategies/barrier.ts';
import { ramp } from './strategies/ramp.ts';
import { rollingUpdate } from './strategies/rollingUpdate.ts';
import { window } from './strategies/window.ts';

/** Every roll system that is known, by name: one file in `presets/` and one line here. */
export const presets: ReadonlyMap<string, Preset> = new Map(
  [
    ackInplace,
    ackLegacyCluster,
    ackReplace,
    ackReplace2021,
    aksUnavailable,
    capiMd,
    cceClusterUpgrade,
    cceSync,
    cceSync2023,
    eksMinimal,
    gkeSurge,
    hypershiftInplace,
    hypershiftReplace,
    kubectlDrain,
    mcoPool,
  ].map((preset) => [preset.name, preset]),
);

/** Every way to pace a roll, by the scenario's word for it: one file in `strategies/` and one line here. */
export const strategies: Readonly<Record<Pacing['kind'], RollStrategy>> = { barrier, ramp, window };

/** Every way to replace nodes by new ones: one file in `strategies/` and one line here. */
export const replacementStrategies: Readonly<Record<SurgePlan['strategy'], ReplacementStrategy>> = { rollingUpdate };

/** Every way to drain, by the scenario's word for it: one file in `drains/` and one line here. */
export const drainKinds: ReadonlyMap<string, DrainKind> = new Map(
  [ack, aks, cce, clusterApi, clusterAutoscaler, eks, gke, hypershift, karpenter, kubectl, mco].map((kind) => [kind.name, kind]),
);
