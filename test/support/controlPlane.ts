import type { Cluster } from '../../src/cluster/Cluster.ts';
import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { ActiveDeadlines } from '../../src/controllers/ActiveDeadlines.ts';
import { AttachDetachController } from '../../src/controllers/AttachDetachController.ts';
import { DaemonSetController } from '../../src/controllers/DaemonSetController.ts';
import { DeploymentController } from '../../src/controllers/DeploymentController.ts';
import { EphemeralVolumes } from '../../src/controllers/EphemeralVolumes.ts';
import { JobController } from '../../src/controllers/JobController.ts';
import { Kubelet } from '../../src/controllers/Kubelet.ts';
import type { KubeletTiming } from '../../src/controllers/KubeletTiming.ts';
import { NodeLifecycle } from '../../src/controllers/NodeLifecycle.ts';
import { OutOfServicePods } from '../../src/controllers/OutOfServicePods.ts';
import { PodGC } from '../../src/controllers/PodGC.ts';
import { ReplicaSetController } from '../../src/controllers/ReplicaSetController.ts';
import { StatefulSetController } from '../../src/controllers/StatefulSetController.ts';
import { TaintEviction } from '../../src/controllers/TaintEviction.ts';
import { VolumeBinder } from '../../src/controllers/VolumeBinder.ts';
import { VolumeMounts } from '../../src/controllers/VolumeMounts.ts';
import type { VolumeReport, VolumeTiming } from '../../src/controllers/VolumeTiming.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { type Instant, instant, parseMilliCpu, seconds, ZERO } from '../../src/units.ts';
import { FirstFit } from './FirstFit.ts';
import { NO_OBJECTS } from './noObjects.ts';

/** A cluster with its controllers, kubelets and a first-fit scheduler, and a clock to drive them by. */
export interface ControlPlane {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly kubelet: Kubelet;
  readonly jobs: JobController;
  /** Runs everything up to `second`. */
  until(second: number): void;
  /** Does `act` at `second`, as something that happens to the cluster from outside. */
  at(second: number, act: () => void): void;
  /** The pod `default/NAME`. @throws Error when there is none. */
  pod(name: string): Pod;
  /** Keys of all pods without their namespace, in order of creation. */
  podNames(): string[];
}

/** Options of a control plane: what it holds and how long pods take, in seconds. */
export interface ControlPlaneOptions extends Partial<ClusterObjects> {
  readonly ready?: number;
  readonly exit?: number;
  readonly start?: number;
  readonly complete?: number;
  readonly images?: KubeletTiming['images'];
  /** What the kubelet is told besides, as it is. */
  readonly timing?: Partial<KubeletTiming>;
  /** CPUs that one start uses; absent: starts do not slow one another down. */
  readonly startCpu?: number;
  readonly version?: '1.33' | '1.34' | '1.35';
  /** Absent: nobody attaches or mounts volumes; times that are left out are 0 and unmounts are reported at once. */
  readonly volumes?: VolumeSeconds;
}

interface VolumeSeconds {
  readonly attach?: number;
  readonly detach?: number;
  readonly provision?: number;
  readonly unmount?: number;
  readonly report?: VolumeReport;
}

export function aControlPlane(options: ControlPlaneOptions): ControlPlane {
  const {
    ready = 25,
    exit = 10,
    start = 0,
    complete = Number.POSITIVE_INFINITY,
    images,
    version = '1.34',
    volumes,
    timing: more,
    startCpu,
    ...objects
  } = options;
  const sim = new Simulation('test');
  const cluster = clusterOf({ ...NO_OBJECTS, ...objects });
  const timing: KubeletTiming = {
    start: () => seconds(start),
    ready: () => seconds(ready),
    complete: () => seconds(complete),
    exit: () => seconds(exit),
    images,
    ...more,
  };
  const volumeTiming = volumes && (() => volumeTimingOf(volumes));
  const mounts = volumeTiming && new VolumeMounts({ sim, cluster, timing: volumeTiming, exit: timing.exit });
  const kubelet = new Kubelet({ sim, cluster, timing, volumes: mounts, startCpu: parseMilliCpu(String(startCpu)) });
  const jobs = new JobController({ sim, cluster });
  const handlers = [
    kubelet,
    new ActiveDeadlines({ sim, cluster, kubelet }),
    new DeploymentController({ sim, cluster, version }),
    new ReplicaSetController({ sim, cluster }),
    new StatefulSetController({ sim, cluster, version }),
    new DaemonSetController({ sim, cluster }),
    jobs,
    new NodeLifecycle({ sim, cluster, version }),
    new TaintEviction({ sim, cluster }),
    new PodGC({ sim, cluster, phase: ZERO }),
    new OutOfServicePods({ sim, cluster, phase: ZERO }),
    new EphemeralVolumes({ sim, cluster }),
    new FirstFit({ sim, cluster }),
    ...(volumeTiming
      ? [new AttachDetachController({ sim, cluster, timing: volumeTiming }), new VolumeBinder({ sim, cluster, timing: volumeTiming })]
      : []),
  ];
  for (const handler of handlers) cluster.subscribe(handler);
  return {
    sim,
    cluster,
    kubelet,
    jobs,
    until: (second) => sim.run(at(second)),
    at: (second, act) => {
      sim.schedule({ kind: 'test', entity: '', fire: act }, at(second), 'Change');
    },
    pod: (name) => {
      const pod = cluster.pods.get(`default/${name}`);
      if (!pod) throw new Error(`no pod ${name}: there are ${[...cluster.pods].map(({ key }) => key).join(', ')}`);
      return pod;
    },
    podNames: () => [...cluster.pods.values()].map(({ name }) => name),
  };
}

function at(second: number): Instant {
  return instant(second * 1000);
}

function volumeTimingOf({ attach = 0, detach = 0, provision = 0, unmount = 0, report }: VolumeSeconds): VolumeTiming {
  return {
    attach: () => seconds(attach),
    detach: () => seconds(detach),
    provision: () => seconds(provision),
    unmount: () => seconds(unmount),
    report: report ?? { kind: 'after', delay: seconds(0) },
  };
}
