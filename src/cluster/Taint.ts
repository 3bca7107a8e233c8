/** A mark on a node that keeps pods away unless they tolerate it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: TaintEffect;
  /** `timeAdded` of a NoExecute taint, in milliseconds since 1970; absent when it is not known or only added during the run. */
  readonly addedEpoch?: number;
}

export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

/** Key of the taint by which a person declares that a node is off and its volumes may be taken. */
export const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/**
 * What a pod puts up with. An empty `key` with operator Exists tolerates every taint; an absent `effect` every effect. Gt and Lt, behind a
 * gate that is off by default (TaintTolerationComparisonOperators), tolerate nothing.
 */
export interface Toleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists' | 'Gt' | 'Lt';
  readonly value: string;
  readonly effect?: TaintEffect;
  /** For NoExecute: how long the pod may stay; absent means for ever. */
  readonly tolerationSeconds?: number;
}

/** The taint that the node lifecycle controller puts on a cordoned node. */
export const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };

/** `taints` with or without the one of a cordoned node; the same list when nothing differs. */
export function cordonTaints(taints: readonly Taint[], isCordoned: boolean): readonly Taint[] {
  const isTainted = taints.some(isUnschedulableTaint);
  if (isTainted === isCordoned) return taints;
  return isCordoned ? [...taints, UNSCHEDULABLE] : taints.filter((taint) => !isUnschedulableTaint(taint));
}

function isUnschedulableTaint({ key, effect }: Taint): boolean {
  return key === UNSCHEDULABLE.key && effect === UNSCHEDULABLE.effect;
}

/** Whether `toleration` covers `taint`. @see kubernetes/api core/v1/toleration.go (ToleratesTaint) */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== taint.effect) return false;
  if (toleration.key !== '' && toleration.key !== taint.key) return false;
  return toleration.operator === 'Exists' || (toleration.operator === 'Equal' && toleration.value === taint.value);
}

/** The first taint with one of `effects`, in the node's order, that none of `tolerations` covers. */
export function firstUntolerated(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  effects: readonly TaintEffect[],
): Taint | undefined {
  for (const taint of taints) if (effects.includes(taint.effect) && !isTolerated(taint, tolerations)) return taint;
  return undefined;
}

/** Whether one of `tolerations` covers `taint`. */
export function isTolerated(taint: Taint, tolerations: readonly Toleration[]): boolean {
  for (const toleration of tolerations) if (tolerates(toleration, taint)) return true;
  return false;
}
