import type { HorizontalPodAutoscaler } from '../cluster/HorizontalPodAutoscaler.ts';
import { workloadKey } from '../cluster/Workload.ts';

/**
 * The workloads, by key, that several of `autoscalers` scale. Such autoscalers notice the conflict (AmbiguousSelector) and read no metrics,
 * but each still brings the replicas between its own bounds.
 * @see kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go (validateAndParseSelector)
 */
export function disputedTargets(autoscalers: Iterable<HorizontalPodAutoscaler>): ReadonlySet<string> {
  const [seen, disputed] = [new Set<string>(), new Set<string>()];
  for (const { namespace, target } of autoscalers) {
    const key = workloadKey({ namespace, ...target });
    if (seen.has(key)) disputed.add(key);
    seen.add(key);
  }
  return disputed;
}
