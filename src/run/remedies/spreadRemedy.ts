import type { PodSpec, TopologySpreadConstraint } from '../../cluster/PodSpec.ts';
import type { Change, Remedy } from './Remedy.ts';
import type { Trial } from './Trial.ts';

/** Raises `maxSkew` of the broken constraint just as far as needed; drops a constraint over a label that the node lacks. */
export const spreadRemedy: Remedy = {
  plugin: 'PodTopologySpread',
  nextChange(trial, name) {
    const { node } = trial.info(name);
    const hard = trial.pod.spec.topologySpreadConstraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
    const unlabelled = hard.find(({ topologyKey }) => node.labels[topologyKey] === undefined);
    if (unlabelled) return drop(unlabelled);
    const broken = hard.find((constraint) => !isKept(trial, name, { constraint, maxSkew: constraint.maxSkew }));
    return broken && raise(broken, leastSkew(trial, name, broken));
  },
};

interface Attempted {
  readonly constraint: TopologySpreadConstraint;
  readonly maxSkew: number;
}

/** Whether `constraint` alone would let the pod pass with `maxSkew`; the trial is left as it was. */
function isKept(trial: Trial, node: string, { constraint, maxSkew }: Attempted): boolean {
  const limit = (one: Trial) => one.changeSpec((spec) => onlyLimitedBy(spec, constraint, maxSkew));
  return trial.whatIf(limit, () => trial.refusals(node).every(({ plugin }) => plugin !== 'PodTopologySpread'));
}

/** The other constraints stay, because which nodes count depends on all of them, but limit nothing. */
function onlyLimitedBy(spec: PodSpec, constraint: TopologySpreadConstraint, maxSkew: number): PodSpec {
  const topologySpreadConstraints = spec.topologySpreadConstraints.map((other) => ({
    ...other,
    maxSkew: other === constraint ? maxSkew : Number.MAX_SAFE_INTEGER,
  }));
  return { ...spec, topologySpreadConstraints };
}

/** The least skew that lets the pod pass, found by halving: more skew never refuses what less allows. */
function leastSkew(trial: Trial, node: string, constraint: TopologySpreadConstraint): number {
  let [refused, kept] = [constraint.maxSkew, trial.cluster.pods.size + 1];
  while (kept - refused > 1) {
    const middle = Math.floor((refused + kept) / 2);
    if (isKept(trial, node, { constraint, maxSkew: middle })) kept = middle;
    else refused = middle;
  }
  return kept;
}

function raise(constraint: TopologySpreadConstraint, maxSkew: number): Change {
  const raised = { ...constraint, maxSkew };
  return {
    kind: 'raiseMaxSkew',
    text: `raise maxSkew over ${constraint.topologyKey} from ${constraint.maxSkew} to ${maxSkew}`,
    apply: (trial) => trial.changeSpec((spec) => replaced(spec, constraint, [raised])),
  };
}

function drop(constraint: TopologySpreadConstraint): Change {
  return {
    kind: 'dropSpread',
    text: `drop the spread over ${constraint.topologyKey}, a label that the node lacks`,
    apply: (trial) => trial.changeSpec((spec) => replaced(spec, constraint, [])),
  };
}

function replaced(spec: PodSpec, constraint: TopologySpreadConstraint, by: readonly TopologySpreadConstraint[]): PodSpec {
  const topologySpreadConstraints = spec.topologySpreadConstraints.flatMap((other) => (other === constraint ? by : [other]));
  return { ...spec, topologySpreadConstraints };
}
