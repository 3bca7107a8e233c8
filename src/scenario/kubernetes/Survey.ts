import type { PodDescription } from '../../cluster/Pod.ts';
import { formatCount } from '../../units.ts';
import type { NotModelled } from '../Scenario.ts';
import { isRollingOut } from './isRollingOut.ts';
import { type FoundObject, isFields } from './objectsOf.ts';
import type { PodSpecDraft } from './podSpec.ts';

/** Kinds that have an effect which is not modelled, and what is missed. */
const NOT_MODELLED_KINDS: ReadonlyMap<string, NotModelled> = new Map([
  ['LimitRange', { what: 'its defaults and limits are not applied to new pods', direction: 'optimistic' }],
  ['ResourceQuota', { what: 'new pods are never refused', direction: 'optimistic' }],
]);

/** Kinds whose objects may be on their way out. */
const DELETIONS_MODELLED: ReadonlySet<string> = new Set(['Pod', 'PersistentVolumeClaim', 'Namespace']);

/** The finalizer of the Job controller, which is modelled. */
const JOB_TRACKING = 'batch.kubernetes.io/job-tracking';

/** Fields of a Job's spec that have an effect, and what is missed. */
const NOT_MODELLED_OF_JOBS: ReadonlyMap<string, NotModelled> = new Map([
  ['successPolicy', { what: 'a Job is done when all of its completions are', direction: 'pessimistic' }],
]);

/** What a {@link Survey} has counted: plain data. */
export interface SurveyCounts {
  readonly kinds: Map<string, number>;
  readonly effects: Map<string, { readonly direction: NotModelled['direction']; readonly count: number }>;
}

/** Counts what an input holds beyond the model: kinds that are not used, and fields whose effect is left out. */
export class Survey {
  readonly counts: SurveyCounts = { kinds: new Map(), effects: new Map() };

  /** Kinds that were read but are not used, in order of appearance; kinds that are not modelled are in the other list. */
  get unused(): readonly { readonly kind: string; readonly count: number }[] {
    return [...this.counts.kinds].map(([kind, count]) => ({ kind, count }));
  }

  get notModelled(): readonly NotModelled[] {
    return [...this.counts.effects].map(([what, { direction, count }]) => ({ what: `${what} (${formatCount(count)})`, direction }));
  }

  noteUnused({ kind, group }: FoundObject): void {
    const name = group === '' ? kind : `${kind}.${group}`;
    const effect = NOT_MODELLED_KINDS.get(kind);
    if (effect) this.noteEffect(`${kind}: ${effect.what}`, effect.direction);
    else this.noteKind(name);
  }

  /** Counts on with what another survey has counted. */
  add({ kinds, effects }: SurveyCounts): void {
    for (const [kind, count] of kinds) this.noteKind(kind, count);
    for (const [what, { direction, count }] of effects) this.noteEffect(what, direction, count);
  }

  /** Notes what the spec of a Job has that its controller here does not look at. */
  noteJob(spec: unknown): void {
    if (!isFields(spec)) return;
    for (const [field, { what, direction }] of NOT_MODELLED_OF_JOBS) {
      if (spec[field] !== undefined && spec[field] !== null) this.noteEffect(`Job ${field}: ${what}`, direction);
    }
  }

  noteSpec(spec: PodSpecDraft): void {
    if (spec.schedulerName !== 'default-scheduler')
      this.noteEffect('pods of another scheduler: those that have no node or lose it get none', 'pessimistic');
    if (spec.resourceClaims.length > 0) this.noteEffect('resourceClaims: devices are taken to be free on every node', 'optimistic');
    if (spec.readinessGates.length > 0)
      this.noteEffect('readinessGates: conditions of other controllers are met at once, or after timing.pods[].gates', 'optimistic');
    if (spec.tolerations.some(({ operator }) => operator === 'Gt' || operator === 'Lt'))
      this.noteEffect('tolerations with operator Gt or Lt: they tolerate nothing', 'pessimistic');
    if (spec.hasOpaqueHook) this.noteEffect('preStop hooks that run a command: they take no time of their own', 'optimistic');
  }

  notePod(pod: Pick<PodDescription, 'nodeName' | 'phase'> & { readonly spec: PodSpecDraft }): void {
    this.noteSpec(pod.spec);
    if (pod.spec.failsToStart !== undefined)
      this.noteEffect(`pods that do not start (${pod.spec.failsToStart}): they stay so until they move`, 'pessimistic');
    if (pod.spec.containers.some(({ countedRequests }) => countedRequests !== undefined))
      this.noteEffect('resizes of pods in place: those under way get no further', 'pessimistic');
  }

  /** Notes whether others than the Job controller keep the object of a pod after its end. */
  noteFinalizers(pod: unknown): void {
    const { metadata } = isFields(pod) ? pod : {};
    const { finalizers } = isFields(metadata) ? metadata : {};
    if (Array.isArray(finalizers) && finalizers.some((finalizer) => finalizer !== JOB_TRACKING))
      this.noteEffect('finalizers of pods: objects go as soon as their containers have ended', 'optimistic');
  }

  /** Notes an object that is being deleted, which is modelled of some kinds, and a workload that is being rolled out. */
  noteState(object: FoundObject): void {
    const { kind, value } = object;
    const { metadata } = isFields(value) ? value : {};
    if (isRollingOut(object))
      this.noteEffect('rollouts under way: as far as new pods start they end before t = 0, in no time', 'optimistic');
    const isLeaving = isFields(metadata) && typeof metadata.deletionTimestamp === 'string';
    if (isLeaving && !DELETIONS_MODELLED.has(kind))
      this.noteEffect(`${kind} objects that are being deleted: they stay and go on as before`, 'pessimistic');
  }

  private noteEffect(what: string, direction: NotModelled['direction'], more = 1): void {
    const count = (this.counts.effects.get(what)?.count ?? 0) + more;
    this.counts.effects.set(what, { direction, count });
  }

  private noteKind(kind: string, more = 1): void {
    this.counts.kinds.set(kind, (this.counts.kinds.get(kind) ?? 0) + more);
  }
}
