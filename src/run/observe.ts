import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ClassTable } from '../cluster/PodClass.ts';
import { type PodRequests, podRequests } from '../cluster/podRequests.ts';
import type { EndpointTiming, Scenario } from '../scenario/Scenario.ts';
import type { Duration } from '../units.ts';
import { AttemptLog } from './probes/AttemptLog.ts';
import { EndpointProbe } from './probes/EndpointProbe.ts';
import { EventLog } from './probes/EventLog.ts';
import { HeadroomProbe } from './probes/HeadroomProbe.ts';
import { PendingProbe } from './probes/PendingProbe.ts';
import { PodLog } from './probes/PodLog.ts';
import { WorkloadProbe } from './probes/WorkloadProbe.ts';
import { TopWorkloads } from './topWorkload.ts';
import type { World } from './wire.ts';

/** How much a run keeps: everything for its reports, or only the figures that replications compare. */
export type Detail = 'everything' | 'figures';

/** Everything that is watched during a run, from the moment the cluster has settled. */
export interface Probes {
  readonly pods: PodLog;
  readonly attempts: AttemptLog;
  readonly workloads: WorkloadProbe;
  readonly pending: PendingProbe;
  readonly headroom: HeadroomProbe;
  /** undefined when clients see every change of the endpoints at once. */
  readonly endpoints: EndpointProbe | undefined;
  /** undefined when only figures are kept. */
  readonly events: EventLog | undefined;
}

/** Starts all probes over a settled cluster and subscribes them to its changes. */
export function observe({ sim, cluster, onAttempt }: World, scenario: Scenario, detail: Detail): Probes {
  const { kubernetesVersion, timing, demand } = scenario;
  const tops = new TopWorkloads(cluster);
  const probes = {
    pods: new PodLog(sim, cluster, tops),
    workloads: new WorkloadProbe(sim, cluster, tops),
    pending: new PendingProbe(sim, cluster),
    headroom: new HeadroomProbe(sim, cluster, requestsByClass(kubernetesVersion)),
    endpoints: timing.endpoints && demand.length > 0 ? new EndpointProbe(sim, cluster, endpointLag(timing.endpoints)) : undefined,
    events: detail === 'everything' ? new EventLog(sim) : undefined,
  };
  for (const probe of Object.values(probes)) if (probe) cluster.subscribe(probe);
  const attempts = new AttemptLog(probes.pods, probes.events);
  onAttempt((attempt) => attempts.attempted(attempt));
  return { ...probes, attempts };
}

function endpointLag({ removal, loadBalancer }: EndpointTiming): Duration {
  return (removal + loadBalancer) as Duration;
}

/** Requests of pods, added up once for each class of pods. */
function requestsByClass(version: KubernetesVersion): (pod: Pod) => PodRequests {
  const known = new ClassTable(({ spec }) => podRequests(spec, version));
  return ({ podClass }) => known.of(podClass);
}
