import type { PodDescription } from '../cluster/Pod.ts';
import type { Volume } from '../cluster/PodSpec.ts';
import type { DrainPlan } from './RollPlan.ts';

/** What the cluster autoscaler looks at in a pod. */
export type JudgedPod = Pick<PodDescription, 'namespace' | 'annotations' | 'spec'> & {
  /** undefined: a bare pod. */
  readonly ownerKind: string | undefined;
};

/**
 * Why the cluster autoscaler keeps the node of `pod`, in its words; undefined when it may move the pod. Is not to be asked of pods that have
 * ended, belong to a DaemonSet or are static. The flags are as by default: nodes with pods of kube-system, of other controllers than those
 * of Kubernetes, and (unless `emptyDir` is `evict`) with local storage are kept.
 * @see kubernetes/autoscaler cluster-autoscaler/simulator/drainability/rules/rules.go (Default), utils/drain/drain.go
 */
export function autoscalerObjection(
  pod: JudgedPod,
  { unmanaged, emptyDir }: DrainPlan['pods'],
  hasBudget: () => boolean,
): string | undefined {
  if (isSafeToEvict(pod)) return undefined;
  if (unmanaged === 'refuseDrain' && !REPLICATED.includes(pod.ownerKind ?? '')) return 'pod that is not replicated';
  if (pod.namespace === 'kube-system' && !hasBudget()) return 'non-daemonset, non-mirrored, non-pdb-assigned kube-system pod present';
  if (pod.annotations[SAFE_TO_EVICT] === 'false') return 'pod annotated as not safe to evict present';
  if (emptyDir === 'refuseDrain' && hasBlockingStorage(pod)) return 'pod with local storage present';
  return undefined;
}

/** Whether its annotation lets the cluster autoscaler move the pod, whatever else speaks against it. */
export function isSafeToEvict({ annotations }: Pick<JudgedPod, 'annotations'>): boolean {
  return annotations[SAFE_TO_EVICT] === 'true';
}

const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const SAFE_VOLUMES = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';
const REPLICATED = ['ReplicationController', 'Job', 'ReplicaSet', 'StatefulSet'];

function hasBlockingStorage({ annotations, spec }: JudgedPod): boolean {
  const safe = annotations[SAFE_VOLUMES]?.split(',') ?? [];
  return spec.volumes.some((volume) => isLocal(volume) && !safe.includes(volume.name));
}

function isLocal({ source, medium }: Volume): boolean {
  return source === 'hostPath' || (source === 'emptyDir' && medium !== 'Memory');
}
