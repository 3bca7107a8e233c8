import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { DisruptionBudgetDescription } from '../cluster/DisruptionBudget.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Labels } from '../cluster/LabelSelector.ts';
import type { NodeDescription } from '../cluster/Node.ts';
import type { Taint } from '../cluster/Taint.ts';
import type { Workload } from '../cluster/Workload.ts';
import type { VolumeReport } from '../controllers/VolumeTiming.ts';
import type { RollPlan } from '../rolls/RollPlan.ts';
import type { Distribution } from '../sim/Distribution.ts';
import type { Duration, Instant, MilliCpu } from '../units.ts';

/**
 * A scenario ready to run: checked, defaults filled in, units resolved, files read. Frozen plain data, so that it can be sent to worker
 * threads; the same scenario and seed give the same result.
 */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** The file it was read from, as the user named it. */
  readonly file: string;
  readonly seed: string;
  readonly start: ZonedStart;
  readonly horizon: Duration;
  /** Until when outages and waits are counted: the end of the roll, or (absent) the horizon for those that never end. */
  readonly countsUntil?: 'rollEnd';
  readonly kubernetesVersion: KubernetesVersion;
  readonly cluster: ClusterObjects;
  readonly timing: Timing;
  /** Absent: controllers react in the same instant; `measured`: each reaction takes a time drawn from what was measured. */
  readonly latencies?: 'measured';
  readonly demand: readonly Demand[];
  /** The first entry that matches a workload counts. Absent: its disruption budgets alone say how many of its pods are needed. */
  readonly quorums?: readonly Quorum[];
  readonly roll: RollPlan;
  readonly disturbances: readonly Disturbance[];
  /** Names of nodes that the pod garbage collector had in quarantine before t = 0, and until when. Only recordings know them. */
  readonly quarantineEnds?: Readonly<Record<string, Instant>>;
  readonly objectives: readonly Objective[];
  /** Where each input that matters came from. */
  readonly inputs: readonly InputOrigin[];
  /** What the input asks for and this version does not model. */
  readonly notModelled: readonly NotModelled[];
  /** Kubernetes objects that were read and are not used, by kind. */
  readonly unusedObjects: readonly { readonly kind: string; readonly count: number }[];
  /** Warnings of reading: things that are allowed and probably not meant. */
  readonly warnings: readonly Finding[];
}

/** A moment of the wall clock, such as that of t = 0. */
export interface ZonedStart {
  /** RFC 9557 text, such as `2026-11-24T01:00:00+01:00[Europe/Berlin]`. */
  readonly text: string;
  readonly timeZone: string;
  readonly epochMilliseconds: number;
}

/** How long things take. The first entry that matches counts; each list ends with one that matches everything. */
export interface Timing {
  readonly nodes: readonly NodeTiming[];
  readonly pods: readonly PodTiming[];
  /** undefined: no image pulls are modelled. */
  readonly images: ImageTiming | undefined;
  /** CPU that a pod uses from Running until its ready time is over; absent: starts on one node do not slow one another down. */
  readonly starts?: { readonly cpu: MilliCpu };
  /** Absent: clients see at once which pods are Ready. */
  readonly endpoints?: EndpointTiming;
  /** Absent: volumes are attached, mounted and provisioned in no time. */
  readonly volumes?: VolumeTimes | undefined;
}

/** The delay after which clients begin or cease to send requests to a pod that becomes Ready or terminates; the two times add up. */
export interface EndpointTiming {
  /** Until every node knows the changed endpoints. */
  readonly removal: Duration;
  /** Until a load balancer outside the cluster follows. */
  readonly loadBalancer: Duration;
}

export interface NodeTiming {
  readonly match: NodeMatch;
  readonly reset: Distribution;
  /** From the request for a new machine to kubelet Ready; absent: as long as a reset. */
  readonly boot?: Distribution;
  /** From the end of its service until a machine is gone; absent: no time. */
  readonly deletion?: Distribution;
  /** What comes later than Ready after a reset: labels of a new Node object, extended resources, the network; absent: nothing. */
  readonly registration?: {
    readonly labelsAfter?: Distribution;
    readonly devicesAfter?: Distribution;
    readonly networkAfter?: Distribution;
  };
  readonly origin: Origin;
}

export interface PodTiming {
  readonly match: PodTimingMatch;
  /** Binding to Running, without image pulls; absent: no time. */
  readonly start?: Distribution;
  /** Running to Ready. */
  readonly ready: Distribution;
  /** Running to the successful end of the pod by itself; absent: it does not end. */
  readonly complete?: Distribution;
  /**
   * What `ready` ends with. `Ready` (the default): the Ready condition; `answering`: the moment the containers answer, and the probes
   * follow.
   */
  readonly readyIs?: 'answering';
  /** Ready containers to true readiness gates, for pods that have such; absent: no time. */
  readonly gates?: Distribution;
  readonly crashes?: Crashes;
  /** SIGTERM to the end of each container: preStop hooks come before it, and the grace period cuts it. */
  readonly exit: Distribution;
  readonly origin: Origin;
}

/**
 * Containers that fail by themselves: those of each pod at its first `count` starts, and all that start before `until`. With neither given
 * they are never Ready.
 */
export interface Crashes {
  /** Running to the failure. */
  readonly after: Duration;
  readonly count?: number;
  readonly until?: Instant;
}

