import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ChangeOfPod, ClusterChange, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { eventKind } from '../sim/EventKind.ts';
import type { Simulation } from '../sim/Simulation.ts';
import type { Attempt, FailedAttempt } from './Attempt.ts';
import { AttemptListeners } from './AttemptListeners.ts';
import { assumeClaims } from './assumeClaims.ts';
import { canChangeDecision } from './canChangeDecision.ts';
import type { BoundDecision, Decision, UnschedulableDecision } from './Decision.ts';
import { type Explanation, explainDecision } from './explainDecision.ts';
import type { QueuedPod } from './queue/QueuedPod.ts';
import { RetryTimer, type RetryUrgency } from './queue/RetryTimer.ts';
import { SchedulingQueue } from './queue/SchedulingQueue.ts';
import { RefusalMemo } from './RefusalMemo.ts';
import { ClusterEventSource } from './requeue/ClusterEventSource.ts';
import { type DecisionOptions, SchedulerState } from './SchedulerState.ts';
import { scheduleOne } from './scheduleOne.ts';
import { FastSearch } from './search/FastSearch.ts';

/** What a scheduler works with. */
export interface SchedulerOptions extends DecisionOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  /** How nodes are searched (default `fast`); both ways choose the same. */
  readonly search?: SearchWay;
}

/**
 * `fast`: the search by columns, with the plugins where it has no fast form; `plugins`: the plugins alone, which then count pods themselves.
 */
export type SearchWay = 'fast' | 'plugins';

/**
 * The scheduler as a handler: admits pods to its queue, wakes them by events, and in the phase Decide binds them one by one until none is
 * ready.
 *
 * Binding takes no time. Pods of other schedulers are left alone. A retry that could only fail again (the flush after five minutes, the
 * timer after an error) does not keep a run going.
 */
export class Scheduler implements ClusterListener {
  /** Lets pods into the queue and out of it. What a change makes ready is decided later in the same instant. */
  readonly on: ChangeHandlers = {
    podAdded: (change) => {
      this.state.on.podAdded(change);
      if (this.isWaiting(change.pod)) this.letIn(change.pod);
      this.react(change);
    },
    podBound: (change) => {
      this.state.on.podBound(change);
      this.queue.remove(change.pod);
      this.react(change);
    },
    podTerminating: (change) => {
      this.state.on.podTerminating(change);
      this.noteLeaving(change);
    },
    podRemoved: (change) => {
      this.state.on.podRemoved(change);
      this.noteLeaving(change);
    },
    podPhaseChanged: (change) => {
      this.state.on.podPhaseChanged(change);
      if (!change.pod.isFinished) return;
      this.queue.remove(change.pod);
      this.react(change);
    },
    podUpdated: (change) => {
      this.state.on.podUpdated(change);
      this.review(change);
    },
    podNominated: (change) => {
      this.state.on.podNominated(change);
      this.review(change);
    },
    podOwnerChanged: (change) => {
      this.state.on.podOwnerChanged(change);
      this.react(change);
    },
    nodeAdded: (change) => {
      this.state.on.nodeAdded(change);
      this.react(change);
    },
    nodeUpdated: (change) => {
      this.state.on.nodeUpdated(change);
      this.react(change);
    },
    nodeRemoved: (change) => {
      this.state.on.nodeRemoved(change);
      this.react(change);
    },
    workloadAdded: (change) => {
      this.search?.on.workloadAdded();
      this.react(change);
    },
    workloadUpdated: (change) => {
      this.search?.on.workloadUpdated(change);
      this.react(change);
    },
    workloadRemoved: (change) => {
      this.search?.on.workloadRemoved();
      this.react(change);
    },
    serviceChanged: (change) => {
      this.search?.on.serviceChanged();
      this.react(change);
    },
    storageChanged: (change) => this.react(change),
    // Budgets are read when victims are chosen: another budget may undo a refusal.
    budgetAdded: (change) => this.react(change),
    budgetUpdated: (change) => this.react(change),
    budgetRemoved: (change) => this.react(change),
  };
  /** How many decisions there were, one for each attempt. */
  decisions = 0;
  /** How often a pod was nominated to a node and its victims were deleted. */
  preemptions = 0;
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly listeners = new AttemptListeners();
  private readonly state: SchedulerState;
  private readonly search: FastSearch | undefined;
  private readonly events: ClusterEventSource;
  private readonly queue: SchedulingQueue;
  private readonly memo = new RefusalMemo();
  private readonly flushTimer: RetryTimer;
  private readonly errorTimer: RetryTimer;
  /** The number of changes that could have made a decision differ, counted only while a pod waits for a retry. */
  private changes = 0;
  /** Whether a pod may be waiting for an event or a retry; if none is, changes need not be checked. */
  private hasRetries = true;
  private isDecisionDue = false;
  private readonly decision = eventKind<undefined>({ name: 'scheduler', phase: 'Decide', fire: () => this.decide() });

