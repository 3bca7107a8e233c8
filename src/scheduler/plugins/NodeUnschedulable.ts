import { tolerates, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import { unresolvable } from '../NodeVerdict.ts';
import { type FilterPlugin, filterBy, SKIP } from '../Plugin.ts';

/**
 * Refuses cordoned nodes, unless the pod tolerates the taint that goes with a cordon.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go
 */
export const NodeUnschedulable: FilterPlugin = {
  name: 'NodeUnschedulable',
  prepareFilter(pod) {
    if (pod.spec.tolerations.some((toleration) => tolerates(toleration, UNSCHEDULABLE))) return SKIP;
    return filterBy(({ node }) => (node.unschedulable ? CORDONED : undefined));
  },
};

/** Of a cordoned node. */
export const CORDONED = unresolvable('node(s) were unschedulable');
