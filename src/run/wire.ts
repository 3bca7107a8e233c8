import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterListener } from '../cluster/ClusterChange.ts';
import { clusterOf } from '../cluster/clusterOf.ts';
import { lotOf, type Node, type NodeDescription } from '../cluster/Node.ts';
import { ActiveDeadlines } from '../controllers/ActiveDeadlines.ts';
import { AttachDetachController } from '../controllers/AttachDetachController.ts';
import { CordonTainting } from '../controllers/CordonTainting.ts';
import { CronJobController } from '../controllers/CronJobController.ts';
import { DaemonSetController } from '../controllers/DaemonSetController.ts';
import { DeploymentController } from '../controllers/DeploymentController.ts';
import { DisruptionController } from '../controllers/DisruptionController.ts';
import { EphemeralVolumes } from '../controllers/EphemeralVolumes.ts';
import { HorizontalAutoscaler } from '../controllers/HorizontalAutoscaler.ts';
import { JobController } from '../controllers/JobController.ts';
import { Kubelet } from '../controllers/Kubelet.ts';
import { LateRegistration } from '../controllers/LateRegistration.ts';
import { NodeLifecycle } from '../controllers/NodeLifecycle.ts';
import { OutOfServicePods } from '../controllers/OutOfServicePods.ts';
import { GC_PERIOD, PodGC } from '../controllers/PodGC.ts';
import { ReplicaSetController } from '../controllers/ReplicaSetController.ts';
import { StatefulSetController } from '../controllers/StatefulSetController.ts';
import { TaintEviction } from '../controllers/TaintEviction.ts';
import { VolumeBinder } from '../controllers/VolumeBinder.ts';
import { VolumeMounts } from '../controllers/VolumeMounts.ts';
import { ClusterWatch } from '../rolls/ClusterWatch.ts';
import { Closing, type RollContext } from '../rolls/RollContext.ts';
import { loadOf } from '../scenario/loadOf.ts';
import { runOpenings } from '../scenario/runOpenings.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { Scheduler, type SchedulerOptions } from '../scheduler/Scheduler.ts';
import { hashedTieBreak } from '../scheduler/TieBreak.ts';
import { Simulation } from '../sim/Simulation.ts';
import type { Duration } from '../units.ts';
import { hasDestroyedVolume } from './destroyedVolume.ts';
import { SettlingTimings } from './SettlingTimings.ts';
import { Timings } from './timings.ts';

/** A cluster with everyone who acts on it, ready to be driven. */
export interface World {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly scheduler: Scheduler;
  readonly roll: RollContext;
  /** Whether it is still the time before t = 0, in which the cluster fills up. */
  isSettling(): boolean;
  /** Ends the time before t = 0, in which pods start at once. */
  endSettling(): void;
}

/** How the scheduler searches for nodes; what is left out is as in a plain run. */
export type Searching = Pick<SchedulerOptions, 'search' | 'percentageOfNodesToScore' | 'spreadDefaulting'>;

/**
 * Builds the cluster of `scenario` and connects every handler to it; no other place does.
 *
 * Until `endSettling` is called pods start and stop in no time. So workloads that came without pods have them at t = 0, as many as their
 * autoscalers want under the demand of that hour.
 */
