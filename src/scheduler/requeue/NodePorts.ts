import type { Pod } from '../../cluster/Pod.ts';
import { HostPorts } from '../HostPorts.ts';
import type { PodDemands } from '../PodDemands.ts';
import { always, type RequeueHints } from './RequeueHints.ts';

/** Waits for a pod to give back a host port that it wants. @see pkg/scheduler/framework/plugins/nodeports */
export const NodePorts: RequeueHints = {
  NodeAdd: always,
  AssignedPodDelete: ({ pod }, waiting, demands) => portsConflict(pod, waiting, demands),
};

function portsConflict(pod: Pod, waiting: Pod, demands: PodDemands): boolean {
  const given = new HostPorts();
  for (const port of demands.of(pod).hostPorts) given.add(port);
  return demands.of(waiting).hostPorts.some((port) => given.conflictsWith(port));
}
