import type { LabelSelector } from '../cluster/LabelSelector.ts';
import type { ShutdownPlan } from '../controllers/GracefulShutdown.ts';
import type { Duration } from '../units.ts';
import type { PoolChanges } from './ChangeTable.ts';
import type { MaintenancePlan } from './MaintenancePlan.ts';

/**
 * One roll, with every knob resolved from the preset and the scenario's overrides. Plain data: can be sent to a worker thread. Knob numbers
 * K1–K13 are those of the common model of node-pool managers (README, "Roll systems").
 */
export interface RollPlan {
  /** Name of the preset that filled in what the scenario left open. */
  readonly preset: string;
  readonly pool: string | undefined;
  /** Names of the nodes to reset, in the order of the request or of the pool; `order` is applied to it when the roll starts. */
  readonly nodes: readonly string[];
  /** K1: what happens to a node; `replace`: a new one comes, and it is deleted. What that destroys is in `wipe`. */
  readonly replacement: 'reset' | 'inplace' | 'replace';
  /**
   * Whether the machine goes away for as long as the reset takes (also when absent), and its pods with it, or keeps running while programs on it
   * are replaced. A kubelet that is restarted is back before anyone misses it.
   */
  readonly machine?: 'goesAway' | 'keepsRunning';
  /**
   * `kept`: the Node object survives the reset. `recreated`: it is deleted when the machine goes away and created again when the machine is
   * back, without anything that was added to it since the start. `recreatedCordoned`: the same, but unschedulable until the node is in
   * service.
   */
  readonly nodeObject: 'kept' | 'recreated' | 'recreatedCordoned';
  /** K2: how many nodes may be away at once, resolved to a count of at least 1, or of 0 where new nodes may come first. */
  readonly maxUnavailable: number;
  /** K3: how new nodes come; given where `replacement` is `replace`, and nowhere else. */
  readonly surge?: SurgePlan;
  /**
   * K4: which nodes use up places of `maxUnavailable`. `inflight` (also when absent): those that the roll is at work on; `anyUnready`: any other
   * node of their pools as well that is not Ready; `unreadyOrCordoned`: or that is cordoned, and such nodes have their turn only when they are
   * neither.
   */
  readonly budgetAccounting?: 'inflight' | 'anyUnready' | 'unreadyOrCordoned';
  /** K5: when the next nodes start. */
  readonly pacing: Pacing;
  /** K6: cordon each node when its turn comes, or all at the start, or none of them, where pods are left alone. */
  readonly cordon: 'perNode' | 'wholePool' | 'none';
  /** How long the client takes to start each of its commands (cordon, drain, uncordon) before it has any effect. */
  readonly commandTime: Duration;
  readonly drain: DrainPlan;
  /** From the end of the drain to the reset, so that the node can report its volumes as unmounted; absent: no time. */
  readonly pauseAfterDrain?: Duration;
  /** Graceful shutdown before the machine goes away, on top of the reset time; absent: pods are cut off. */
  readonly shutdown?: ShutdownPlan;
  /** K8: in which order nodes are taken. */
  readonly order: NodeOrder;
  readonly gate: GatePlan;
  readonly failure: FailurePlan;
  readonly wipe: WipePlan;
  /** K13: what was edited in the pool; absent: something that existing nodes get by the roll. */
  readonly changes?: PoolChanges;
  /** K11; absent: nodes may start at any time. */
  readonly maintenance?: MaintenancePlan;
}

/** Every order in which nodes can be taken, each explained where it is applied (`orderNodes`). */
export const NODE_ORDERS = [
  'listing',
  'name',
  'zone',
  'zoneThenOldest',
  'oldest',
  'newest',
  'unhealthyFirst',
  'lightest',
  'hash',
  'random',
] as const;

export type NodeOrder = (typeof NODE_ORDERS)[number];

