import type { FilterPlugin, ScorePlugin } from '../Plugin.ts';
import { prepareAffinityFilter } from './affinityFilter.ts';
import { prepareAffinityScore } from './affinityScore.ts';

/**
 * Refuses nodes that required affinity or anti-affinity between pods rules out, and prefers nodes by the preferred terms, both those of the
 * pod and those of existing pods.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/
 */
export const InterPodAffinity: FilterPlugin & ScorePlugin = {
  name: 'InterPodAffinity',
  prepareFilter: prepareAffinityFilter,
  prepareScore: prepareAffinityScore,
};
