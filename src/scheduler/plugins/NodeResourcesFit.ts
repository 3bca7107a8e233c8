import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodRequests } from '../../cluster/podRequests.ts';
import { amountOf } from '../../cluster/ResourceList.ts';
import { leastAllocated } from '../leastAllocated.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { Refusal } from '../NodeVerdict.ts';
import { type FilterPlugin, filterBy, type ScorePlugin } from '../Plugin.ts';

/**
 * Refuses nodes that lack the room for the pod, naming every resource that is short, and prefers nodes with the most room left.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/fit.go
 */
export const NodeResourcesFit: FilterPlugin & ScorePlugin = {
  name: 'NodeResourcesFit',
  prepareFilter(pod, { demands, version }) {
    const { requests } = demands.of(pod);
    return filterBy((node) => shortage(requests, node, version));
  },
  prepareScore(pod, { demands }) {
    const { pendingScore } = demands.of(pod).requests;
    return { score: (node) => leastAllocated(node, pendingScore) };
  },
};

/** Whether `node` has the room for `requests`. */
export function hasRoomFor(requests: PodRequests, node: NodeInfo, version: KubernetesVersion): boolean {
  if (requests.scalars.length > 0 || requests.ephemeralStorage > 0) return shortage(requests, node, version) === undefined;
  return node.freePods > 0 && hasRoom(requests, node);
}

/** What is short on `node`; undefined when it has the room. */
export function shortage(requests: PodRequests, node: NodeInfo, version: KubernetesVersion): Refusal | undefined {
  const tooManyPods = node.freePods < 1;
  if (!tooManyPods && hasRoom(requests, node)) return undefined;
  const short = [...resourcesOf(requests, node)].filter(({ request, free }) => request > 0 && request > free);
  if (!tooManyPods && short.length === 0) return undefined;
  const reasons = short.map(({ name }) => `Insufficient ${name}`);
  return {
    reasons: tooManyPods ? ['Too many pods', ...reasons] : reasons,
    canPreemptionHelp: version === '1.33' || short.every(({ request, allocatable }) => request <= allocatable),
  };
}

/**
 * A number that is equal for nodes where the same resources are short in the same way, so that `shortage` says the same of them.
 * @returns undefined for requests of resources other than CPU, memory and ephemeral storage.
 */
export function shortageNumber(requests: PodRequests, node: NodeInfo): number | undefined {
  if (requests.scalars.length > 0) return undefined;
  const { milliCpu, memory, ephemeralStorage } = requests;
  const cpu = kindOfShortage(milliCpu, node.allocatableMilliCpu, node.requestedMilliCpu);
  const ofMemory = kindOfShortage(memory, node.allocatableMemory, node.requestedMemory);
  const ofStorage = kindOfShortage(ephemeralStorage, node.allocatableEphemeralStorage, node.requestedEphemeralStorage);
  return (node.freePods < 1 ? 27 : 0) + cpu + 3 * ofMemory + 9 * ofStorage;
}

/** 0: enough is free; 1: not enough; 2: not even on the empty node. */
function kindOfShortage(request: number, allocatable: number, requested: number): 0 | 1 | 2 {
  if (request === 0 || request <= allocatable - requested) return 0;
  return request <= allocatable ? 1 : 2;
}

/** The quick answer for the usual case: CPU, memory and nothing else, and enough of it. */
function hasRoom(requests: PodRequests, node: NodeInfo): boolean {
  return (
    requests.scalars.length === 0 &&
    requests.ephemeralStorage === 0 &&
    (requests.milliCpu === 0 || requests.milliCpu <= node.allocatableMilliCpu - node.requestedMilliCpu) &&
    (requests.memory === 0 || requests.memory <= node.allocatableMemory - node.requestedMemory)
  );
}

interface Balance {
  readonly name: string;
  readonly request: number;
  readonly allocatable: number;
  readonly free: number;
}

function* resourcesOf(requests: PodRequests, node: NodeInfo): Iterable<Balance> {
  yield balance('cpu', requests.milliCpu, node.allocatableMilliCpu, node.requestedMilliCpu);
  yield balance('memory', requests.memory, node.allocatableMemory, node.requestedMemory);
  yield balance('ephemeral-storage', requests.ephemeralStorage, node.allocatableEphemeralStorage, node.requestedEphemeralStorage);
  for (const [name, amount] of requests.scalars) {
    yield balance(name, amount, amountOf(node.node.allocatable, name), node.requestedScalar(name));
  }
}

function balance(name: string, request: number, allocatable: number, requested: number): Balance {
  return { name, request, allocatable, free: allocatable - requested };
}