/** How the nodes of a roll are replaced by new ones. */
export interface SurgePlan {
  /** Name of the strategy that decides when machines are made and nodes go. */
  readonly strategy: 'rollingUpdate';
  /** How many nodes there may be beyond those that are rolled, resolved to a count. */
  readonly nodes: number;
  /** The most nodes that the pool may have at once, those that boot or are being deleted included; absent: no limit. */
  readonly quota?: number;
}

/** When the next nodes start. */
export interface Pacing {
  /** `barrier`: when every node of the batch is finished; `ramp`: the same in growing batches; `window`: as soon as a place is free. */
  readonly kind: 'barrier' | 'ramp' | 'window';
  /** How long a node that is finished keeps its place while others wait, so that its pods settle; absent: no time. */
  readonly soak?: Duration;
  /** Size of the first batch of a ramp; absent: 1. */
  readonly first?: number;
  /** How many times as large each batch of a ramp is as the one before; absent: no larger. */
  readonly factor?: number;
  /** Size of the largest batch of a ramp, if `maxUnavailable` allows that; absent: `maxUnavailable`. */
  readonly cap?: number;
  /** From the end of a batch, soak included, to the start of the next one where the roll does not pause; absent: no time. */
  readonly interval?: Duration;
  /** After which batches the roll waits for somebody to resume it; absent: none. */
  readonly pause?: 'none' | 'first' | 'every';
  /** How long that takes. */
  readonly resumeAfter?: Duration;
}

/** K7: how a node is emptied. */
export interface DrainPlan {
  /** Name of the drain kind that these knobs come from; absent: the preset's own. */
  readonly kind?: string;
  readonly mode: 'evict' | 'delete' | 'none';
  /** From the start of the drain; NEVER waits for ever. */
  readonly timeout: Duration;
  /**
   * With `podByPod`: how long pods have to go once none is left to evict, if all evictions were granted; nobody looks for them before that.
   * Absent: `timeout` counts for that too.
   */
  readonly exitTimeout?: Duration;
  /** Pause after a refused eviction. */
  readonly retry: Duration;
  /** Which refusals are tried again: those of a full budget alone (also when absent), or all. */
  readonly retries?: 'fullBudget' | 'anyRefusal';
  /** The pause grows by `factor` with each refusal of the pod, up to `longest`; absent: it stays the same. */
  readonly backoff?: { readonly factor: number; readonly longest: Duration };
  /**
   * The order of evictions. `byName`: all at once, by name; `criticalLast`: pods of system-critical priority after all others are gone.
   * Absent: all at once, in the order of kubectl's goroutines.
   */
  readonly sequence?: 'byName' | 'criticalLast';
  /**
   * Which pods the drain covers. `once`: those listed at its start; `untilEmpty`: when these are gone it lists the node again, every
   * `retry` from its start, so pods that tolerate the cordon are evicted again and again.
   */
  readonly listing: 'once' | 'untilEmpty';
  /**
   * What happens to the node when the time is over: its pods are killed, or the node fails and keeps them. With `failRoll` a failed drain
   * stops the roll, whatever {@link FailurePlan} says; that plan alone decides about a node that does not come back.
   */
  readonly onTimeout: 'force' | 'failNode' | 'failRoll' | 'retryForever';
  /** Whether a node whose drain has failed takes pods again or stays cordoned (also when absent). */
  readonly afterFailure?: 'keepCordoned' | 'uncordon';
  /**
   * With `retryForever`: after `timeout` nobody is asked for or looked after until a new attempt begins this long later, at which every pod is
   * asked for at once. Absent: the drain goes on without a break, whatever `timeout` says.
   */
  readonly attemptPause?: Duration;
  /** With `attemptPause`: after an attempt that ends later than `after`, from the start of the drain, the next one begins `pause` later. */
  readonly slowAttempts?: { readonly after: Duration; readonly pause: Duration };
  /** How long a drain may take before its system raises an alert; absent: it raises none. */
  readonly alertAfter?: Duration;
  /**
   * `atDeadline`: the drain ends when its time is over, and a pod that gets an answer that is not tried again waits for that.
   * `podByPod`: each pod checks the time before each attempt and while it terminates, and the drain ends when every pod is gone or given up.
   */
  readonly givesUp: 'atDeadline' | 'podByPod';
  readonly pods: {
    readonly unmanaged: 'evict' | 'refuseDrain';
    readonly emptyDir: 'evict' | 'refuseDrain';
    /** Pods of DaemonSets are never evicted; they may forbid the drain. */
    readonly daemonSets: 'ignore' | 'refuseDrain';
    /** Pods whose DaemonSet is not there; absent: as those of any other DaemonSet, for the input may lack it. */
    readonly orphanedDaemons?: 'evict' | 'refuseDrain';
    /** Pods that tolerate the taint of a cordoned node; absent: as any other. */
    readonly tolerating?: 'ignore';
  };
  /** Whose rules say which pods forbid the drain: those of the cluster autoscaler know more than `pods`; absent: kubectl's. */
  readonly objections?: 'clusterAutoscaler';
  /** Pods are left alone whose deletion timestamp passed longer ago, in whole seconds; absent: none are. */
  readonly skipTerminatingAfter?: Duration;
  /** Only pods with these labels are taken away; undefined: all. */
  readonly podSelector: LabelSelector | undefined;
  /** Sent with every eviction; undefined: each pod's own grace period. */
  readonly gracePeriodSeconds: number | undefined;
  /** Where no grace period is sent: the longest that a pod is left; absent: without limit. */
  readonly longestGraceSeconds?: number;
  /** How often the drain looks whether an evicted pod is gone; ZERO: it sees it at once. */
  readonly poll: Duration;
  /**
   * The least delay of an eviction that conflicts with another one at the same budget in one instant: the API server's update of the budget
   * fails and is tried again. ZERO: evictions never conflict.
   */
  readonly conflictPause: Duration;
  /** Rate limit of the client of one drain, which applies to evictions and to looks separately; undefined: no limit. */
  readonly client: ClientLimit | undefined;
}

