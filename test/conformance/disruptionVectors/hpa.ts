import { DEFAULT_SCALING } from '../../../src/cluster/HorizontalPodAutoscaler.ts';
import { proposeReplicas, utilizationOf } from '../../../src/controllers/proposeReplicas.ts';
import { scalingDecision } from '../../../src/controllers/scalingDecision.ts';
import { instant } from '../../../src/units.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Proposal {
  readonly currentReplicas: number;
  readonly readyPodUtilisation: readonly number[];
  readonly requestEach: number;
  readonly targetUtilisation: number;
  readonly unreadyPods: number;
  readonly tolerance: number;
}

interface Normalisation {
  readonly currentReplicas: number;
  readonly proposal: number;
  readonly now?: number;
  readonly addedLast15s?: number;
  readonly recommendations?: readonly (readonly [second: number, replicas: number])[];
  readonly window?: number;
  readonly maxReplicas?: number;
}

/** One proposal from given use, or the limits on a given proposal. */
export function hpa({ given }: Vector): Outcome {
  const isProposal = 'readyPodUtilisation' in (given as object);
  return isProposal ? propose(given as Proposal) : normalise(given as Normalisation);
}

function propose({ currentReplicas, readyPodUtilisation, requestEach, targetUtilisation, unreadyPods, tolerance }: Proposal): Outcome {
  const ready = readyPodUtilisation.map((percent) => ({ usage: (percent * requestEach) / 100, request: requestEach }));
  const unready = Array.from({ length: unreadyPods }, () => requestEach);
  const target = { kind: 'utilization', percent: targetUtilisation } as const;
  const proposal = proposeReplicas(currentReplicas, { ready, unready, missing: [] }, target, { down: tolerance, up: tolerance });
  return { utilisation: utilizationOf(ready), proposal };
}

function normalise({ currentReplicas, proposal, now = 100, addedLast15s = 0, recommendations = [], window, maxReplicas }: Normalisation) {
  const { scaleUp, scaleDown } = DEFAULT_SCALING;
  const autoscaler = {
    minReplicas: 1,
    maxReplicas: maxReplicas ?? 100,
    behavior: {
      scaleUp,
      scaleDown: { ...scaleDown, stabilizationWindowSeconds: window ?? scaleDown.stabilizationWindowSeconds },
    },
  };
  const history = {
    recommendations: recommendations.map(([second, replicas]) => ({ at: instant(second * 1000), replicas })),
    changes: addedLast15s === 0 ? [] : [{ at: instant(now * 1000), replicas: addedLast15s }],
  };
  return { newReplicas: scalingDecision(autoscaler, history, { now: instant(now * 1000), current: currentReplicas, proposal }) };
}