  /** Takes in the cluster as it is; its waiting pods enter in order of creation. */
  constructor({ sim, cluster, search = 'fast', ...options }: SchedulerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.state = new SchedulerState(cluster, { ...options, podCounting: search === 'fast' ? 'index' : 'anew' });
    this.search = search === 'fast' ? new FastSearch(this.state) : undefined;
    this.events = new ClusterEventSource(cluster, options.version);
    this.queue = new SchedulingQueue(options.version, this.state.demands);
    this.flushTimer = new RetryTimer(sim, 'schedulerFlush', () => this.wake(() => this.queue.flush(sim.now)));
    this.errorTimer = new RetryTimer(sim, 'schedulerBackoff', () => this.wake(() => this.queue.releaseErrors(sim.now)));
    for (const pod of this.waitingInOrder()) this.letIn(pod);
    this.plan();
  }

  /** Pods that wait for a node, gated ones included. */
  get pending(): ReadonlySet<Pod> {
    return this.queue.pods;
  }

  /** Decisions for which there was no fast form, so that the plugins made them; 0 when they make them all. */
  get slowDecisions(): number {
    return this.search?.slowDecisions ?? 0;
  }

  /** How often chance chose one of several equal nodes, or victims. */
  get tiesBroken(): number {
    return this.state.decisions;
  }

  /** Calls `listener` at every attempt from now on, before its decision is carried out. */
  onAttempt(listener: (attempt: Attempt) => void): void {
    this.listeners.add(listener);
  }

  /** Calls `listener` at every attempt from now on that fails, before that has any consequence. */
  onFailedAttempt(listener: (attempt: FailedAttempt) => void): void {
    this.listeners.addForFailed(listener);
  }

  /** Why the last attempt for a waiting pod failed; undefined before its first one. */
  lastMessage(pod: Pod): string | undefined {
    return this.queue.get(pod)?.message;
  }

  /** What the pods on `node` request in all: thousandths of a CPU, bytes. */
  requestedOn({ name }: Node): { readonly milliCpu: number; readonly memory: number } {
    const info = this.state.snapshot.node(name);
    return { milliCpu: info?.requestedMilliCpu ?? 0, memory: info?.requestedMemory ?? 0 };
  }

  /**
   * What every plugin says of every node for `pod` in the present state. A listener to attempts that calls this sees the state of the
   * attempt.
   */
  explain(pod: Pod): Explanation {
    return explainDecision(this.state, pod);
  }

  /** A pod that leaves its node matters to no other pod while none waits. */
  private noteLeaving(change: ChangeOfPod): void {
    if (this.queue.isEmpty) return;
    this.queue.remove(change.pod);
    this.react(change);
  }

  /** A pod may have ceased to wait. */
  private review(change: ChangeOfPod): void {
    if (!this.isWaiting(change.pod)) this.queue.remove(change.pod);
    this.react(change);
  }

  /** Any change may help a pod that was refused before. */
  private react(change: ClusterChange): void {
    this.memo.clear();
    if (this.hasRetries || change.kind === 'storageChanged') this.wakeBy(change);
    this.plan();
  }

  private letIn(pod: Pod): void {
    if (this.queue.add(pod, this.sim.now) === 'gated') this.hasRetries = true;
  }

  /**
   * Wakes the pods that `change` could help. Changes of storage are tracked even when no pod waits, because their events refer to the
   * previous state.
   */
  private wakeBy(change: ClusterChange): void {
    if (this.queue.hasFailed && canChangeDecision(change)) this.changes += 1;
    if (!this.queue.isListening && change.kind !== 'storageChanged') return;
    for (const event of this.events.eventsOf(change)) this.queue.onEvent(event, this.sim.now);
  }