export function wire(scenario: Scenario, seed: string, searching: Searching = {}): World {
  const sim = new Simulation(seed);
  const cluster = clusterOf(scenario.cluster, { cordonTaint: scenario.latencies === 'measured' ? 'later' : 'atOnce' });
  const timings = new Timings(sim, cluster, scenario);
  const destroyedVolumes = new Set<string>();
  const timing = new SettlingTimings({ sim, scenario, timings, isStranded: (pod) => hasDestroyedVolume(cluster, pod, destroyedVolumes) });

  const volumes = volumeMounts({ sim, cluster, scenario, timing });
  const kubelet = new Kubelet({ sim, cluster, timing, volumes, startCpu: scenario.timing.starts?.cpu });
  const lots = new Map(scenario.cluster.nodes.map((node) => [node.name, lotOf(node)]));
  const tieBreak = hashedTieBreak(seed, (name) => lots.get(name) ?? name);
  const version = scenario.kubernetesVersion;
  const scheduler = new Scheduler({ sim, cluster, ...searching, tieBreak, version });
  const autoscaler = new HorizontalAutoscaler({ sim, cluster, version, loadOf: (workload) => loadOf(scenario, workload, sim.now) });
  const watch = new ClusterWatch();
  const registration = lateRegistration({ sim, cluster, scenario, timing }, timings);
  const inControlPlane = controllers({ sim, cluster, scenario, timing });
  const deadlines = new ActiveDeadlines({ sim, cluster, kubelet });
  const handlers = [...watch.listeners, ...inControlPlane, scheduler, kubelet, deadlines, ...registration, autoscaler];
  for (const handler of handlers) cluster.subscribe(handler);
  autoscaler.settle();

  const machines = {
    resetTime: (node: Node) => timings.reset(node),
    bootTime: (model: NodeDescription, name: string) => timings.boot(model, name),
    deletionTime: (node: Node) => timings.deletion(node),
  };
  const openings = runOpenings(scenario);
  const roll = {
    sim,
    cluster,
    version,
    watch,
    kubelet,
    ...machines,
    destroyedVolumes,
    closing: new Closing(),
    ...(openings ? { openings } : {}),
  };
  return {
    sim,
    cluster,
    scheduler,
    roll,
    isSettling: () => timing.isSettling,
    endSettling: () => timing.endSettling(),
  };
}

interface Parts {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly scenario: Scenario;
  readonly timing: SettlingTimings;
}

/** Everyone in the control plane but the scheduler and the autoscaler. */
function controllers({ sim, cluster, scenario, timing }: Parts): ClusterListener[] {
  const { latency } = timing;
  const version = scenario.kubernetesVersion;
  const volumeTimes = () => timing.volumes;
  const startEpochMilliseconds = scenario.start.epochMilliseconds;
  const jobs = new JobController({ sim, cluster, startEpochMilliseconds });
  const phase = Math.floor(sim.stream('podGC', '').next() * GC_PERIOD) as Duration;
  return [
    new DisruptionController({ sim, cluster, latency }),
    new DeploymentController({ sim, cluster, latency, version, startEpochMilliseconds }),
    new ReplicaSetController({ sim, cluster, latency, startEpochMilliseconds }),
    new StatefulSetController({ sim, cluster, latency, version, startEpochMilliseconds }),
    new DaemonSetController({ sim, cluster, latency }),
    jobs,
    new CronJobController({ sim, cluster, jobs, start: scenario.start }),
    new NodeLifecycle({ sim, cluster, version }),
    ...(scenario.latencies === 'measured' ? [new CordonTainting({ sim, cluster, latency })] : []),
    new TaintEviction({ sim, cluster, startEpochMilliseconds }),
    new PodGC({ sim, cluster, phase, quarantineEnds: scenario.quarantineEnds }),
    new OutOfServicePods({ sim, cluster, phase }),
    new EphemeralVolumes({ sim, cluster }),
    new VolumeBinder({ sim, cluster, timing: volumeTimes }),
    ...(scenario.timing.volumes ? [new AttachDetachController({ sim, cluster, timing: volumeTimes })] : []),
  ];
}

/** What registers labels and devices that come later than their nodes; empty when no node has such. */
function lateRegistration({ sim, cluster, scenario }: Parts, timings: Timings): ClusterListener[] {
  const isTimed = scenario.timing.nodes.some(({ registration }) => registration !== undefined);
  return isTimed ? [new LateRegistration({ sim, cluster, timing: (node) => timings.registration(node) })] : [];
}

/** undefined when the scenario does not time volumes: then mounting takes no time. */
function volumeMounts({ sim, cluster, scenario, timing }: Parts): VolumeMounts | undefined {
  if (!scenario.timing.volumes) return undefined;
  return new VolumeMounts({ sim, cluster, timing: () => timing.volumes, exit: (pod) => timing.exit(pod) });
}
