import type { HorizontalPodAutoscaler, ScalingBehavior, ScalingPolicy, ScalingRules } from '../cluster/HorizontalPodAutoscaler.ts';
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
 * bounds of the autoscaler. Without a `behavior` an autoscaler goes to the highest recommendation of the last 300 s, up as well as down,
 * but in one step to at most twice the replicas, or 4.
 *
 * Recommendations count for less than the window, changes for less than the period of a policy.
 * @see kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go (normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors)
 */
export function scalingDecision(autoscaler: Limits, history: ScalingHistory, round: ScalingRound): number {
  const { minReplicas, maxReplicas, behavior } = autoscaler;
  if (behavior) return decisionWithin(behavior, autoscaler, { history, round });
  const { now, current, proposal } = round;
  const most = Math.max(proposal, ...recommendedSince(history, now, DOWNSCALE_STABILIZATION));
  return Math.min(Math.max(most, minReplicas), maxReplicas, Math.max(2 * current, LEAST_SCALE_UP_LIMIT));
}

type Limits = Pick<HorizontalPodAutoscaler, 'minReplicas' | 'maxReplicas' | 'behavior'>;

/** The default of kube-controller-manager (--horizontal-pod-autoscaler-downscale-stabilization), in seconds. */
const DOWNSCALE_STABILIZATION = 300;
const LEAST_SCALE_UP_LIMIT = 4;

interface Situation {
  readonly history: ScalingHistory;
  readonly round: ScalingRound;
}

function decisionWithin(behavior: ScalingBehavior, { minReplicas, maxReplicas }: Limits, { history, round }: Situation): number {
  const { current } = round;
  const wanted = stabilized(behavior, history, round);
  if (wanted > current) {
    const limit = Math.max(current, scaleLimit(behavior.scaleUp, 'up', history, round));
    return Math.min(wanted, maxReplicas, limit);
  }
  if (wanted < current) {
    const limit = Math.min(current, scaleLimit(behavior.scaleDown, 'down', history, round));
    return Math.max(wanted, minReplicas, limit);
  }
  return wanted;
}

function stabilized({ scaleUp, scaleDown }: ScalingBehavior, history: ScalingHistory, { now, current, proposal }: ScalingRound): number {
  const least = Math.min(proposal, ...recommendedSince(history, now, scaleUp.stabilizationWindowSeconds));
  const most = Math.max(proposal, ...recommendedSince(history, now, scaleDown.stabilizationWindowSeconds));
  return Math.min(Math.max(current, least), most);
}

function recommendedSince({ recommendations }: ScalingHistory, now: Instant, windowSeconds: number): readonly number[] {
  return recommendations.filter(({ at }) => isWithin(at, now, windowSeconds)).map(({ replicas }) => replicas);
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
