import type { HorizontalPodAutoscaler } from '../cluster/HorizontalPodAutoscaler.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Tolerance } from './proposeReplicas.ts';

/** The default of kube-controller-manager (--horizontal-pod-autoscaler-tolerance). */
const DEFAULT_TOLERANCE = 0.1;

/**
 * By how much the use may miss the target of an autoscaler. Its own tolerances count from 1.35 on, where the feature gate
 * HPAConfigurableTolerance is on.
 */
export function toleranceOf({ behavior }: Pick<HorizontalPodAutoscaler, 'behavior'>, version: KubernetesVersion): Tolerance {
  const rules = version === '1.35' ? behavior : undefined;
  return { up: rules?.scaleUp.tolerance ?? DEFAULT_TOLERANCE, down: rules?.scaleDown.tolerance ?? DEFAULT_TOLERANCE };
}