/** A token bucket: `burst` requests at once, then `qps` per second. */
export interface ClientLimit {
  readonly qps: number;
  readonly burst: number;
}

/** K9: what must be over before pods may come back to a node. */
export interface GatePlan {
  /** How long the node must have been Ready. */
  readonly minReady: Duration;
  /** Length of the post-installation script. */
  readonly postInstall: Duration;
  /** Whether pods wait for the end of that script. */
  readonly waitPostInstallFinish: boolean;
  /**
   * How long after Ready each condition of the node is true that somebody else has to set before pods may come, by its type; absent: none has to
   * be. CCE keeps such a node tainted (node.cloudprovider.kubernetes.io/uninitialized), here it stays cordoned.
   */
  readonly initConditions?: Readonly<Record<string, Duration>>;
}

/** K10: what happens when a node fails: it does not come back, or its drain fails. */
export interface FailurePlan {
  /** From the end of the drain; a node that is not Ready by then has failed. NEVER waits for ever. */
  readonly readyTimeout: Duration;
  /** `stop` and `pause` start no further node; what is under way is finished. A pause ends when somebody sees to it, which no forecast awaits. */
  readonly then: 'continue' | 'stop' | 'pause';
  /** How many nodes may fail before that happens; absent: none. */
  readonly maxFailed?: number;
  readonly retries: number;
}

/** K12: what is destroyed while a node is away. */
export interface WipePlan {
  readonly systemDisk: boolean;
  readonly dataDisks: boolean;
  readonly imageCache: boolean;
  readonly localVolumes: boolean;
  /**
   * What a pod finds in place of its wiped local volume: `missing` (the default): no path, so it waits for ever; `empty`: an empty
   * directory.
   */
  readonly localVolumePath?: 'missing' | 'empty';
  readonly userLabels: boolean;
  readonly userTaints: boolean;
}
