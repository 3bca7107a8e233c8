import type { FilterPlugin, ScorePlugin } from '../Plugin.ts';
import { prepareSpreadFilter } from './spreadFilter.ts';
import { prepareSpreadScore } from './spreadScore.ts';

/**
 * Refuses nodes where a hard spread constraint would be broken, and prefers nodes by the soft ones; a pod without constraints of its own
 * is spread softly over nodes and zones with its siblings.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/
 */
export const PodTopologySpread: FilterPlugin & ScorePlugin = {
  name: 'PodTopologySpread',
  prepareFilter: prepareSpreadFilter,
  prepareScore: prepareSpreadScore,
};
