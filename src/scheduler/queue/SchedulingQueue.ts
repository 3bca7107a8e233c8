import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { after, type Instant, instant, minutes, seconds } from '../../units.ts';
import type { PodDemands } from '../PodDemands.ts';
import type { ClusterEvent, ClusterEventName } from '../requeue/ClusterEvent.ts';
import { wantsNear } from '../requeue/InterPodAffinity.ts';
import type { RequeueHints } from '../requeue/RequeueHints.ts';
import { requeueHints } from '../requeue/registry.ts';
import { backoffEnd, backoffLeave, isBackingOff } from './backoff.ts';
import { compareActive, compareBackoff, QueuedPod, type WaitingPlace } from './QueuedPod.ts';
import { UnschedulablePods } from './UnschedulablePods.ts';
import { WaitingPods } from './WaitingPods.ts';

const LONGEST_STAY = minutes(5);
const FLUSH_PERIOD = seconds(30);

/**
 * The pods that wait for a node and the order in which they are tried.
 *
 * A scheduling cycle takes no time here, so nothing happens while a pod is in flight, and a pod that backs off is tried as soon as the
 * active queue is empty. So the back-off affects only the order, and the waiting time after an error.
 * @see kubernetes/kubernetes pkg/scheduler/backend/queue/scheduling_queue.go
 */
export class SchedulingQueue {
  private readonly version: KubernetesVersion;
  private readonly demands: PodDemands;
  /** Everyone who waits, by the slot of the pod. */
  private readonly waiting: (QueuedPod | undefined)[] = [];
  private count = 0;
  /**
   * Entries to be used again: those of pods that left the queue while they were in flight, as nearly all do. Nothing refers to them any
   * more.
   */
  private readonly spare: QueuedPod[] = [];
  private readonly active = new WaitingPods('active', compareActive);
  private readonly backoff = new WaitingPods('backoff', compareBackoff);
  private readonly errorBackoff = new WaitingPods('errorBackoff', compareBackoff);
  private readonly unschedulable = new UnschedulablePods('unschedulable');
  private readonly gated = new UnschedulablePods('gated');
  private sequence = 0;

  constructor(version: KubernetesVersion, demands: PodDemands) {
    this.version = version;
    this.demands = demands;
  }

  /** Everyone who waits, in flight included, as things are now. */
  get pods(): ReadonlySet<Pod> {
    return new Set(this.waiting.flatMap((queued) => queued?.pod ?? []));
  }

  /** Whether no pod waits or is in flight. */
  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** Whether `pop` has a pod to give. */
  get hasReady(): boolean {
    return this.count > 0 && (this.active.peek() !== undefined || this.backoff.peek() !== undefined);
  }

  /** Whether any pod waits for an event. */
  get isListening(): boolean {
    return this.count > 0 && !(this.unschedulable.isEmpty && this.gated.isEmpty);
  }

  /** Whether any pod waits for its retry: after a refusal, which may be flushed, or after an error. */
  get hasFailed(): boolean {
    return this.count > 0 && (!this.unschedulable.isEmpty || this.errorBackoff.peek() !== undefined);
  }

  /** The refused pod that has waited longest; gated pods do not count. */
  get oldestUnschedulable(): QueuedPod | undefined {
    return this.unschedulable.oldest;
  }

  /** The pod that leaves the back-off after an error first. */
  get firstError(): QueuedPod | undefined {
    return this.errorBackoff.peek();
  }

  /** What is known of a waiting pod. */
  get(pod: Pod): QueuedPod | undefined {
    return this.waiting[pod.slot];
  }

  /** Lets a new pod in, which does not wait yet. @returns where it waits now. */
  add(pod: Pod, now: Instant): WaitingPlace {
    const queued = this.queuedFor(pod);
    if (pod.slot > this.waiting.length) this.makeRoom(pod.slot);
    this.waiting[pod.slot] = queued;
    this.count += 1;
    this.stamp(queued, now);
    this.enter(queued, now, 'UnschedulablePodAdd');
    return queued.place;
  }

  /** Forgets a pod, wherever it waits. */
  remove(pod: Pod): void {
    const queued = this.count > 0 ? this.waiting[pod.slot] : undefined;
    if (queued === undefined) return;
    this.waiting[pod.slot] = undefined;
    this.count -= 1;
    if (queued.place === 'unschedulable') this.unschedulable.remove(queued);
    else if (queued.place === 'gated') this.gated.remove(queued);
    else if (queued.place === 'nowhere') this.spare[this.spare.length] = queued;
    queued.place = 'nowhere';
  }

  /** Takes the next pod to try and counts the attempt: the first active one, else the first that backs off. */
  pop(): QueuedPod | undefined {
    if (this.isEmpty) return undefined;
    const queued = this.active.pop() ?? this.backoff.pop();
    if (queued !== undefined) queued.attempts += 1;
    return queued;
  }

  /** Takes back a pod that the plugins of `rejectedBy` refused; it waits for their events. */
  reject(queued: QueuedPod, rejectedBy: ReadonlySet<string>, now: Instant): void {
    queued.rejections += 1;
    queued.consecutiveErrors = 0;
    queued.rejectedBy = rejectedBy;
    this.stamp(queued, now);
    this.unschedulable.add(queued);
  }

