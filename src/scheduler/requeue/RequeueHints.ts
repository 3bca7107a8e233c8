import type { Pod } from '../../cluster/Pod.ts';
import type { PodDemands } from '../PodDemands.ts';
import type { ClusterEventName, ClusterEvents } from './ClusterEvent.ts';

/**
 * The events that a plugin registers for, each with its queueing hint: whether the event could lift the plugin's refusal of `waiting`.
 *
 * A hint looks at the event and the pod alone, so it may send a pod into an attempt that fails again.
 * @see kubernetes/kubernetes staging/src/k8s.io/kube-scheduler/framework/interface.go (EnqueueExtensions)
 */
export type RequeueHints = {
  readonly [N in ClusterEventName]?: (details: ClusterEvents[N], waiting: Pod, demands: PodDemands) => boolean;
};

/** The hint of a plugin that always wants another attempt. */
export function always(): boolean {
  return true;
}
