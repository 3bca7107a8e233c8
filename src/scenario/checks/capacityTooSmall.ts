import type { NodeDescription } from '../../cluster/Node.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { podRequests } from '../../cluster/podRequests.ts';
import { daemonPlacement } from '../../controllers/daemonPlacement.ts';
import type { RollPlan } from '../../rolls/RollPlan.ts';
import { type Bytes, formatBytes, formatMilliCpu, type MilliCpu } from '../../units.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import type { Check, CheckSubject } from './Check.ts';

/**
 * Resources of which the cluster has too little while nodes are away: then some pod is pending wherever the others are.
 *
 * A lower bound that holds for every placement: what all pods ask for that go where there is room, against what the pods of DaemonSets
 * leave them on all nodes but those that are away together for certain (error), or that may come to be away together (warning). Pods that
 * find no node even in an empty cluster are not counted: the roll changes nothing for them. That it fits in total does not mean that every
 * pod finds a place.
 */
export const capacityTooSmall: Check = (subject) => {
  const { cluster, roll } = subject.scenario;
  const daemons = subject.groups.filter(({ kind }) => kind === 'DaemonSet').map(({ spec }) => spec);
  const room = new Map(cluster.nodes.map((node) => [node.name, roomOn(node, daemons, subject.scenario)]));
  const roomOf = (name: string, resource: string): number => room.get(name)?.(resource) ?? 0;
  const rolled = cluster.nodes.filter(({ name }) => roll.nodes.includes(name));
  const away = Math.min(roll.maxUnavailable, rolled.length);
  return [...totalRequests(subject, [...room.values()])].flatMap(([resource, asked]): Finding[] => {
    const all = sum(cluster.nodes.map(({ name }) => roomOf(name, resource)));
    const largest = rolled.map(({ name }) => roomOf(name, resource)).sort((a, b) => b - a);
    const left = all - sum(largest.slice(0, away));
    if (asked <= left) return [];
    const isCertain = asked > all - awayForCertain(roll, new Map(rolled.map(({ name }) => [name, roomOf(name, resource)])));
    return [
      {
        code: 'CAPACITY_TOO_SMALL',
        severity: isCertain ? 'error' : 'warning',
        object: `Cluster/${resource}`,
        message: `pods ask for ${shown(resource, asked)} of ${resource}, and ${shown(resource, left)} are left while ${away} of ${cluster.nodes.length} nodes are away`,
        hint: advice(fitting(asked, all, largest)),
      },
    ];
  });
};

/** How much of a resource pods that come and go can have on one node. */
type Room = (resource: string) => number;

/** What DaemonSets, pods of `daemons`, leave of `node`: their pods come first and stay. */
function roomOn(node: NodeDescription, daemons: readonly PodSpec[], scenario: Scenario): Room {
  const staying = daemons.filter((spec) => daemonPlacement(spec, node) === 'run');
  const taken = totalOf(staying.flatMap((spec) => requestsOf(spec, scenario)));
  return (resource) => Math.max(0, (node.allocatable[resource] ?? 0) - (taken.get(resource) ?? 0));
}

/** The most that is away at once in every course of the roll: a batch, the first nodes of a window, or any so many nodes. */
function awayForCertain({ nodes, order, pacing, maxUnavailable }: RollPlan, amounts: ReadonlyMap<string, number>): number {
  const totalOn = (names: readonly string[]) => sum(names.map((name) => amounts.get(name) ?? 0));
  if (order === 'random' || order === 'lightest') return sum([...amounts.values()].sort((a, b) => a - b).slice(0, maxUnavailable));
  const listed = order === 'name' ? [...nodes].sort() : nodes;
  const starts = pacing.kind === 'barrier' ? listed.flatMap((_, index) => (index % maxUnavailable === 0 ? [index] : [])) : [0];
  return Math.max(0, ...starts.map((start) => totalOn(listed.slice(start, start + maxUnavailable))));
}

function totalRequests({ scenario, groups }: CheckSubject, rooms: readonly Room[]): ReadonlyMap<string, number> {
  const moving = groups.filter(({ staysOnNode, spec }) => !staysOnNode && spec.schedulingGates.length === 0);
  return totalOf(
    moving.flatMap(({ spec, count }) => {
      const asked = requestsOf(spec, scenario);
      const isPlaceable = rooms.some((room) => asked.every(([resource, each]) => each <= room(resource)));
      return isPlaceable ? asked.map(([resource, each]) => [resource, each * count] as const) : [];
    }),
  );
}

type Request = readonly [resource: string, amount: number];

function requestsOf(spec: PodSpec, { kubernetesVersion }: Scenario): readonly Request[] {
  const { milliCpu, memory, ephemeralStorage, scalars } = podRequests(spec, kubernetesVersion);
  const asked: readonly Request[] = [
    ['cpu', milliCpu],
    ['memory', memory],
    ['ephemeral-storage', ephemeralStorage],
    ['pods', 1],
    ...scalars,
  ];
  return asked.filter(([, each]) => each > 0);
}

function totalOf(requests: readonly Request[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const [resource, each] of requests) total.set(resource, (total.get(resource) ?? 0) + each);
  return total;
}

/** The largest number of nodes that may be away, 0 when not even one. */
function fitting(asked: number, all: number, largest: readonly number[]): number {
  let count = 0;
  let left = all - (largest[0] ?? 0);
  while (count < largest.length && asked <= left) {
    count += 1;
    left -= largest[count] ?? 0;
  }
  return count;
}

function advice(fits: number): string {
  return fits > 0 ? `maxUnavailable ${fits} or less leaves enough in total` : 'add a node: even one node at a time is too many';
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, each) => total + each, 0);
}

function shown(resource: string, value: number): string {
  if (resource === 'cpu') return formatMilliCpu(value as MilliCpu);
  return resource === 'memory' || resource === 'ephemeral-storage' ? formatBytes(value as Bytes) : String(value);
}