  /** Takes back a pod whose attempt failed without any plugin refusing it; it waits for its back-off to end. */
  fail(queued: QueuedPod, now: Instant): void {
    queued.consecutiveErrors += 1;
    queued.rejectedBy = NOBODY;
    this.stamp(queued, now);
    this.errorBackoff.push(queued);
  }

  /** Wakes the refused pods that `event` could help, by the hints of the plugins that refused them. */
  onEvent(event: ClusterEvent, now: Instant): void {
    if (!this.isListening) return;
    for (const [plugin, hints] of requeueHints) {
      if (!hints[event.name]) continue;
      this.wakeFrom(this.unschedulable, { plugin, hints, event, now });
      this.wakeFrom(this.gated, { plugin, hints, event, now });
    }
  }

  /** When the flush next finds a pod that was refused more than five minutes before; it runs every half minute. */
  get nextFlush(): Instant | undefined {
    const oldest = this.unschedulable.oldest;
    if (!oldest) return undefined;
    const due = after(oldest.since, LONGEST_STAY);
    return instant((Math.floor(due / FLUSH_PERIOD) + 1) * FLUSH_PERIOD);
  }

  /** Wakes every pod that was refused more than five minutes ago. */
  flush(now: Instant): void {
    for (const queued of this.unschedulable) {
      if (now - queued.since > LONGEST_STAY) this.wake(this.unschedulable, queued, now, 'UnschedulableTimeout');
    }
  }

  /** When the next back-off after an error ends. */
  get nextErrorRetry(): Instant | undefined {
    const first = this.errorBackoff.peek();
    return first && backoffLeave(first.backoffEnd);
  }

  /** Wakes the pods whose back-off after an error is over. */
  releaseErrors(now: Instant): void {
    for (let first = this.errorBackoff.peek(); first && !isBackingOff(first, now); first = this.errorBackoff.peek()) {
      this.errorBackoff.pop();
      this.enter(first, now, 'BackoffComplete');
    }
  }

  private queuedFor(pod: Pod): QueuedPod {
    const { priority } = this.demands.kindOf(pod);
    const spare = this.spare.pop();
    if (spare === undefined) return new QueuedPod(pod, priority);
    spare.becomeOf(pod, priority);
    return spare;
  }

  private makeRoom(slots: number): void {
    while (this.waiting.length < slots) this.waiting.push(undefined);
  }

  private wakeFrom(pool: UnschedulablePods, { plugin, hints, event, now }: Wakeup): void {
    for (const queued of pool.refusedBy(plugin)) {
      if (hears(queued, event, this.demands) && hintHolds(hints, event, queued.pod, this.demands)) this.wake(pool, queued, now, event.name);
    }
  }

  private wake(pool: UnschedulablePods, queued: QueuedPod, now: Instant, by: string): void {
    pool.remove(queued);
    this.enter(queued, now, by);
  }

  private enter(queued: QueuedPod, now: Instant, by: string): void {
    queued.wokenBy = by;
    if (this.demands.kindOf(queued.pod).isGated) {
      queued.rejectedBy = GATES;
      this.gated.add(queued);
    } else if (isBackingOff(queued, now)) this.backoff.push(queued);
    else this.active.push(queued);
  }

  private stamp(queued: QueuedPod, now: Instant): void {
    queued.since = now;
    queued.sequence = this.sequence++;
    queued.backoffEnd = backoffEnd(queued, this.version);
  }
}

interface Wakeup {
  readonly plugin: string;
  readonly hints: RequeueHints;
  readonly event: ClusterEvent;
  readonly now: Instant;
}

const NOBODY: ReadonlySet<string> = new Set();
const GATES: ReadonlySet<string> = new Set(['SchedulingGates']);

/** Whether the queue asks for the hints of `queued` at all. */
function hears(queued: QueuedPod, event: ClusterEvent, demands: PodDemands): boolean {
  if (event.name === 'AssignedPodDelete') return queued.pod.spec.priority <= event.details.upToPriority;
  if (event.name === 'AssignedPodUpdatePodLabel') return couldWantNear(queued, event.details.pod, demands);
  return true;
}

/**
 * Whether spreading refused `queued` in the namespace of `pod`, or its required affinity asks for a pod like this one, ignoring labels of
 * namespaces. A pod that only wants to keep away from `pod` is not told of its labels.
 * @see kubernetes/kubernetes pkg/scheduler/backend/queue/scheduling_queue.go (getUnschedulablePodsWithCrossTopologyTerm)
 */
function couldWantNear({ pod: waiting, rejectedBy }: QueuedPod, pod: Pod, demands: PodDemands): boolean {
  if (rejectedBy.has('PodTopologySpread') && waiting.namespace === pod.namespace) return true;
  return wantsNear(waiting, pod, demands);
}

function hintHolds<N extends ClusterEventName>(hints: RequeueHints, event: ClusterEvent<N>, pod: Pod, demands: PodDemands): boolean {
  return hints[event.name]?.(event.details, pod, demands) ?? false;
}
