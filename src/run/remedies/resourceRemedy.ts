import { amountOf } from '../../cluster/ResourceList.ts';
import type { NodeInfo } from '../../scheduler/NodeInfo.ts';
import { type Bytes, formatBytes, formatMilliCpu, type MilliCpu } from '../../units.ts';
import type { Change, Remedy } from './Remedy.ts';
import type { Trial } from './Trial.ts';

/**
 * Frees exactly the missing amount on the node, or lowers the request by it. The trial gives the node that much more, which is equivalent:
 * the filter compares the request with what is left.
 */
export const resourceRemedy: Remedy = {
  plugin: 'NodeResourcesFit',
  nextChange(trial, name) {
    const node = trial.info(name);
    const crowd = node.pods.length + 1 - node.allocatablePods;
    if (crowd > 0) return morePods(node, crowd);
    const short = requestsOf(trial).find(([resource, request]) => request > 0 && request > freeOf(node, resource));
    return short && closeGap(node, ...short);
  },
};

type Request = readonly [resource: string, amount: number];

function requestsOf({ state, pod }: Trial): readonly Request[] {
  const { milliCpu, memory, ephemeralStorage, scalars } = state.demands.of(pod).requests;
  return [['cpu', milliCpu], ['memory', memory], ['ephemeral-storage', ephemeralStorage], ...scalars];
}

function freeOf(node: NodeInfo, resource: string): number {
  const requested: Readonly<Record<string, number>> = {
    cpu: node.requestedMilliCpu,
    memory: node.requestedMemory,
    'ephemeral-storage': node.requestedEphemeralStorage,
  };
  return amountOf(node.node.allocatable, resource) - (requested[resource] ?? node.requestedScalar(resource));
}

function closeGap(node: NodeInfo, resource: string, request: number): Change {
  const free = freeOf(node, resource);
  const all = amountOf(node.node.allocatable, resource);
  const [missing, less] = [
    write(resource, request - free),
    `the pod's request from ${write(resource, request)} to ${write(resource, free)}`,
  ];
  const apply = more(node.name, resource, request - free);
  if (request > all) {
    const text = `lower ${less}: the node has ${write(resource, all)} ${resource} in all`;
    return free > 0 ? { kind: 'lowerRequest', text, apply } : { kind: 'free', text: `have ${missing} ${resource} more on the node`, apply };
  }
  const otherwise = free > 0 ? `, or lower ${less}` : '';
  return { kind: 'free', text: `free ${missing} ${resource}${otherwise}`, apply };
}

function morePods(node: NodeInfo, crowd: number): Change {
  const text = `take ${crowd === 1 ? 'a pod' : `${crowd} pods`} off the node: it is at its limit of ${node.allocatablePods} pods`;
  return { kind: 'morePods', text, apply: more(node.name, 'pods', crowd) };
}

function more(name: string, resource: string, amount: number): Change['apply'] {
  return (trial) =>
    trial.changeNode(name, ({ allocatable }) => ({
      allocatable: { ...allocatable, [resource]: amountOf(allocatable, resource) + amount },
    }));
}

/** Amounts that a rounded unit would misstate are written to the byte. */
function write(resource: string, amount: number): string {
  if (resource === 'cpu') return formatMilliCpu(amount as MilliCpu);
  if (resource !== 'memory' && resource !== 'ephemeral-storage') return String(amount);
  return amount % MI === 0 ? formatBytes(amount as Bytes).replace(/^(\d+\.\d)Gi$/, () => `${amount / MI}Mi`) : String(amount);
}

const MI = 1024 ** 2;
