import type { Node } from '../cluster/Node.ts';
import type { Taint } from '../cluster/Taint.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** The taint with `effect` that the Ready condition of `node` calls for; undefined when it is Ready. */
export function conditionTaint({ ready }: Node, effect: 'NoSchedule' | 'NoExecute'): Taint | undefined {
  if (ready === 'True') return undefined;
  return { key: ready === 'False' ? NOT_READY : UNREACHABLE, value: '', effect };
}

/** `taints` without those that stand for the Ready condition with `effect`. */
export function withoutConditionTaints(taints: readonly Taint[], effect: 'NoSchedule' | 'NoExecute'): readonly Taint[] {
  return taints.filter((taint) => taint.effect !== effect || (taint.key !== NOT_READY && taint.key !== UNREACHABLE));
}
