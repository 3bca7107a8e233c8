import type { LabelSelector, Labels } from '../../../src/cluster/LabelSelector.ts';
import type { TopologySpreadConstraint } from '../../../src/cluster/PodSpec.ts';
import { bestNodes } from '../../../src/scheduler/bestNodes.ts';
import { PodTopologySpread } from '../../../src/scheduler/registry.ts';
import { normalizeSpread } from '../../../src/scheduler/spreadScores.ts';
import { aNode, aPod, aPodSpec, selecting } from '../../support/builders.ts';
import { aSpreadConstraint } from '../../support/placement.ts';
import type { Outcome, Run } from './Vector.ts';
import { statusOf, World } from './World.ts';

const ZONE = 'topology.kubernetes.io/zone';
const HOSTNAME = 'kubernetes.io/hostname';

interface FilterInputs {
  readonly maxSkew: number;
  readonly domainCounts?: Readonly<Record<string, number>>;
  readonly podsPerDomain?: Readonly<Record<string, number>>;
  readonly selfMatch?: boolean;
  readonly minDomains?: number | null;
  readonly labelSelector?: object | null;
  readonly nodeTaintsPolicy?: 'Honor' | 'Ignore';
  readonly z1NodesAllTaintedNoSchedule?: boolean;
  readonly nodeLabels?: Labels;
}

interface ScoreInputs {
  readonly constraints: readonly { readonly key: string; readonly maxSkew: number }[];
  readonly systemDefaulted?: boolean;
  readonly candidates: readonly { readonly name: string; readonly labels: Labels; readonly counts: Readonly<Record<string, number>> }[];
}

/** Topology spread constraints, hard and soft. */
export const spread: Readonly<Record<string, Run>> = {
  podTopologySpreadFilter(inputs: FilterInputs, version) {
    const world = new World(filterCluster(inputs), filterPod(inputs), version);
    if (inputs.nodeLabels) return { status: statusOf(world.refusal('unlabelled')), reason: world.refusal('unlabelled')?.reasons[0] };
    const zones = Object.keys(inputs.domainCounts ?? inputs.podsPerDomain ?? {});
    return { feasible: Object.fromEntries(zones.map((zone) => [zone, world.isFeasible(zone)])) };
  },

  podTopologySpreadScore(inputs: ScoreInputs | { readonly rawScores: readonly (number | null)[] }, version) {
    if ('rawScores' in inputs) return { normalized: normalizeSpread(inputs.rawScores.map((score) => score ?? undefined)) };
    const scored = scoresOf(inputs, version);
    return { ...scored, weighted: scored?.normalized.map((score) => 2 * score) };
  },
};

/** Scores of two plugins as given, to be added to those of spreading. */
export interface GivenTotals {
  readonly leastAllocated: readonly number[];
  readonly balanced: readonly number[];
  readonly spread: ScoreInputs;
}

/** The totals of nodes whose other scores are given; every node has 300 from TaintToleration. */
export function totalsWithSpread({ leastAllocated, balanced, spread: given }: GivenTotals, version: Parameters<Run>[1]): Outcome {
  const scored = scoresOf({ ...given, systemDefaulted: true }, version);
  const names = given.candidates.map(({ name }) => name);
  const totals = names.map((_, i) => 300 + (leastAllocated[i] ?? 0) + (balanced[i] ?? 0) + 2 * (scored?.normalized[i] ?? 0));
  return {
    spreadRaw: scored?.raw,
    spreadNormalized: scored?.normalized,
    total: Object.fromEntries(names.map((name, i) => [name, totals[i]])),
    selected: bestNodes(names, totals)[0],
  };
}

function filterCluster({ domainCounts, podsPerDomain, z1NodesAllTaintedNoSchedule, nodeLabels }: FilterInputs) {
  const counts = domainCounts ?? podsPerDomain ?? {};
  const taint = { key: 'keep', value: 'out', effect: 'NoSchedule' as const };
  const zones = new Set([...(z1NodesAllTaintedNoSchedule ? ['z1'] : []), ...Object.keys(counts)]);
  const nodes = [...zones].map((zone) =>
    aNode(zone, { labels: { [ZONE]: zone }, taints: z1NodesAllTaintedNoSchedule && zone === 'z1' ? [taint] : [] }),
  );
  const pods = Object.entries(counts).flatMap(([zone, count]) => podsOn(zone, count));
  return { nodes: nodeLabels ? [...nodes, aNode('unlabelled', { labels: nodeLabels })] : nodes, pods };
}

function filterPod({ maxSkew, minDomains, selfMatch, nodeTaintsPolicy = 'Ignore', labelSelector }: FilterInputs) {
  const selector = labelSelector === undefined ? selecting({ app: 'web' }) : selectorOf(labelSelector);
  const own = constraint({ maxSkew, minDomains: minDomains ?? undefined, nodeTaintsPolicy, labelSelector: selector });
  return { labels: { app: selfMatch === false ? 'other' : 'web' }, spec: aPodSpec({ topologySpreadConstraints: [own] }) };
}

/** In these examples either nothing or the selector that selects everything. */
function selectorOf(given: object | null): LabelSelector | undefined {
  return given === null ? undefined : { requirements: [] };
}

function constraint(options: Partial<TopologySpreadConstraint>): TopologySpreadConstraint {
  return aSpreadConstraint({ app: 'web' }, { topologyKey: ZONE, ...options });
}

function scoresOf({ constraints, systemDefaulted, candidates }: ScoreInputs, version: Parameters<Run>[1]) {
  const nodes = candidates.map(({ name, labels }) => aNode(name, { labels }));
  const pods = candidates.flatMap(({ name, labels, counts }, i) => {
    const isFirstOfZone = candidates.findIndex((other) => other.labels[ZONE] === labels[ZONE]) === i;
    return podsOn(name, counts[HOSTNAME] ?? (isFirstOfZone ? (counts[ZONE] ?? 0) : 0));
  });
  const own = constraints.map(({ key, maxSkew }) => constraint({ topologyKey: key, maxSkew, whenUnsatisfiable: 'ScheduleAnyway' }));
  const services = systemDefaulted ? [{ namespace: 'default', name: 'web', selector: selecting({ app: 'web' }) }] : [];
  const spec = aPodSpec({ topologySpreadConstraints: systemDefaulted ? [] : own });
  return new World({ nodes, pods, services }, { labels: { app: 'web' }, spec }, version).scores(PodTopologySpread);
}

function podsOn(nodeName: string, count: number) {
  return Array.from({ length: count }, (_, i) => aPod(`web-${nodeName}-${i}`, { labels: { app: 'web' }, nodeName }));
}
