import type { LabelSelector, Labels } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { PodAffinityTerm, PodSpec } from '../../cluster/PodSpec.ts';
import { type AffinityTerm, affinityTermMatches, affinityTermsOf } from '../../scheduler/AffinityTerms.ts';
import { namespaceLabelsOf } from '../../scheduler/plugins/affinityFilter.ts';
import { inFigures } from '../counted.ts';
import type { Change, Remedy } from './Remedy.ts';
import type { Trial } from './Trial.ts';

/** A term of the pod that the node cannot meet is dropped; pods whose own terms keep this one away go elsewhere. */
export const affinityRemedy: Remedy = {
  plugin: 'InterPodAffinity',
  nextChange: (trial, name) => antiAffinityChange(trial, name) ?? unwelcomeChange(trial, name) ?? affinityChange(trial, name),
};

/** The first own term of anti-affinity with a pod that it matches in the node's domain. */
function antiAffinityChange(trial: Trial, name: string): Change | undefined {
  const { podAnti } = trial.pod.spec.affinity;
  const terms = affinityTermsOf(trial.pod)?.requiredAnti ?? [];
  for (const [index, term] of terms.entries()) {
    const given = podAnti.required[index];
    const near = podsNear(trial, name, term.topologyKey).find((other) => matches(trial, term, other));
    if (!near || !given) continue;
    const text = `drop the anti-affinity to ${describe(given)}: ${near.key} is there`;
    return { kind: 'dropAntiAffinity', text, apply: (one) => one.changeSpec((spec) => withoutTerm(spec, 'podAnti', given)) };
  }
  return undefined;
}

/** The pods in the node's domain whose own anti-affinity matches this pod: each of them has to go. */
function unwelcomeChange(trial: Trial, name: string): Change | undefined {
  const loners = unwelcoming(trial, name);
  const [first] = loners;
  if (!first) return undefined;
  const { other, topologyKey } = first;
  const text =
    loners.length === 1
      ? `move ${other.key} off ${other.nodeName}: its anti-affinity over ${topologyKey} keeps this pod away`
      : `move ${inFigures(loners.length)} pods off, such as ${other.key}: their anti-affinity over ${topologyKey} keeps this pod away`;
  const keys = loners.map((loner) => loner.other.key);
  return { kind: 'moveAway', text, apply: (one) => one.takeAway(...keys) };
}

function unwelcoming(trial: Trial, name: string): readonly { readonly other: Pod; readonly topologyKey: string }[] {
  const labels = trial.cluster.nodes.get(name)?.labels ?? {};
  return [...trial.cluster.nodes.values()].flatMap((node) =>
    [...node.pods].flatMap((other) => {
      const terms = trial.state.demands.of(other).affinity?.requiredAnti ?? [];
      const term = terms.find((one) => isSameDomain(labels, node.labels, one.topologyKey) && matches(trial, one, trial.pod));
      return term ? [{ other, topologyKey: term.topologyKey }] : [];
    }),
  );
}

/** The first own term of affinity without a pod that it matches in the node's domain. */
function affinityChange(trial: Trial, name: string): Change | undefined {
  const terms = affinityTermsOf(trial.pod)?.required ?? [];
  const lonely = terms.findIndex((term) => !podsNear(trial, name, term.topologyKey).some((other) => matches(trial, term, other)));
  const given = trial.pod.spec.affinity.pod.required[Math.max(0, lonely)];
  return (
    given && {
      kind: 'dropAffinity',
      text: `drop the affinity to ${describe(given)}: no such pod is there`,
      apply: (one) => one.changeSpec((spec) => withoutTerm(spec, 'pod', given)),
    }
  );
}

/** Pods in the domain of `topologyKey` that the node is in, in order of nodes; none when it lacks the label. */
function podsNear({ cluster }: Trial, name: string, topologyKey: string): Pod[] {
  const labels = cluster.nodes.get(name)?.labels ?? {};
  return [...cluster.nodes.values()].filter((node) => isSameDomain(labels, node.labels, topologyKey)).flatMap((node) => [...node.pods]);
}

function isSameDomain(a: Labels, b: Labels, topologyKey: string): boolean {
  return a[topologyKey] !== undefined && a[topologyKey] === b[topologyKey];
}

function matches({ state }: Trial, term: AffinityTerm, target: Pod): boolean {
  return affinityTermMatches(term, target, namespaceLabelsOf(state));
}

function withoutTerm(spec: PodSpec, kind: 'pod' | 'podAnti', term: PodAffinityTerm): PodSpec {
  const { required, preferred } = spec.affinity[kind];
  return { ...spec, affinity: { ...spec.affinity, [kind]: { required: required.filter((other) => other !== term), preferred } } };
}

function describe({ labelSelector, topologyKey }: PodAffinityTerm): string {
  return `${writeSelector(labelSelector)} over ${topologyKey}`;
}

function writeSelector(selector: LabelSelector | undefined): string {
  const parts = selector?.requirements.map(({ key, operator, values }) =>
    operator === 'In' && values.length === 1 ? `${key}=${values[0]}` : `${key} ${operator} ${values.join('|')}`.trim(),
  );
  return parts === undefined ? 'no pod' : parts.join(', ') || 'every pod';
}
