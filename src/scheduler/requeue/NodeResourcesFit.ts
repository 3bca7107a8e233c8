import type { Pod } from '../../cluster/Pod.ts';
import { amountOf, type ResourceList } from '../../cluster/ResourceList.ts';
import type { PodDemands } from '../PodDemands.ts';
import { always, type RequeueHints } from './RequeueHints.ts';
import { requestedAmounts } from './requestedAmounts.ts';

/**
 * Waits for room: any pod that goes, however small and wherever it was, or a node that could hold the pod if it were empty.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/fit.go
 */
export const NodeResourcesFit: RequeueHints = {
  AssignedPodDelete: always,
  AssignedPodUpdatePodScaleDown: ({ lowered }, waiting, demands) => lowered.some((name) => needsOf(waiting, demands).has(name)),
  UnschedulablePodUpdatePodScaleDown: ({ pod }, waiting) => pod === waiting,
  NodeAdd: ({ node }, waiting, demands) => fitsEmpty(node.allocatable, needsOf(waiting, demands)),
  NodeUpdateNodeAllocatable: ({ node, before }, waiting, demands) => {
    const needs = needsOf(waiting, demands);
    return fitsEmpty(node.allocatable, needs) && hasGrown(node.allocatable, before.allocatable, needs);
  },
};

function needsOf(waiting: Pod, demands: PodDemands): ReadonlyMap<string, number> {
  return requestedAmounts(demands.of(waiting).requests);
}

function fitsEmpty(allocatable: ResourceList, needs: ReadonlyMap<string, number>): boolean {
  return amountOf(allocatable, 'pods') >= 1 && [...needs].every(([name, amount]) => amount <= amountOf(allocatable, name));
}

function hasGrown(now: ResourceList, before: ResourceList, needs: ReadonlyMap<string, number>): boolean {
  return ['pods', ...needs.keys()].some((name) => amountOf(now, name) > amountOf(before, name));
}
