import { firstUntolerated, type Taint, type Toleration, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import { uncordon } from './cordonRemedy.ts';
import type { Change, Remedy } from './Remedy.ts';

/** A taint is tolerated, except those that come and go with a cordon or with the health of the node. */
export const taintRemedy: Remedy = {
  plugin: 'TaintToleration',
  nextChange(trial, name) {
    const { node } = trial.info(name);
    const taint = firstUntolerated(node.taints, trial.pod.spec.tolerations, ['NoSchedule', 'NoExecute']);
    if (!taint) return undefined;
    if (taint.key === UNSCHEDULABLE.key) return uncordon(name);
    return OF_HEALTH.includes(taint.key) ? awaitReady(name) : tolerate(taint);
  },
};

const OF_HEALTH = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

function awaitReady(node: string): Change {
  return {
    kind: 'awaitReady',
    text: 'let the node become Ready again',
    apply: (trial) => trial.changeNode(node, ({ taints }) => ({ taints: taints.filter(({ key }) => !OF_HEALTH.includes(key)) })),
  };
}

function tolerate({ key, value, effect }: Taint): Change {
  const toleration: Toleration = { key, operator: 'Equal', value, effect };
  return {
    kind: 'tolerate',
    text: `tolerate taint ${key}${value === '' ? '' : `=${value}`}:${effect}`,
    apply: (trial) => trial.changeSpec((spec) => ({ ...spec, tolerations: [...spec.tolerations, toleration] })),
  };
}
