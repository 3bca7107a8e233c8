import type { Container } from '../../../src/cluster/PodSpec.ts';
import { balancedAllocation } from '../../../src/scheduler/balancedAllocation.ts';
import { bestNodes } from '../../../src/scheduler/bestNodes.ts';
import { normalizeReversed, normalizeScores } from '../../../src/scheduler/normalizeScores.ts';
import { normalizeAffinity } from '../../../src/scheduler/plugins/affinityScore.ts';
import { ImageLocality, imageNameOnNodes } from '../../../src/scheduler/plugins/ImageLocality.ts';
import { NodeResourcesBalancedAllocation, NodeResourcesFit } from '../../../src/scheduler/registry.ts';
import { scoreNodes } from '../../../src/scheduler/scoreNodes.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { type GivenTotals, totalsWithSpread } from './spread.ts';
import type { Run } from './Vector.ts';
import { World } from './World.ts';

interface Amounts {
  readonly milliCPU: number;
  readonly memory: number;
}

interface ResourceInputs {
  readonly allocatable: Amounts;
  readonly nodeRequested: Amounts;
  readonly nodeNonZeroRequested: Amounts;
  readonly podRequest: Amounts;
}

interface ImageInputs {
  readonly images: readonly { readonly sizeBytes: number; readonly numNodes: number }[];
  readonly totalNodes: number;
  readonly containers: number;
}

interface TotalInputs {
  readonly pod: Amounts;
  readonly nodes: readonly {
    readonly name: string;
    readonly allocatable: readonly [number, number];
    readonly requested: readonly [number, number];
    readonly nonZeroRequested: readonly [number, number];
    readonly intolerablePreferNoScheduleTaints: number;
  }[];
}

/** Scores of single plugins, and the choice by their sum. */
export const scores: Readonly<Record<string, Run>> = {
  nodeResourceScores(inputs: ResourceInputs, version) {
    const { allocatable, nodeRequested, nodeNonZeroRequested, podRequest } = inputs;
    const node = aNode('n', { allocatable: { cpu: allocatable.milliCPU, memory: allocatable.memory } });
    const containers = occupants(nodeRequested, nodeNonZeroRequested);
    const there = aPod('there', { nodeName: 'n', spec: aPodSpec({ containers }) });
    const world = new World({ nodes: [node], pods: containers.length > 0 ? [there] : [] }, { spec: asking(podRequest) }, version);
    return {
      leastAllocated: world.scores(NodeResourcesFit)?.raw[0],
      balancedAllocation: world.scores(NodeResourcesBalancedAllocation)?.raw[0] ?? 'skip',
    };
  },

  balancedAllocationFloat({ requested, allocatable }: { requested: [number, number]; allocatable: [number, number] }) {
    const node = { allocatableMilliCpu: allocatable[0], allocatableMemory: allocatable[1], requestedMilliCpu: 0, requestedMemory: 0 };
    return { balancedAllocation: balancedAllocation(node, { milliCpu: requested[0], memory: requested[1] }) };
  },

  nodeAffinityScore: ({ rawScores }: { rawScores: number[] }) => weighted(normalizeScores(rawScores), 2),
  taintTolerationScore: ({ intolerablePreferNoSchedule }: { intolerablePreferNoSchedule: number[] }) =>
    weighted(normalizeReversed(intolerablePreferNoSchedule), 3),
  interPodAffinityScore: ({ rawScores }: { rawScores: number[] }) => weighted(normalizeAffinity(rawScores), 2),

  imageLocality({ images, totalNodes, containers }: ImageInputs, version) {
    const nodes = Array.from({ length: totalNodes }, (_, i) =>
      aNode(`n${i}`, {
        images: images.flatMap(({ sizeBytes, numNodes }, image) => (i < numNodes ? [{ names: [`image:${image}`], sizeBytes }] : [])),
      }),
    );
    const list = Array.from({ length: containers }, (_, image) => aContainer({ image: `image:${image}` }));
    return { score: new World({ nodes }, { spec: aPodSpec({ containers: list }) }, version).scores(ImageLocality)?.raw[0] };
  },

  imageNameNormalization: ({ images }: { images: string[] }) => ({ normalized: images.map(imageNameOnNodes) }),

  selectHost({ scores: given }: { scores: [string, number][] }) {
    const best = bestNodes(
      given.map(([name]) => name),
      given.map(([, total]) => total),
    );
    return { oneOf: best };
  },

  totalScore: (inputs: TotalInputs | GivenTotals, version) =>
    'nodes' in inputs ? totalsOf(inputs, version) : totalsWithSpread(inputs, version),
};

function occupants(requested: Amounts, nonZero: Amounts): Container[] {
  const asked = requested.milliCPU > 0 || requested.memory > 0;
  const containers = asked ? [aContainer({ requests: { cpu: requested.milliCPU, memory: requested.memory } })] : [];
  return nonZero.milliCPU === requested.milliCPU ? containers : [...containers, aContainer()];
}

function asking({ milliCPU, memory }: Amounts) {
  const requests = { ...(milliCPU > 0 ? { cpu: milliCPU } : {}), ...(memory > 0 ? { memory } : {}) };
  return aPodSpec({ containers: [aContainer({ requests })] });
}

function weighted(normalized: readonly number[], weight: number) {
  return { normalized, weighted: normalized.map((score) => weight * score) };
}

function totalsOf({ pod, nodes }: TotalInputs, version: Parameters<Run>[1]) {
  const described = nodes.map(({ name, allocatable: [cpu, memory], intolerablePreferNoScheduleTaints: taints }) =>
    aNode(name, {
      allocatable: { cpu, memory },
      taints: Array.from({ length: taints }, (_, i) => ({ key: `t${i}`, value: '', effect: 'PreferNoSchedule' as const })),
    }),
  );
  const pods = nodes.map(({ name, requested, nonZeroRequested }) =>
    aPod(`on-${name}`, { nodeName: name, spec: aPodSpec({ containers: occupants(amounts(requested), amounts(nonZeroRequested)) }) }),
  );
  const world = new World({ nodes: described, pods }, { spec: asking(pod) }, version);
  const names = nodes.map(({ name }) => name);
  const infos = names.flatMap((name) => world.state.snapshot.node(name) ?? []);
  const { totals, plugins } = scoreNodes(world.state, world.pod, infos);
  const normalized = (plugin: string) => plugins.find((each) => each.plugin === plugin)?.normalized;
  return {
    leastAllocated: normalized('NodeResourcesFit'),
    balanced: normalized('NodeResourcesBalancedAllocation'),
    taintTolerationNormalized: normalized('TaintToleration'),
    total: Object.fromEntries(names.map((name, i) => [name, totals[i]])),
    selected: bestNodes(names, totals)[0],
  };
}

function amounts([milliCPU, memory]: readonly [number, number]): Amounts {
  return { milliCPU, memory };
}
