import type { Node } from '../../cluster/Node.ts';
import { UNSCHEDULABLE } from '../../cluster/Taint.ts';
import type { Change, Remedy } from './Remedy.ts';

/** A cordoned node takes the pod when it is uncordoned. */
export const cordonRemedy: Remedy = { plugin: 'NodeUnschedulable', nextChange: (_trial, node) => uncordon(node) };

/** Takes back the cordon of `node` and the taint that goes with it. */
export function uncordon(node: string): Change {
  return { kind: 'uncordon', text: 'uncordon the node', apply: (trial) => trial.changeNode(node, uncordoned) };
}

function uncordoned({ taints }: Node) {
  return { unschedulable: false, taints: taints.filter(({ key }) => key !== UNSCHEDULABLE.key) };
}
