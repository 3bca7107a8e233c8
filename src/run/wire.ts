import { type Cluster, clusterOf } from '../cluster/Cluster.ts';
import type { ClusterChange } from '../cluster/ClusterChange.ts';
import { AttachDetachController } from '../controllers/AttachDetachController.ts';
import { CordonTainting } from '../controllers/CordonTainting.ts';
import { DaemonSetController } from '../controllers/DaemonSetController.ts';
import { DeploymentController } from '../controllers/DeploymentController.ts';
import { DisruptionController } from '../controllers/DisruptionController.ts';
import { EphemeralVolumes } from '../controllers/EphemeralVolumes.ts';
import { HorizontalAutoscaler } from '../controllers/HorizontalAutoscaler.ts';
import { JobController } from '../controllers/JobController.ts';
import { Kubelet } from '../controllers/Kubelet.ts';
import type { Latency } from '../controllers/Latency.ts';
import { measuredLatency } from '../controllers/measuredLatencies.ts';
import { NodeLifecycle } from '../controllers/NodeLifecycle.ts';
import { OutOfServicePods } from '../controllers/OutOfServicePods.ts';
import { PodGC } from '../controllers/PodGC.ts';
import { ReplicaSetController } from '../controllers/ReplicaSetController.ts';
import { StatefulSetController } from '../controllers/StatefulSetController.ts';
import { TaintEviction } from '../controllers/TaintEviction.ts';
import { VolumeBinder } from '../controllers/VolumeBinder.ts';
import { VolumeMounts } from '../controllers/VolumeMounts.ts';
import { ClusterWatch } from '../rolls/ClusterWatch.ts';
import { Closing, type RollContext } from '../rolls/RollContext.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { type Attempt, Scheduler, type SchedulerOptions } from '../scheduler/Scheduler.ts';
import { hashedTieBreak } from '../scheduler/TieBreak.ts';
import { Simulation } from '../sim/Simulation.ts';
import { NEVER, ZERO } from '../units.ts';
import { hasDestroyedVolume } from './destroyedVolume.ts';
import { loadOf } from './loadOf.ts';
import { Timings } from './timings.ts';
import { volumeTiming } from './volumeTiming.ts';

/** A cluster with everyone who acts on it, ready to be driven. */
export interface World {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly scheduler: Scheduler;
  readonly roll: RollContext;
  /** Whether it is still the time before t = 0, in which the cluster fills up. */
  readonly isSettling: boolean;
  /** Ends the time before t = 0, in which pods start at once. */
  settled(): void;
  /** Calls `listener` after every scheduling attempt from now on. */
  onAttempt(listener: (attempt: Attempt) => void): void;
}

/** How the scheduler searches for nodes; what is left out is as in a plain run. */
export type Searching = Pick<SchedulerOptions, 'search' | 'percentageOfNodesToScore'>;

/** Whoever is told of every change. */
interface Listener {
  onChange(change: ClusterChange): void;
}

/**
 * Builds the cluster of `scenario` and connects every handler to it, the only place where that is done.
 *
 * Until `settled` is called pods start and stop in no time, so that workloads without pods are there at t = 0, with
 * as many as the demand of that hour asks their autoscalers for.
 */
export function wire(scenario: Scenario, seed: string, searching: Searching = {}): World {
  const sim = new Simulation(seed);
  const isMeasured = scenario.latencies === 'measured';
  const cluster = clusterOf(scenario.cluster, { cordonTaint: isMeasured ? 'later' : 'atOnce' });
  const timings = new Timings(sim, cluster, scenario);
  const destroyedVolumes = new Set<string>();
  const attemptListeners: ((attempt: Attempt) => void)[] = [];
  const volumes = volumeTiming(sim, scenario.timing.volumes);
  const timingOfVolumes = () => (isSettling ? undefined : volumes);
  let isSettling = true;
  const latency: Latency = (reaction, entity) =>
    isMeasured && !isSettling ? measuredLatency(reaction, sim.stream(`latency/${reaction}`, entity)) : ZERO;

  const kubelet = new Kubelet({
    sim,
    cluster,
    volumes: volumes && new VolumeMounts({ sim, cluster, timing: timingOfVolumes, exit: (pod) => timings.exit(pod) }),
    timing: {
      start(pod) {
        const time = timings.start(pod);
        return isSettling && time !== NEVER ? ZERO : time;
      },
      complete: (pod) => timings.complete(pod),
      ready: (pod) => (isSettling ? ZERO : hasDestroyedVolume(cluster, pod, destroyedVolumes) ? NEVER : timings.ready(pod)),
      readyIs: (pod) => (isSettling ? 'Ready' : timings.readyIs(pod)),
      gates: (pod) => (isSettling ? ZERO : timings.gates(pod)),
      crash: (pod) => (isSettling ? NEVER : timings.crash(pod)),
      exit: (pod) => (isSettling ? ZERO : timings.exit(pod)),
      get images() {
        return isSettling && timings.images ? { ...timings.images, ...AT_ONCE } : timings.images;
      },
    },
  });
  const scheduler = new Scheduler({
    sim,
    cluster,
    ...searching,
    tieBreak: hashedTieBreak(seed),
    version: scenario.kubernetesVersion,
    onAttempt: (attempt) => tell(attemptListeners, attempt),
  });
  const autoscaler = new HorizontalAutoscaler({
    sim,
    cluster,
    version: scenario.kubernetesVersion,
    loadOf: (workload) => loadOf(scenario, workload, sim.now),
  });
  const watch = new ClusterWatch();
  const handlers: readonly Listener[] = [
    watch,
    new DisruptionController({ sim, cluster, latency }),
    new DeploymentController({ sim, cluster, latency }),
    new ReplicaSetController({ sim, cluster, latency }),
    new StatefulSetController({ sim, cluster, latency, version: scenario.kubernetesVersion }),
    new DaemonSetController({ sim, cluster, latency }),
    new JobController({ sim, cluster }),
    scheduler,
    kubelet,
    new NodeLifecycle({ sim, cluster, version: scenario.kubernetesVersion }),
    ...(isMeasured ? [new CordonTainting({ sim, cluster, latency })] : []),
    new TaintEviction({ sim, cluster }),
    new PodGC({ sim, cluster }),
    new OutOfServicePods({ sim, cluster }),
    new EphemeralVolumes({ sim, cluster }),
    new VolumeBinder({ sim, cluster, timing: timingOfVolumes }),
    ...(volumes ? [new AttachDetachController({ sim, cluster, timing: timingOfVolumes })] : []),
    autoscaler,
  ];
  for (const handler of handlers) cluster.subscribe((change) => handler.onChange(change));
  autoscaler.settle();

  const roll = {
    sim,
    cluster,
    watch,
    kubelet,
    resetTime: (node) => timings.reset(node),
    destroyedVolumes,
    closing: new Closing(),
  } satisfies RollContext;
  return {
    sim,
    cluster,
    scheduler,
    roll,
    get isSettling() {
      return isSettling;
    },
    settled() {
      isSettling = false;
    },
    onAttempt(listener) {
      attemptListeners.push(listener);
    },
  };
}

const AT_ONCE = { nodeRate: Number.POSITIVE_INFINITY, registryRate: Number.POSITIVE_INFINITY, failing: [] };

function tell(listeners: readonly ((attempt: Attempt) => void)[], attempt: Attempt): void {
  for (const listener of listeners) listener(attempt);
}
