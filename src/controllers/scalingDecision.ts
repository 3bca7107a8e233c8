import type { HorizontalPodAutoscaler, ScalingPolicy, ScalingRules } from '../cluster/HorizontalPodAutoscaler.ts';
import { type Instant, seconds } from '../units.ts';

/** What an autoscaler remembers between its rounds. */
export interface ScalingHistory {
  /** Proposals of earlier rounds, before stabilization. */
  readonly recommendations: readonly { readonly at: Instant; readonly replicas: number }[];
  /** What it changed: positive for replicas added, negative for removed ones. */
  readonly changes: readonly { readonly at: Instant; readonly replicas: number }[];
}

/** One round of an autoscaler: how many replicas there are and how many its metrics ask for. */
export interface ScalingRound {
  readonly now: Instant;
  readonly current: number;
  readonly proposal: number;
}

/**
 * Turns a proposal into the number of replicas to set: held back by the stabilization windows, then by the policies, then between the
 * bounds of the autoscaler.
 *
 * Recommendations count for less than the window, changes for less than the period of a policy.
 * @see kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go (normalizeDesiredReplicasWithBehaviors)
 */
export function scalingDecision(
  autoscaler: Pick<HorizontalPodAutoscaler, 'minReplicas' | 'maxReplicas' | 'scaleUp' | 'scaleDown'>,
  history: ScalingHistory,
  round: ScalingRound,
): number {
  const { current } = round;
  const wanted = stabilized(autoscaler, history, round);
  if (wanted > current) {
    const limit = Math.max(current, scaleLimit(autoscaler.scaleUp, 'up', history, round));
    return Math.min(wanted, autoscaler.maxReplicas, limit);
  }
  if (wanted < current) {
    const limit = Math.min(current, scaleLimit(autoscaler.scaleDown, 'down', history, round));
    return Math.max(wanted, autoscaler.minReplicas, limit);
  }
  return wanted;
}

function stabilized(
  { scaleUp, scaleDown }: Pick<HorizontalPodAutoscaler, 'scaleUp' | 'scaleDown'>,
  { recommendations }: ScalingHistory,
  { now, current, proposal }: ScalingRound,
): number {
  const since = ({ stabilizationWindowSeconds }: ScalingRules) =>
    recommendations.filter(({ at }) => isWithin(at, now, stabilizationWindowSeconds)).map(({ replicas }) => replicas);
  const least = Math.min(proposal, ...since(scaleUp));
  const most = Math.max(proposal, ...since(scaleDown));
  return Math.min(Math.max(current, least), most);
}

/** The replicas that the policies of one direction allow at the end of their periods. */
function scaleLimit(
  { selectPolicy, policies }: ScalingRules,
  direction: 'up' | 'down',
  { changes }: ScalingHistory,
  { now, current }: ScalingRound,
): number {
  if (selectPolicy === 'Disabled' || policies.length === 0) return current;
  const limits = policies.map((policy) => {
    const changed = changes.filter(({ at }) => isWithin(at, now, policy.periodSeconds)).reduce((sum, { replicas }) => sum + replicas, 0);
    return limitOf(policy, direction, current - changed);
  });
  const isHighest = (direction === 'up') === (selectPolicy === 'Max');
  return isHighest ? Math.max(...limits) : Math.min(...limits);
}

function limitOf({ type, value }: ScalingPolicy, direction: 'up' | 'down', start: number): number {
  if (type === 'Pods') return direction === 'up' ? start + value : start - value;
  return direction === 'up' ? Math.ceil(start * (1 + value / 100)) : Math.trunc(start * (1 - value / 100));
}

function isWithin(at: Instant, now: Instant, windowSeconds: number): boolean {
  return at > now - seconds(windowSeconds);
}
