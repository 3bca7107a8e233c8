import { unschedulable } from '../NodeVerdict.ts';
import { type FilterPlugin, filterBy, SKIP } from '../Plugin.ts';

/**
 * Refuses nodes where a host port that the pod wants is in use.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/nodeports/node_ports.go
 */
export const NodePorts: FilterPlugin = {
  name: 'NodePorts',
  prepareFilter(pod, { demands }) {
    const wanted = demands.of(pod).hostPorts;
    if (wanted.length === 0) return SKIP;
    return filterBy((node) => (wanted.some((port) => node.hostPorts.conflictsWith(port)) ? PORTS_TAKEN : undefined));
  },
};

/** Of a node where a wanted port is in use. */
export const PORTS_TAKEN = unschedulable("node(s) didn't have free ports for the requested pod ports");
