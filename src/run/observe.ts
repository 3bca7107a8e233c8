import type { Node } from '../cluster/Node.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { podRequests } from '../cluster/podRequests.ts';
import type { EndpointTiming, Scenario } from '../scenario/Scenario.ts';
import type { Duration } from '../units.ts';
import { AttemptLog } from './probes/AttemptLog.ts';
import { EndpointProbe } from './probes/EndpointProbe.ts';
import { EventLog } from './probes/EventLog.ts';
import { FigureProbes } from './probes/FigureProbes.ts';
import { HeadroomProbe } from './probes/HeadroomProbe.ts';
import { PendingProbe } from './probes/PendingProbe.ts';
import { PodLog } from './probes/PodLog.ts';
import { QuorumProbe } from './probes/QuorumProbe.ts';
import { WorkloadProbe } from './probes/WorkloadProbe.ts';
import { TopWorkloads } from './topWorkload.ts';
import type { World } from './wire.ts';

/**
 * How much a run keeps: `everything` for its reports, all of that `withoutEvents`, or only the `figures` that replications compare. With
 * `figures`, findings, series, pods, events, lost data and the causes of outages are left out.
 */
export type Detail = 'everything' | 'withoutEvents' | 'figures';

/** Everything that is watched during a run, from the moment the cluster has settled. */
export interface Probes {
  /** undefined when only figures are kept. */
  readonly pods: PodLog | undefined;
  readonly attempts: AttemptLog;
  readonly workloads: WorkloadProbe;
  readonly pending: PendingProbe;
  readonly headroom: HeadroomProbe;
  /** undefined when clients see every change of the endpoints at once. */
  readonly endpoints: EndpointProbe | undefined;
  /** undefined when the scenario gives no quorum. */
  readonly quorums: QuorumProbe | undefined;
  /** undefined when events are not kept. */
  readonly events: EventLog | undefined;
}

/** Starts all probes over a settled cluster and subscribes them to its changes. */
export function observe({ sim, cluster, scheduler, roll }: World, scenario: Scenario, detail: Detail): Probes {
  const { kubernetesVersion, timing, demand, quorums } = scenario;
  const keepsStory = detail !== 'figures';
  const requests = {
    requestsOf: (spec: PodSpec) => podRequests(spec, kubernetesVersion),
    requestedOn: (node: Node) => scheduler.requestedOn(node),
  };
  const figures = {
    workloads: new WorkloadProbe(sim, cluster),
    pending: new PendingProbe(sim, cluster),
    headroom: new HeadroomProbe({ sim, cluster, ...requests, keeps: keepsStory ? 'series' : 'least' }),
  };
  const others = {
    pods: keepsStory ? new PodLog(sim, cluster, new TopWorkloads(cluster)) : undefined,
    endpoints: timing.endpoints && demand.length > 0 ? new EndpointProbe(sim, cluster, endpointLag(timing.endpoints)) : undefined,
    quorums: quorums ? new QuorumProbe(sim, cluster, quorums) : undefined,
    events: detail === 'everything' ? new EventLog(sim) : undefined,
  };
  const listeners = [
    new FigureProbes(figures, roll.watch.returning),
    figures.workloads.floors,
    figures.pending.starts,
    ...Object.values(others),
  ];
  for (const listener of listeners) if (listener) cluster.subscribe(listener);
  const attempts = new AttemptLog(scheduler, others.pods, others.events);
  scheduler.onFailedAttempt((attempt) => attempts.note(attempt));
  return { ...figures, ...others, attempts };
}

function endpointLag({ removal, loadBalancer }: EndpointTiming): Duration {
  return (removal + loadBalancer) as Duration;
}
