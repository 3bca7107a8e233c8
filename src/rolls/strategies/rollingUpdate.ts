import { type ReplacementStrategy, withinQuota } from '../ReplacementStrategy.ts';

/**
 * Machines are made as long as no more than replicas and surge exist, and old ones go as long as all but `maxUnavailable` of the replicas are
 * available: the arithmetic of a MachineDeployment of Cluster API. A place for a surge makes a node first, any other lets one go first.
 *
 * A machine that is being deleted holds its place until it is gone, and is not available. Those that are not Ready go first. New machines that
 * do not become available keep the old ones from going: a broken template stalls the roll.
 * @see kubernetes-sigs/cluster-api internal/controllers/machinedeployment/machinedeployment_rolling.go (up to v1.11), mdutil NewMSNewReplicas
 */
export const rollingUpdate: ReplacementStrategy = {
  name: 'rollingUpdate',
  nextStep(progress, { maxUnavailable, surge }) {
    const { replicas, waiting, going, made, available } = progress;
    const places = replicas + surge.nodes - (waiting.length + going + made);
    const make = withinQuota(Math.max(0, Math.min(places, replicas - made)), progress, surge);
    const unavailable = made + make - available;
    const mayGo = waiting.length + made + make - (replicas - maxUnavailable) - unavailable;
    return { make, remove: waiting.slice(0, Math.max(0, mayGo)) };
  },
};