  private isWaiting(pod: Pod): boolean {
    return pod.nodeName === undefined && !pod.isFinished && !pod.isTerminating && this.state.demands.kindOf(pod).isOurs;
  }

  /** In order of creation. */
  private waitingInOrder(): Pod[] {
    const waiting = this.cluster.podCounts.restless().filter((pod) => this.isWaiting(pod));
    return waiting.sort((a, b) => a.createdAt - b.createdAt);
  }

  private wake(release: () => void): void {
    release();
    this.plan();
  }

  /** Makes sure that what is due will happen: a decision in this instant, a flush, a retry. */
  private plan(): void {
    if (this.hasRetries) this.planRetries();
    if (this.isDecisionDue || !this.queue.hasReady) return;
    this.isDecisionDue = true;
    this.sim.expect(this.decision, undefined, '', this.sim.now);
  }

  private planRetries(): void {
    this.flushTimer.set(this.queue.nextFlush, this.urgencyOf(this.queue.oldestUnschedulable));
    this.errorTimer.set(this.queue.nextErrorRetry, this.urgencyOf(this.queue.firstError));
    this.hasRetries = this.queue.hasFailed || this.queue.isListening;
  }

  private urgencyOf(queued: QueuedPod | undefined): RetryUrgency {
    return queued && queued.changesSeen < this.changes ? 'foreground' : 'background';
  }

  private decide(): void {
    for (let queued = this.queue.pop(); queued !== undefined; queued = this.queue.pop()) this.attempt(queued);
    this.isDecisionDue = false;
    this.plan();
  }

  private attempt(queued: QueuedPod): void {
    const { pod } = queued;
    const decision = this.decisionFor(pod);
    queued.changesSeen = this.changes;
    queued.message = decision.kind === 'bound' ? undefined : decision.message;
    this.decisions += 1;
    if (this.listeners.wants(decision)) this.tell(queued, decision);
    if (decision.kind === 'bound') this.bind(pod, decision);
    else this.takeBack(queued, decision);
  }

  private takeBack(queued: QueuedPod, decision: Exclude<Decision, BoundDecision>): void {
    this.hasRetries = true;
    if (decision.kind === 'error') this.queue.fail(queued, this.sim.now);
    else {
      this.queue.reject(queued, decision.rejectedBy, this.sim.now);
      this.preempt(queued.pod, decision);
    }
  }

  private tell({ pod, attempts: number, wokenBy }: QueuedPod, decision: Decision): void {
    this.listeners.tell({ at: this.sim.now, pod, number, decision, wokenBy });
  }

  private decisionFor(pod: Pod): Decision {
    const kind = this.state.demands.kindOf(pod);
    const known = this.memo.get(pod, kind);
    if (known !== undefined) return known;
    const decision = this.search?.decide(pod, kind) ?? scheduleOne(this.state, pod);
    if (decision.kind === 'unschedulable') this.memo.keep(pod, kind, decision);
    return decision;
  }

  private bind(pod: Pod, decision: BoundDecision): void {
    if (decision.claims.length > 0) assumeClaims(this.cluster, decision);
    this.cluster.bindPod(pod, decision.target, this.sim.now);
  }

  /** @see kubernetes/kubernetes pkg/scheduler/framework/preemption/preemption.go (prepareCandidate) */
  private preempt(pod: Pod, { nominated, victims, clearsNomination }: UnschedulableDecision): void {
    if (clearsNomination) this.cluster.nominatePod(pod, undefined);
    if (nominated === undefined) return;
    this.preemptions += 1;
    const outranked = [...this.state.nominated.to(nominated)].filter((other) => other.spec.priority < pod.spec.priority);
    for (const other of outranked) this.cluster.nominatePod(other, undefined);
    this.cluster.nominatePod(pod, nominated);
    for (const victim of victims.filter((one) => !one.isTerminating)) {
      this.cluster.terminatePod(victim, {
        requestedAt: this.sim.now,
        gracePeriodSeconds: victim.spec.terminationGracePeriodSeconds,
        cause: 'PreemptionByScheduler',
      });
    }
  }
}
