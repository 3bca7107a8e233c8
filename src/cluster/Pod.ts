import type { Instant } from '../units.ts';
import type { Labels } from './LabelSelector.ts';
import type { OwnerReference } from './OwnerReference.ts';
import { PodClass } from './PodClass.ts';
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
  readonly termination: Termination | undefined;
}

/** Where a pod stands in its cluster. */
export type PodPlace = Pick<Pod, 'key' | 'slot' | 'podClass'>;

/** A live pod. Fields change only through {@link Cluster}, which tells everyone who listens. */
export class Pod {
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`, as people write it. Two pods may bear one key one after the other, never at once. */
  readonly key: string;
  /** Counts up from 0 with every pod of the cluster, those that are gone included. */
  readonly createdAs: number;
  /** A small number that no other pod of the cluster has as long as this one is there: the index for columns by pod. Below 0 outside of one. */
  readonly slot: number;
  /** Whether its object is in the cluster. */
  exists = false;
  /** All that it shares with the other pods of its template. */
  podClass: PodClass;
  owner: OwnerReference | undefined;
  readonly createdAt: Instant;
  labels: Labels;
  annotations: Readonly<Record<string, string>>;
  spec: PodSpec;
  nodeName: string | undefined;
  nominatedNodeName: string | undefined;
  phase: PodPhase;
  /** Whether its kubelet ended it for the shutdown of its node (reason Terminated, a disruption). */
  endedByShutdown = false;
  /** The Ready condition. */
  ready: boolean;
  /** When `ready` last changed. */
  readySince: Instant;
  boundAt: Instant | undefined;
  termination: Termination | undefined;

  constructor(description: PodDescription, createdAs: number, { key, slot, podClass }: PodPlace = outside(description)) {
    this.namespace = description.namespace;
    this.name = description.name;
    this.key = key;
    this.createdAs = createdAs;
    this.slot = slot;
    this.podClass = podClass;
    this.owner = description.owner;
    this.annotations = description.annotations;
    this.createdAt = description.createdAt;
    this.labels = description.labels;
    this.spec = description.spec;
    this.nodeName = description.nodeName;
    this.nominatedNodeName = description.nominatedNodeName;
    this.phase = description.phase;
    this.ready = description.ready;
    this.readySince = description.createdAt;
    this.boundAt = description.nodeName === undefined ? undefined : description.createdAt;
    this.termination = description.termination;
  }

  /** Unique in a run. */
  get uid(): string {
    return `pod-${this.createdAs}`;
  }

  /** Has a deletion timestamp. */
  get isTerminating(): boolean {
    return this.termination !== undefined;
  }

  /** Succeeded or Failed: holds no resources any more. */
  get isFinished(): boolean {
    return this.phase === 'Succeeded' || this.phase === 'Failed';
  }

  /** Serves: Ready and not terminating, what an EndpointSlice would hold. */
  get isServing(): boolean {
    return this.ready && !this.isTerminating;
  }
}

/** The place of a pod that is in no cluster. */
function outside(description: PodDescription): PodPlace {
  return { key: `${description.namespace}/${description.name}`, slot: -1, podClass: new PodClass(description, -1) };
}
