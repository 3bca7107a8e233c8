import type { Taint } from '../../../src/cluster/Taint.ts';
import { fitErrorMessage, tallyOf } from '../../../src/scheduler/FitError.ts';
import { unschedulable } from '../../../src/scheduler/NodeVerdict.ts';
import { SchedulingGates } from '../../../src/scheduler/registry.ts';
import { aClaim, aNode, aPod, aPodSpec } from '../../support/builders.ts';
import type { Outcome, Run } from './Vector.ts';
import { statusOf, World } from './World.ts';

interface FitErrorInputs {
  readonly numNodes?: number;
  readonly reasons?: Readonly<Record<string, number>>;
  readonly preemptionReasons?: object;
  readonly preemptionPolicy?: 'Never';
  readonly nodes?: readonly { readonly taints: readonly Taint[] }[];
  readonly preFilter?: string;
  readonly nodeAffinityMatchFieldsName?: string;
  readonly allocatableMilliCPU?: readonly number[];
  readonly podMilliCPU?: number;
}

type Version = Parameters<Run>[1];

/** What pods that fit nowhere are told. */
export const messages: Readonly<Record<string, Run>> = {
  fitError(inputs: FitErrorInputs, version) {
    if (inputs.nodes) return beforePostFilter(taintedWorld(inputs.nodes, version).message());
    if (inputs.preFilter !== undefined) return { message: unboundClaimWorld(inputs.numNodes ?? 0, version).message() };
    if (inputs.nodeAffinityMatchFieldsName !== undefined) return { message: namedNodeWorld(inputs, version).message() };
    if (inputs.allocatableMilliCPU) return tooLarge(inputs.allocatableMilliCPU, inputs.podMilliCPU ?? 0, version);
    if (inputs.preemptionReasons || inputs.preemptionPolicy) return { message: fullWorld(inputs, version).message() };
    return { message: fitErrorMessage({ nodes: inputs.numNodes ?? 0, verdicts: tallyOf(verdictsOf(inputs.reasons ?? {})) }) };
  },

  noNodes: (_inputs: object, version) => ({ message: new World({}, {}, version).message() }),

  schedulingGates: ({ gates }: { gates: string[] }) => ({
    preEnqueueMessage: SchedulingGates.preEnqueue({ spec: aPodSpec({ schedulingGates: gates }) })?.reasons[0],
  }),
};

function beforePostFilter(message: string): Outcome {
  return { message: message.slice(0, message.indexOf('. ') + 1) };
}

function taintedWorld(nodes: readonly { readonly taints: readonly Taint[] }[], version: Version): World {
  return new World({ nodes: nodes.map(({ taints }, i) => aNode(`n${i}`, { taints })) }, {}, version);
}

function unboundClaimWorld(numNodes: number, version: Version): World {
  const claim = aClaim('data', { storageClassName: undefined });
  const source = { source: 'persistentVolumeClaim', claimName: 'data', readOnly: false, medium: undefined, fields: {} };
  const spec = aPodSpec({ volumes: [{ name: 'data', ...source }] });
  return new World({ nodes: numbered(numNodes), claims: [claim] }, { spec }, version);
}

/** Every node is full; the pod names one of them. */
function namedNodeWorld({ numNodes = 0, nodeAffinityMatchFieldsName: name = '' }: FitErrorInputs, version: Version): World {
  const nodes = numbered(numNodes);
  const matchFields = [{ key: 'metadata.name', operator: 'In' as const, values: [name] }];
  const none = { required: [], preferred: [] };
  const node = { required: [{ matchExpressions: [], matchFields }], preferred: [] };
  const spec = aPodSpec({ cpu: 1, affinity: { node, pod: none, podAnti: none } });
  return new World({ nodes, pods: nodes.map((each) => fill(each.name)) }, { spec }, version);
}

function tooLarge(allocatable: readonly number[], podMilliCPU: number, version: Version): Outcome {
  const nodes = allocatable.map((milliCpu, i) => aNode(`n${i}`, { cpu: milliCpu / 1000 }));
  const world = new World({ nodes }, { spec: aPodSpec({ cpu: podMilliCPU / 1000 }) }, version);
  return { message: world.message(), statusCode: statusOf(world.refusal('n0')) };
}

/** Nodes full of pods of the same priority, and cordoned ones. */
function fullWorld({ numNodes = 0, reasons = {}, preemptionPolicy }: FitErrorInputs, version: Version): World {
  const cordoned = reasons['node(s) were unschedulable'] ?? 0;
  const nodes = numbered(numNodes).map((node, i) => ({ ...node, unschedulable: i < cordoned }));
  const spec = aPodSpec({ cpu: 1, ...(preemptionPolicy ? { preemptionPolicy } : {}) });
  return new World({ nodes, pods: nodes.map((node) => fill(node.name)) }, { spec }, version);
}

function numbered(count: number) {
  return Array.from({ length: count }, (_, i) => aNode(`n${i + 1}`, { cpu: 4 }));
}

function fill(nodeName: string) {
  return aPod(`on-${nodeName}`, { nodeName, spec: aPodSpec({ cpu: 3.5 }) });
}

function verdictsOf(reasons: Readonly<Record<string, number>>) {
  return Object.entries(reasons).flatMap(([reason, count]) => Array.from({ length: count }, () => unschedulable(reason)));
}
