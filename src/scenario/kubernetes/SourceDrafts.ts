import type { PersistentVolumeClaim } from '../../cluster/Storage.ts';
import type { ObjectDrafts } from './kinds.ts';
import type { Use } from './References.ts';
import type { SurveyCounts } from './Survey.ts';

/**
 * What the objects of one source amount to by themselves. Whatever depends on other sources, on the start of a run or on the version of
 * Kubernetes is still open. Plain data that contains only what the model has a field for, so it may be stored and used again.
 */
export interface SourceDrafts {
  readonly drafts: ObjectDrafts;
  /** Claims that the pods of its StatefulSets need. */
  readonly neededClaims: readonly PersistentVolumeClaim[];
  readonly counts: SurveyCounts;
  /** The names of nodes and of priority classes that its pods refer to. */
  readonly nodeUses: ReadonlyMap<string, Use>;
  readonly classUses: ReadonlyMap<string, Use>;
}
