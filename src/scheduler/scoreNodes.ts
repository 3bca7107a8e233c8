import type { Pod } from '../cluster/Pod.ts';
import type { NodeScores, PluginScores } from './Decision.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { SchedulerState } from './SchedulerState.ts';

/**
 * Scores `feasible` nodes by every plugin that has something to say of `pod`.
 * @see kubernetes/kubernetes pkg/scheduler/framework/runtime/framework.go (RunScorePlugins)
 */
export function scoreNodes(state: SchedulerState, pod: Pod, feasible: readonly NodeInfo[]): NodeScores {
  const totals = feasible.map(() => 0);
  const plugins: PluginScores[] = [];
  for (const { plugin, weight } of state.profile.scores) {
    const scorer = plugin.prepareScore(pod, state, feasible);
    if (!scorer) continue;
    const raw = feasible.map((node) => scorer.score(node));
    const normalized = scorer.normalize?.(raw, feasible) ?? raw;
    for (const [i, score] of normalized.entries()) totals[i] = (totals[i] ?? 0) + weight * score;
    plugins.push({ plugin: plugin.name, weight, raw, normalized });
  }
  return { totals, plugins };
}
