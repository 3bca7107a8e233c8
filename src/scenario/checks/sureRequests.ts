import { isTolerated, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import { type Workload, workloadKey } from '../../cluster/Workload.ts';
import type { Scenario } from '../Scenario.ts';
import { type CheckSubject, isDrained } from './Check.ts';
import { isReplicated, type PodGroup } from './PodGroup.ts';
import { replicaBounds } from './replicaBounds.ts';
import { requestsOf } from './requestsOf.ts';
import { sum } from './sum.ts';

/**
 * How much of `resource` pods ask for that have a node before the roll and need one all the time, whatever the scheduler does: pods that are
 * made anew at once, and pods on nodes that are not rolled which nobody takes away.
 */
export function sureRequests(resource: string, { scenario, groups }: CheckSubject): number {
  const workloads = new Map(scenario.cluster.workloads.map((workload) => [workloadKey(workload), workload]));
  const boundsOf = replicaBounds(scenario);
  const moving = groups.filter((group) => isMadeAnew(group, scenario));
  const highest = Math.max(Number.NEGATIVE_INFINITY, ...moving.map(({ spec }) => spec.priority));
  const rolled = new Set(scenario.roll.nodes);
  const staying = groups.filter((group) => !moving.includes(group) && staysForCertain(group, highest));
  return (
    sum(moving.map((group) => sureCount(group, boundsOf(group).leastAtStart, workloads) * amountOf(resource, group, scenario))) +
    sum(staying.map((group) => group.staysAt.filter((name) => !rolled.has(name)).length * amountOf(resource, group, scenario)))
  );
}

/** How much of `resource` each node has at most for other pods than those of DaemonSets, by name. */
export function sureRoom(resource: string, { scenario, groups }: CheckSubject): ReadonlyMap<string, number> {
  const room = new Map(scenario.cluster.nodes.map(({ name, allocatable }) => [name, allocatable[resource] ?? 0]));
  for (const group of groups) {
    if (group.kind !== 'DaemonSet' || !group.hasMaker) continue;
    const each = amountOf(resource, group, scenario);
    for (const name of group.staysAt) room.set(name, Math.max(0, (room.get(name) ?? 0) - each));
  }
  return room;
}

/** Whether pods of `group` that a drain takes away are made anew in the same instant, for another node. */
function isMadeAnew(group: PodGroup, { roll }: Scenario): boolean {
  const isMoved = group.place === 'elsewhere' || isDrained(group, roll);
  return group.hasMaker && isReplicated(group) && isMoved && !isTolerated(UNSCHEDULABLE, group.spec.tolerations);
}

/** Whether pods of `group` stay on their nodes, since none that moves may preempt them and they do not end. */
function staysForCertain({ spec, kind }: PodGroup, highest: number): boolean {
  return kind !== 'DaemonSet' && kind !== 'Job' && spec.restartPolicy === 'Always' && spec.priority >= highest;
}

/** Of an ordered StatefulSet, a pod is made only when those before it are Ready: one of them is sure to be there if none was missing. */
function sureCount({ object, staysAt, findsPlace }: PodGroup, least: number, workloads: ReadonlyMap<string, Workload>): number {
  const workload = workloads.get(object);
  const isOrdered = workload?.kind === 'StatefulSet' && workload.podManagementPolicy === 'OrderedReady';
  const placed = Math.min(least, staysAt.length + findsPlace);
  return isOrdered && placed > 0 ? Number(placed === least) : placed;
}

function amountOf(resource: string, { spec }: PodGroup, scenario: Scenario): number {
  return requestsOf(spec, scenario).find(([name]) => name === resource)?.[1] ?? 0;
}
