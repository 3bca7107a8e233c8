import type { Node, NodeReadiness } from '../cluster/Node.ts';
import type { Taint } from '../cluster/Taint.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

type Effect = 'NoSchedule' | 'NoExecute';

/** The taint with `effect` that the Ready condition of `node` calls for; undefined when it is Ready. */
export function conditionTaint({ ready }: Node, effect: Effect): Taint | undefined {
  return TAINTS[ready]?.[effect];
}

const TAINTS: Readonly<Record<NodeReadiness, Readonly<Record<Effect, Taint>> | undefined>> = {
  True: undefined,
  False: taintsOf(NOT_READY),
  Unknown: taintsOf(UNREACHABLE),
};

function taintsOf(key: string): Readonly<Record<Effect, Taint>> {
  return { NoSchedule: { key, value: '', effect: 'NoSchedule' }, NoExecute: { key, value: '', effect: 'NoExecute' } };
}

/** The taints of `node` with none for its Ready condition with `effect` but the one that this calls for. */
export function conformTaints(node: Node, effect: Effect): readonly Taint[] {
  const others = withoutConditionTaints(node.taints, effect);
  const wanted = conditionTaint(node, effect);
  return wanted ? [...others, wanted] : others;
}

/** `taints` without those that stand for the Ready condition with `effect`. */
export function withoutConditionTaints(taints: readonly Taint[], effect: Effect): readonly Taint[] {
  return taints.filter((taint) => !isConditionTaint(taint, effect));
}

/** Whether one of `taints` stands for the Ready condition with `effect`. */
export function hasConditionTaint(taints: readonly Taint[], effect: Effect): boolean {
  for (const taint of taints) if (isConditionTaint(taint, effect)) return true;
  return false;
}

function isConditionTaint(taint: Taint, effect: Effect): boolean {
  return taint.effect === effect && (taint.key === NOT_READY || taint.key === UNREACHABLE);
}
