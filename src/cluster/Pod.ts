import { type Instant, instant, seconds } from '../units.ts';
import type { KeyStem } from './keyHash.ts';
import type { Labels } from './LabelSelector.ts';
import type { OwnerReference } from './OwnerReference.ts';
import type { PodClass } from './PodClass.ts';
import type { PodSpec } from './PodSpec.ts';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

/** A deletion that was accepted: the object goes when its containers have ended, at the latest after the grace period. */
export interface Termination {
  readonly requestedAt: Instant;
  readonly gracePeriodSeconds: number;
  /** Why, in the words of the DisruptionTarget condition; `Delete` for a plain deletion. */
  readonly cause: 'EvictionByEvictionAPI' | 'PreemptionByScheduler' | 'DeletionByTaintManager' | 'DeletionByPodGC' | 'Delete';
}

/** A pod as it is given, before the simulation moves it. Plain data: can be sent to a worker thread. */
export interface PodDescription {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  /** The owner reference with `controller: true`; undefined for a bare pod. */
  readonly owner: OwnerReference | undefined;
  readonly spec: PodSpec;
  readonly nodeName: string | undefined;
  readonly nominatedNodeName: string | undefined;
  readonly phase: PodPhase;
  readonly ready: boolean;
  /** When it was created, relative to t = 0 (negative or zero for pods of a dump; ties and victims are ordered by it). */
  readonly createdAt: Instant;
  /**
   * Seconds from its creation until its kubelet first saw it (`status.startTime`). Negative for a static pod, which runs before the API
   * server knows it. Undefined, when it is not known, counts as 0.
   */
  readonly startDelaySeconds: number | undefined;
  readonly termination: Termination | undefined;
}

/** What becomes of a pod in time. */
export type PodState = Pick<PodDescription, 'nodeName' | 'nominatedNodeName' | 'phase' | 'ready' | 'termination'>;

/**
 * A live pod. Its fields change only through {@link Cluster}, which tells all listeners.
 *
 * Fields that are read at nearly every change come first, so that they share as few cache lines as possible.
 */
export class Pod {
  /** All that it shares with the other pods of its template. */
  podClass: PodClass;
  /**
   * A small number that no other pod of the cluster has while this one exists, used as the index into columns by pod. Below 0 outside a
   * cluster. Set by the cluster and never changed.
   */
  slot: number;
  /** Whether its object is in the cluster. */
  exists: boolean;
  phase: PodPhase;
  /** Succeeded or Failed: holds no resources any more. Follows from the phase, see {@link enter}; stored because it is read so often. */
  isFinished: boolean;
  /** The Ready condition. */
  ready: boolean;
  termination: Termination | undefined;
  nodeName: string | undefined;
  /** `namespace/name`, as people write it. Pods may have the same key one after the other, but never at once. */
  readonly key: string;
  /** The common part of the keys of its series, if it belongs to one. Set by the cluster and never changed. */
  stem: KeyStem | undefined;
  /** Counts up from 0 with every pod ever created in the cluster. Set by the cluster and never changed. */
  createdAs: number;
  readonly createdAt: Instant;
  /** When `ready` last changed. */
  readySince: Instant;
  /** When it was bound; for a pod that was bound when it was given, when its kubelet first saw it. */
  boundAt: Instant | undefined;
  nominatedNodeName: string | undefined;
  /** Why its kubelet ended it: its node shut down (reason Terminated, a disruption), or its active deadline was over. */
  killedFor: 'shutdown' | 'deadline' | undefined;
  /** Whether its Job has counted its end and no longer keeps its object (finalizer batch.kubernetes.io/job-tracking). */
  isCounted: boolean;

  /** A pod outside any cluster, pending unless its state is given. `key` begins with the namespace of the class. */
  constructor(podClass: PodClass, key: string, createdAt: Instant, state?: PodState) {
    this.podClass = podClass;
    this.slot = -1;
    this.exists = false;
    this.phase = 'Pending';
    this.isFinished = false;
    this.ready = false;
    this.termination = undefined;
    this.nodeName = undefined;
    this.key = key;
    this.stem = undefined;
    this.createdAs = 0;
    this.createdAt = createdAt;
    this.readySince = createdAt;
    this.boundAt = undefined;
    this.nominatedNodeName = undefined;
    this.killedFor = undefined;
    this.isCounted = false;
    if (state) this.take(state);
  }

  /** Moves it to `phase`. */
  enter(phase: PodPhase): void {
    this.phase = phase;
    this.isFinished = isEndPhase(phase);
  }

  private take({ phase, ready, termination, nodeName, nominatedNodeName }: PodState): void {
    this.enter(phase);
    this.ready = ready;
    this.termination = termination;
    this.nodeName = nodeName;
    this.nominatedNodeName = nominatedNodeName;
    this.isCounted = this.isFinished;
  }

  get name(): string {
    return this.key.slice(this.podClass.namespace.length + 1);
  }

  get namespace(): string {
    return this.podClass.namespace;
  }

  get labels(): Labels {
    return this.podClass.labels;
  }

  get annotations(): Readonly<Record<string, string>> {
    return this.podClass.annotations;
  }

  /** The owner reference with `controller: true`; undefined for a bare pod. */
  get owner(): OwnerReference | undefined {
    return this.podClass.owner;
  }

  get spec(): PodSpec {
    return this.podClass.spec;
  }

  /** Unique in a run. */
  get uid(): string {
    return `pod-${this.createdAs}`;
  }

  /** Has a deletion timestamp. */
  get isTerminating(): boolean {
    return this.termination !== undefined;
  }

  /** Serves: Ready and not terminating, what an EndpointSlice would hold. */
  get isServing(): boolean {
    return isServing(this);
  }
}

/** When a pod that is given bound was bound; undefined for one that is not. No dump records it, so the start of the pod stands for it. */
export function givenBoundAt({ nodeName, createdAt, startDelaySeconds = 0 }: PodDescription): Instant | undefined {
  return nodeName === undefined ? undefined : instant(createdAt + seconds(startDelaySeconds));
}

/** Whether the containers of a pod in `phase` have ended for good. */
export function isEndPhase(phase: PodPhase): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Whether a pod serves as it stands: Ready, and without a deletion timestamp. */
export function isServing({ ready, termination }: Pick<PodState, 'ready' | 'termination'>): boolean {
  return ready && termination === undefined;
}

/**
 * `namespace/name`, as people write it. Joined into one piece, because a concatenated string is a tree of its parts and slower to read
 * every time.
 */
export function podKey({ namespace, name }: Pick<PodDescription, 'namespace' | 'name'>): string {
  return [namespace, name].join('/');
}
