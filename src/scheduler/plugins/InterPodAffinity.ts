import type { FilterPlugin, ScorePlugin } from '../Plugin.ts';
import { prepareAffinityFilter } from './affinityFilter.ts';
import { prepareAffinityScore } from './affinityScore.ts';

/**
 * Refuses nodes that required affinity or anti-affinity between pods forbids, and prefers nodes by the preferred terms: those of the pod
 * and those of the pods that are there.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/
 */
export const InterPodAffinity: FilterPlugin & ScorePlugin = {
  name: 'InterPodAffinity',
  prepareFilter: prepareAffinityFilter,
  prepareScore: prepareAffinityScore,
};
