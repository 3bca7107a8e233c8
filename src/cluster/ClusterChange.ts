import type { DisruptionBudget } from './DisruptionBudget.ts';
import type { Node, NodeState } from './Node.ts';
import type { Pod, PodPhase, Termination } from './Pod.ts';
import type { PodClass } from './PodClass.ts';
import type { Workload } from './Workload.ts';

/** A change of one pod. All such changes have the same fields, so that listeners to several kinds read them fast. */
export interface PodChange<Kind, Where = undefined, Before = undefined> {
  readonly kind: Kind;
  readonly pod: Pod;
  readonly node: Where;
  readonly before: Before;
}

/** Additional changes for some of the pods that come or go, for listeners to whom the other pods do not matter. */
export type SeldomPodChange =
  /** Follows `podAdded` for a pod that is added as it stands, which may be bound, Ready or terminating. */
  | PodChange<'podGiven'>
  /** Right after `podAdded`, of the first pod of its class. */
  | PodChange<'podClassBegun'>
  /** Right after `podRemoved`, of a pod that had not been asked to go. */
  | PodChange<'podLost'>
  /** Right after `podRemoved`, of the last pod of its class. */
  | PodChange<'podClassEnded'>;

/**
 * One change of a cluster, told to every listener right after it happened. Fields named `before` hold the previous value.
 *
 * A listener takes note (marks something dirty, schedules an event) and changes nothing itself. It must not keep the change: the same
 * object may be used for the next one.
 */
export type ClusterChange =
  | PodChange<'podAdded'>
  | PodChange<'podBound', Node>
  | PodChange<'podNominated', undefined, string | undefined>
  /** Its containers have started. */
  | PodChange<'podRunning'>
  /** Any other change of its phase, usually that it has finished. */
  | PodChange<'podPhaseChanged', undefined, PodPhase>
  | PodChange<'podReadyChanged'>
  /** It is being deleted, or is to be gone sooner than it was to be `before`. */
  | PodChange<'podTerminating', undefined, Termination | undefined>
  | PodChange<'podUpdated', undefined, PodClass>
  /** It has been adopted or released; `before` is its class under the former owner. */
  | PodChange<'podOwnerChanged', undefined, PodClass>
  /** `node` is the one that it was bound to, if that is in the cluster. */
  | PodChange<'podRemoved', Node | undefined>
  | SeldomPodChange
  | { readonly kind: 'nodeAdded'; readonly node: Node }
  | { readonly kind: 'nodeUpdated'; readonly node: Node; readonly before: NodeState }
  | { readonly kind: 'nodeRemoved'; readonly node: Node }
  | { readonly kind: 'nodeVolumesChanged'; readonly node: Node }
  | { readonly kind: 'workloadAdded'; readonly workload: Workload }
  | { readonly kind: 'workloadUpdated'; readonly workload: Workload; readonly before: Workload }
  | { readonly kind: 'workloadRemoved'; readonly workload: Workload }
  | { readonly kind: 'budgetAdded'; readonly budget: DisruptionBudget }
  | { readonly kind: 'budgetUpdated'; readonly budget: DisruptionBudget }
  /** The disruption controller has written its status. */
  | { readonly kind: 'budgetStatusChanged'; readonly budget: DisruptionBudget }
  /** The status just written wants a different number of healthy pods than the one before; few do. */
  | { readonly kind: 'budgetFloorChanged'; readonly budget: DisruptionBudget }
  /** An eviction has taken one of the disruptions that its status allowed. */
  | { readonly kind: 'budgetCharged'; readonly budget: DisruptionBudget }
  | { readonly kind: 'budgetRemoved'; readonly budget: DisruptionBudget }
  | {
      readonly kind: 'storageChanged';
      readonly object: StorageObject;
      readonly name: string;
      readonly verb: 'added' | 'updated' | 'removed';
    }
  | { readonly kind: 'serviceChanged'; readonly namespace: string; readonly name: string }
  /** A Kubernetes event about `object` (`Pod/namespace/name`): it changes nothing. */
  | { readonly kind: 'eventRecorded'; readonly object: string; readonly reason: string; readonly message: string };

/** The changes that are about one pod. */
export type ChangeOfPod = Extract<ClusterChange, { readonly pod: Pod }>;

export type ChangeKind = ClusterChange['kind'];

/** A change of one kind. */
export type ChangeOf<Kind extends ChangeKind> = Extract<ClusterChange, { readonly kind: Kind }>;

/**
 * Listens to changes, with a handler for each kind it is interested in. A handler changes nothing in the cluster, and the change it gets is
 * valid only during the call.
 */
export type ChangeHandlers = { readonly [Kind in ChangeKind]?: (change: ChangeOf<Kind>) => void };

/** A listener to changes of the cluster. */
export interface ClusterListener {
  /** The handlers, by kind of change. */
  readonly on: ChangeHandlers;
  /**
   * Further kinds of changes that it is told of only while alert, see {@link Cluster.alert}; most of the time they could not matter to it.
   */
  readonly onWhenAlert?: ChangeHandlers;
  /** Whether it is to be told of pods of a class; absent: of all pods. Asked once for each class. */
  concerns?(podClass: PodClass): boolean;
}

export type StorageObject = 'persistentVolumes' | 'claims' | 'storageClasses' | 'csiNodes' | 'csiDrivers' | 'attachments';
