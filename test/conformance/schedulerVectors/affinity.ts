import type { Labels } from '../../../src/cluster/LabelSelector.ts';
import type { PodAffinityTerm } from '../../../src/cluster/PodSpec.ts';
import { InterPodAffinity } from '../../../src/scheduler/registry.ts';
import { aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { anAffinity, aPodAffinityTerm } from '../../support/placement.ts';
import type { Run } from './Vector.ts';
import { statusOf, World } from './World.ts';

const ZONE = 'topology.kubernetes.io/zone';

interface GivenTerm {
  readonly topologyKey: string;
  /** Such as `app=web`. */
  readonly selector: string;
}

interface FilterInputs {
  readonly requiredAffinity?: readonly GivenTerm[];
  readonly requiredAntiAffinity?: readonly GivenTerm[];
  readonly podLabels?: string;
  readonly nodeHasZoneLabel: boolean;
  readonly matchingPodOnSameNode?: boolean;
}

interface Existing {
  readonly node: string;
  readonly zone: string;
  readonly labels?: string;
  readonly requiredAffinityTo?: string;
  readonly preferredAntiAffinityTo?: string;
  readonly weight?: number;
}

interface RawInputs {
  readonly incoming?: { readonly labels: string };
  readonly incomingPreferredAffinity?: readonly { readonly weight: number; readonly topologyKey: string; readonly matches: string }[];
  readonly existing: readonly Existing[];
  readonly candidates?: Readonly<Record<string, string>>;
}

/** Affinity and anti-affinity between pods. */
export const affinity: Readonly<Record<string, Run>> = {
  interPodAffinityFilter(inputs: FilterInputs, version) {
    const { requiredAffinity = [], requiredAntiAffinity = [], podLabels = 'app=other', nodeHasZoneLabel } = inputs;
    const node = aNode('n', { labels: nodeHasZoneLabel ? { [ZONE]: 'z1' } : {} });
    const pods = inputs.matchingPodOnSameNode ? [aPod('web', { labels: { app: 'web' }, nodeName: 'n' })] : [];
    const spec = aPodSpec({
      affinity: anAffinity({ pod: { required: requiredAffinity.map(given) }, podAnti: { required: requiredAntiAffinity.map(given) } }),
    });
    const world = new World({ nodes: [node], pods }, { labels: labelsOf(podLabels), spec }, version);
    return { feasible: world.isFeasible('n'), status: statusOf(world.refusal('n')), reason: world.refusal('n')?.reasons[0] };
  },

  interPodAffinityRaw({ incoming, incomingPreferredAffinity = [], existing, candidates }: RawInputs, version) {
    const zones = candidates ?? Object.fromEntries(existing.map(({ node, zone }) => [node, zone]));
    const nodes = Object.entries(zones).map(([name, zone]) => aNode(name, { labels: { [ZONE]: zone } }));
    const preferred = incomingPreferredAffinity.map(({ weight, topologyKey, matches }) => ({ weight, term: term(matches, topologyKey) }));
    const spec = aPodSpec({ affinity: anAffinity({ pod: { preferred } }) });
    const pods = existing.map(podOf);
    const world = new World({ nodes, pods }, { labels: incoming ? labelsOf(incoming.labels) : { app: 'new' }, spec }, version);
    const scored = world.scores(InterPodAffinity);
    return { raw: named(zones, scored?.raw), normalized: named(zones, scored?.normalized) };
  },
};

function podOf({ node, labels = '', requiredAffinityTo, preferredAntiAffinityTo, weight = 0 }: Existing, index: number) {
  const required = requiredAffinityTo === undefined ? [] : [term(requiredAffinityTo)];
  const preferred = preferredAntiAffinityTo === undefined ? [] : [{ weight, term: term(preferredAntiAffinityTo) }];
  return aPod(`existing-${index}`, {
    nodeName: node,
    labels: labelsOf(labels),
    spec: aPodSpec({ affinity: anAffinity({ pod: { required }, podAnti: { preferred } }) }),
  });
}

function given({ selector, topologyKey }: GivenTerm): PodAffinityTerm {
  return term(selector, topologyKey);
}

function term(selector: string, topologyKey = ZONE): PodAffinityTerm {
  return aPodAffinityTerm(labelsOf(selector), topologyKey);
}

function labelsOf(text: string): Labels {
  const [key, value] = text.split('=');
  return key && value !== undefined ? { [key]: value } : {};
}

function named(zones: Readonly<Record<string, string>>, numbers: readonly number[] | undefined) {
  return Object.fromEntries(Object.keys(zones).map((name, i) => [name, numbers?.[i]]));
}
