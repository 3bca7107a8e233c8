import { NEVER } from '../../units.ts';
import { clusterApi } from '../drains/clusterApi.ts';
import type { Preset } from '../Preset.ts';
import { replacingKnobs } from '../replacingKnobs.ts';

/**
 * Cluster API: rolling update of a MachineDeployment, of which the nodes that are rolled are all replicas.
 *
 * New machines come first: a `surge` of one and no `maxUnavailable` unless the scenario says otherwise; a percentage of the replicas is
 * rounded up for the surge and down for the others, and if both come to 0, one may be unavailable. No deadline ends the roll: a drain goes on
 * until it is done, or for `drain.timeout` (nodeDrainTimeout), and a machine that does not become Ready stalls it. `gate.minReady` is
 * minReadySeconds. What the planner of v1.12 does otherwise, OnDelete, MachineHealthChecks and nodeVolumeDetachTimeout are not modelled.
 * @see kubernetes-sigs/cluster-api internal/controllers/machinedeployment, machineset (v1.9); mdutil.ResolveFenceposts
 */
export const capiMd: Preset = {
  name: 'capi-md',
  describes: 'Cluster API: rolling update of a MachineDeployment, new machines first; one that does not become Ready stalls it',
  maxUnavailable: { min: 0, max: 1000, percent: 'floor', percentOf: 'selected', fallback: 0 },
  surge: {
    strategy: 'rollingUpdate',
    nodes: { min: 0, max: 1000, percent: 'ceil', percentOf: 'selected', fallback: 1 },
  },
  knobs: {
    ...replacingKnobs,
    drain: clusterApi.plan,
    order: 'name',
    failure: { readyTimeout: NEVER, then: 'stop', retries: 0 },
  },
};
