import { type Requirement, requirementHolds } from '../../cluster/LabelSelector.ts';
import type { Node } from '../../cluster/Node.ts';
import { termMatches } from '../../cluster/nodeAffinity.ts';
import type { NodeSelectorTerm, PodSpec } from '../../cluster/PodSpec.ts';
import type { Change, Remedy } from './Remedy.ts';

/** Gives the node the label that the pod asks for; where the label describes what a node is, the pod has to ask for less instead. */
export const nodeAffinityRemedy: Remedy = {
  plugin: 'NodeAffinity',
  nextChange(trial, name) {
    const { spec } = trial.pod;
    const { node } = trial.info(name);
    const missing = Object.entries(spec.nodeSelector).find(([key, value]) => node.labels[key] !== value);
    if (missing) return selectorChange(node, ...missing);
    const terms = spec.affinity.node.required;
    if (!terms || terms.some((term) => termMatches(term, node))) return undefined;
    const [nearest] = [...terms].sort((a, b) => failing(a, node).length - failing(b, node).length);
    const [requirement] = nearest ? failing(nearest, node) : [];
    return nearest && requirement && requirementChange(node, nearest, requirement);
  },
};

/** Labels that tell what or where a node is: another value would be a lie. */
const INNATE = /^(kubernetes\.io|[a-z-]+\.beta\.kubernetes\.io|topology\.kubernetes\.io|node\.kubernetes\.io)\//;

function failing({ matchExpressions, matchFields }: NodeSelectorTerm, node: Node): readonly Requirement[] {
  return [
    ...matchFields.filter((one) => !requirementHolds(one, node.name)),
    ...matchExpressions.filter((one) => !requirementHolds(one, node.labels[one.key])),
  ];
}

function selectorChange(node: Node, key: string, value: string): Change {
  if (!INNATE.test(key)) return label(node, key, value);
  return {
    kind: 'dropRequirement',
    text: `drop ${key}=${value} from the node selector`,
    apply: (trial) => trial.changeSpec((spec) => ({ ...spec, nodeSelector: without(spec.nodeSelector, key) })),
  };
}

function requirementChange(node: Node, term: NodeSelectorTerm, requirement: Requirement): Change {
  const { key, operator, values } = requirement;
  const canLabel = term.matchExpressions.includes(requirement) && !INNATE.test(key);
  const [first] = values;
  if (canLabel && operator === 'In' && first !== undefined) return label(node, key, first);
  if (canLabel && operator === 'Exists') return label(node, key, '');
  if (canLabel && (operator === 'NotIn' || operator === 'DoesNotExist')) return unlabel(node, key);
  return {
    kind: 'dropRequirement',
    text: `drop ${[key, operator, values.join(',')].join(' ').trim()} from the node affinity`,
    apply: (trial) => trial.changeSpec((spec) => withoutRequirement(spec, requirement)),
  };
}

function label({ name }: Node, key: string, value: string): Change {
  return {
    kind: 'label',
    text: `label the node with ${key}=${value}`,
    apply: (trial) => trial.changeNode(name, ({ labels }) => ({ labels: { ...labels, [key]: value } })),
  };
}

function unlabel({ name }: Node, key: string): Change {
  return {
    kind: 'label',
    text: `take label ${key} off the node`,
    apply: (trial) => trial.changeNode(name, ({ labels }) => ({ labels: without(labels, key) })),
  };
}

function without(labels: Readonly<Record<string, string>>, key: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([other]) => other !== key));
}

/** A term left without any requirement holds for every node, so then no term is required. */
function withoutRequirement(spec: PodSpec, requirement: Requirement): PodSpec {
  const rest = (list: readonly Requirement[]) => list.filter((other) => other !== requirement);
  const terms = spec.affinity.node.required?.map((term) => ({
    matchExpressions: rest(term.matchExpressions),
    matchFields: rest(term.matchFields),
  }));
  const isFree = terms?.some(({ matchExpressions, matchFields }) => matchExpressions.length + matchFields.length === 0);
  return { ...spec, affinity: { ...spec.affinity, node: { ...spec.affinity.node, required: isFree ? undefined : terms } } };
}