export interface ImageTiming {
  /** Size of an image that no node lists, in bytes. */
  readonly sizeBytes: number;
  /** Bytes per second that one node can pull. */
  readonly nodeRate: number;
  /** Bytes per second that the registry gives to all nodes together. */
  readonly registryRate: number;
  /** How many images a node pulls at once; they share its rate. Absent: one. */
  readonly parallel?: number | 'unlimited';
  /** Images that cannot be pulled until then (absent: never); a name that ends in `*` means all that begin so. */
  readonly failing?: readonly { readonly image: string; readonly until?: Instant }[];
}

/** How long the work on persistent volumes takes, each from its request. */
export interface VolumeTimes {
  readonly attach: Distribution;
  readonly detach: Distribution;
  readonly provision: Distribution;
  /** From the end of the last container. */
  readonly unmount: Distribution;
  readonly report: VolumeReport;
}

/** Absent fields match everything. */
export interface NodeMatch {
  readonly names?: readonly string[];
  readonly labels?: Labels;
}

/** Absent fields match everything. */
export interface PodMatch {
  readonly namespace?: string;
  readonly labels?: Labels;
}

/** Absent fields match everything. */
export interface PodTimingMatch extends PodMatch {
  /** Key of the workload that a person thinks of, such as `Deployment/default/web`. */
  readonly workload?: string;
  readonly annotations?: Labels;
}

/** Absent fields match everything. */
export interface WorkloadMatch extends PodMatch {
  readonly kind?: string;
  readonly name?: string;
}

export type Origin = 'measured' | 'assumed' | 'default';

/** Load on the workloads that match, by hour of the week. */
export interface Demand {
  readonly match: WorkloadMatch;
  /** 168 values in requests per second; index 0 is Monday 00:00 in the zone of `start`. */
  readonly requestsPerSecond: readonly number[];
  /** Requests per second that one Ready replica serves. */
  readonly perReplica: number;
}

/** How many replicas of each workload that matches have to be Ready and in sync at once. */
export interface Quorum {
  readonly match: WorkloadMatch;
  readonly quorum: number;
  /** From Ready until a replica is in sync with the others. */
  readonly sync: Distribution;
}

/** Something that happens to the cluster from outside while it is rolled. */
export type Disturbance =
  | { readonly at: Instant; readonly kind: 'deleteNode'; readonly node: string }
  | MachineFault
  | { readonly at: Instant; readonly kind: 'deletePod'; readonly pod: string }
  | { readonly at: Instant; readonly kind: 'scale'; readonly workload: string; readonly replicas: number }
  /** Replaces the whole workload by the given one, except for its replicas: these become `replicas`, or stay when that is absent. */
  | { readonly at: Instant; readonly kind: 'change'; readonly workload: Workload; readonly replicas?: number | undefined }
  /** The spec of the budget becomes as given. */
  | { readonly at: Instant; readonly kind: 'changeBudget'; readonly budget: DisruptionBudgetDescription }
  | { readonly at: Instant; readonly kind: 'changeNode'; readonly node: string; readonly change: NodeChange }
  /** The nodes get these labels and taints beside those that they have. */
  | {
      readonly at: Instant;
      readonly kind: 'editNodes';
      readonly nodes: readonly string[];
      readonly labels: Labels;
      readonly taints: readonly Taint[];
    }
  | { readonly at: Instant; readonly kind: 'create'; readonly objects: ClusterObjects };

/** The machine of a node fails, and nothing on it answers (`stopNode`), or it is back without its containers (`startNode`). */
export type MachineFault =
  | { readonly at: Instant; readonly kind: 'stopNode'; readonly node: string }
  | { readonly at: Instant; readonly kind: 'startNode'; readonly node: string };

/** What someone changes of a node; what is absent stays. */
export type NodeChange = Partial<Pick<NodeDescription, 'labels' | 'taints' | 'unschedulable'>>;

/** A bound that the roll has to keep, with the probability in (0, 1] that is asked for. */
export interface Objective {
  readonly name: string;
  readonly probability: number;
  readonly goal: Goal;
}

/** `workloads` undefined means all of them. */
export type Goal =
  | { readonly kind: 'rollCompletes' }
  | { readonly kind: 'noPodPending' }
  | { readonly kind: 'noOutageOfReplicated' }
  | {
      readonly kind: 'maxOutage' | 'maxDegraded' | 'maxBelowFloor';
      readonly workloads: WorkloadMatch | undefined;
      readonly limit: Duration;
    }
  | { readonly kind: 'maxDuration'; readonly limit: Duration }
  /** A moment of the calendar, whenever the roll starts. */
  | { readonly kind: 'endBefore'; readonly limit: ZonedStart }
  | {
      readonly kind: 'maxPendingPodSeconds' | 'maxPeakPending' | 'maxNeverScheduled' | 'maxForcedKills' | 'maxUnservedRequests';
      readonly limit: number;
    }
  /** `limit` is a share of allocatable in [0, 1]. */
  | { readonly kind: 'minHeadroom'; readonly resource: string; readonly limit: number };

export interface InputOrigin {
  readonly name: string;
  readonly origin: Origin;
  readonly value: string;
}

/** Something left out, and whether that makes the forecast too good or too bad. */
export interface NotModelled {
  readonly what: string;
  readonly direction: 'optimistic' | 'pessimistic';
}

/** One thing that a reader should know, apart from the numbers. `code` is stable; `object` is `kind/namespace/name` or a node. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly object: string;
  readonly message: string;
  readonly hint: string;
}
