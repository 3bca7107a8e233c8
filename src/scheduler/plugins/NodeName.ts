import { unresolvable } from '../NodeVerdict.ts';
import { type FilterPlugin, filterBy, SKIP } from '../Plugin.ts';

/**
 * Refuses every node but the one that the pod names.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/nodename/node_name.go
 */
export const NodeName: FilterPlugin = {
  name: 'NodeName',
  prepareFilter({ spec }) {
    if (spec.nodeName === undefined || spec.nodeName === '') return SKIP;
    return filterBy((node) => (node.name === spec.nodeName ? undefined : NOT_NAMED));
  },
};

/** Of every node but the one that the pod names. */
export const NOT_NAMED = unresolvable("node(s) didn't match the requested node name");
