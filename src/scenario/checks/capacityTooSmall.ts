import type { NodeDescription } from '../../cluster/Node.ts';
import { podRequests } from '../../cluster/podRequests.ts';
import type { RollPlan } from '../../rolls/RollPlan.ts';
import { type Bytes, formatBytes, formatMilliCpu, type MilliCpu } from '../../units.ts';
import type { Finding } from '../Scenario.ts';
import type { Check, CheckSubject } from './Check.ts';

/**
 * Resources of which the cluster has too little while nodes are away: then some pod is pending wherever the others are.
 *
 * A lower bound that holds for every placement: what all pods but those of DaemonSets ask for, against what is left without nodes that
 * are away together for certain (error), or that may come to be away together (warning). That it fits in total does not mean that
 * every pod finds a place.
 */
export const capacityTooSmall: Check = (subject) => {
  const { cluster, roll } = subject.scenario;
  const rolled = cluster.nodes.filter(({ name }) => roll.nodes.includes(name));
  const away = Math.min(roll.maxUnavailable, rolled.length);
  return [...totalRequests(subject)].flatMap(([resource, asked]): Finding[] => {
    const all = sum(cluster.nodes.map((node) => amount(node, resource)));
    const largest = rolled.map((node) => amount(node, resource)).sort((a, b) => b - a);
    const left = all - sum(largest.slice(0, away));
    if (asked <= left) return [];
    const isCertain = asked > all - awayForCertain(roll, rolled, resource);
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

/** The most of `resource` that is away at once in every course of the roll: a batch, the first nodes of a window, or any so many nodes. */
function awayForCertain({ nodes, order, pacing, maxUnavailable }: RollPlan, rolled: readonly NodeDescription[], resource: string): number {
  const amounts = new Map(rolled.map((node) => [node.name, amount(node, resource)]));
  const totalOf = (names: readonly string[]) => sum(names.map((name) => amounts.get(name) ?? 0));
  if (order === 'random' || order === 'lightest') return sum([...amounts.values()].sort((a, b) => a - b).slice(0, maxUnavailable));
  const listed = order === 'name' ? [...nodes].sort() : nodes;
  const starts = pacing.kind === 'barrier' ? listed.flatMap((_, index) => (index % maxUnavailable === 0 ? [index] : [])) : [0];
  return Math.max(0, ...starts.map((start) => totalOf(listed.slice(start, start + maxUnavailable))));
}

function totalRequests({ scenario, groups }: CheckSubject): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const { spec, count } of groups.filter(({ staysOnNode }) => !staysOnNode)) {
    const { milliCpu, memory, ephemeralStorage, scalars } = podRequests(spec, scenario.kubernetesVersion);
    const asked = [['cpu', milliCpu], ['memory', memory], ['ephemeral-storage', ephemeralStorage], ['pods', 1], ...scalars] as const;
    for (const [resource, each] of asked) {
      if (each > 0) total.set(resource, (total.get(resource) ?? 0) + each * count);
    }
  }
  return total;
}

function amount({ allocatable }: NodeDescription, resource: string): number {
  return allocatable[resource] ?? 0;
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
