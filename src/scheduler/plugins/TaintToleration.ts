import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { firstUntolerated, isTolerated, type Taint, type TaintEffect, type Toleration } from '../../cluster/Taint.ts';
import { type Refusal, unresolvable } from '../NodeVerdict.ts';
import { normalizeReversed } from '../normalizeScores.ts';
import { type FilterPlugin, filterBy, type ScorePlugin } from '../Plugin.ts';

/**
 * Refuses nodes with a NoSchedule or NoExecute taint that the pod does not tolerate, and prefers nodes with fewer
 * PreferNoSchedule taints of that kind.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go
 */
export const TaintToleration: FilterPlugin & ScorePlugin = {
  name: 'TaintToleration',
  prepareFilter(pod, { version }) {
    return filterBy(({ node }) => {
      const taint = firstUntolerated(node.taints, pod.spec.tolerations, REFUSING);
      return taint && refusalFor(taint, version);
    });
  },
  prepareScore(pod) {
    const tolerations = softTolerations(pod.spec);
    return { score: ({ node }) => countUntolerated(node.taints, tolerations), normalize: normalizeReversed };
  },
};

/** Effects that keep a pod off a node. */
export const REFUSING: readonly TaintEffect[] = ['NoSchedule', 'NoExecute'];
const UNTOLERATED = unresolvable('node(s) had untolerated taint(s)');

/** The refusal of a node with a taint that the pod does not tolerate. */
export function refusalFor(taint: Taint, version: KubernetesVersion): Refusal {
  return version === '1.33' ? unresolvable(`node(s) had untolerated taint {${taint.key}: ${taint.value}}`) : UNTOLERATED;
}

/** The tolerations that count for taints of effect PreferNoSchedule. */
export function softTolerations(spec: PodSpec): readonly Toleration[] {
  return spec.tolerations.filter(({ effect }) => effect === undefined || effect === 'PreferNoSchedule');
}

/** How many PreferNoSchedule taints none of `tolerations` covers. */
export function countUntolerated(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  let count = 0;
  for (const taint of taints) if (taint.effect === 'PreferNoSchedule' && !isTolerated(taint, tolerations)) count += 1;
  return count;
}
