import { z } from 'zod';
import { type LabelSelector, selectorMatches } from '../../cluster/LabelSelector.ts';
import type {
  DaemonSet,
  DaemonUpdate,
  Deployment,
  IntOrPercent,
  ReplicaSet,
  StatefulSet,
  StatefulUpdate,
  Workload,
} from '../../cluster/Workload.ts';
import { MOST_REPLICAS } from '../schema/cluster.ts';
import { readClaimTemplate } from './claimTemplates.ts';
import { equalitySelector, labelSelector } from './labelSelector.ts';
import { type Metadata, metadata } from './metadata.ts';
import { type PodTemplateDraft, podTemplate } from './podSpec.ts';
import type { ReadContext } from './ReadContext.ts';
import { type ReadResult, readWith } from './readWith.ts';

/** A workload whose template waits for the priority classes. */
export type WorkloadDraft<W extends Workload = Workload> = W extends Workload
  ? Omit<W, 'template'> & { readonly template: PodTemplateDraft }
  : never;

const count = z.number().int().nonnegative();

const INT_OR_PERCENT = 'expected a whole number of at least 0 or a percentage such as 25%';

/** An absolute number or a percentage, never negative. */
export const intOrPercent = z
  .union([count, z.string().regex(/^\d+%$/, INT_OR_PERCENT)], INT_OR_PERCENT)
  .transform((given): IntOrPercent => (typeof given === 'number' ? given : `${Number.parseInt(given, 10)}%`));

const common = { replicas: count.max(MOST_REPLICAS).nullish(), minReadySeconds: count.nullish(), template: podTemplate };

const replicaSet = z.object({
  metadata,
  spec: z.object({ ...common, selector: labelSelector }).superRefine(checkSelector, { when: isReadable }),
});
const replicationController = z.object({ metadata, spec: z.object({ ...common, selector: equalitySelector }) });

/**
 * Reads a ReplicaSet. Its revision (0 if absent) and the size of its Deployment come from annotations that the Deployment controller
 * writes.
 */
export function readReplicaSet(value: unknown, _context: ReadContext): ReadResult<WorkloadDraft<ReplicaSet>> {
  return readWith(replicaSet, value, ({ metadata: meta, spec }) => ({ ...replicas('ReplicaSet', meta, spec), selector: spec.selector }));
}

/** Reads a ReplicationController, which selects the labels of its template when it names no selector. */
export function readReplicationController(value: unknown, _context: ReadContext): ReadResult<WorkloadDraft<ReplicaSet>> {
  return readWith(replicationController, value, ({ metadata: meta, spec }) => ({
    ...replicas('ReplicationController', meta, spec),
    selector: spec.selector.requirements.length > 0 ? spec.selector : equalitySelector.parse(spec.template.labels),
  }));
}

function replicas(kind: ReplicaSet['kind'], meta: Metadata, spec: z.output<z.ZodObject<typeof common>>) {
  return {
    ...identity(meta),
    kind,
    replicas: spec.replicas ?? 1,
    minReadySeconds: spec.minReadySeconds ?? 0,
    revision: Number.parseInt(meta.annotations['deployment.kubernetes.io/revision'] ?? '', 10) || 0,
    template: spec.template,
    ...scaledFor(meta),
  };
}

function scaledFor({ annotations }: Metadata): Pick<ReplicaSet, 'scaledFor'> {
  const desiredReplicas = Number.parseInt(annotations['deployment.kubernetes.io/desired-replicas'] ?? '', 10);
  const maxReplicas = Number.parseInt(annotations['deployment.kubernetes.io/max-replicas'] ?? '', 10);
  return Number.isNaN(desiredReplicas + maxReplicas) ? {} : { scaledFor: { desiredReplicas, maxReplicas } };
}

const deployment = z.object({
  metadata,
  spec: z
    .object({
      ...common,
      selector: labelSelector,
      paused: z.boolean().nullish(),
      strategy: z
        .object({
          type: z.enum(['RollingUpdate', 'Recreate']).nullish(),
          rollingUpdate: z.object({ maxSurge: intOrPercent.nullish(), maxUnavailable: intOrPercent.nullish() }).nullish(),
        })
        .nullish(),
    })
    .superRefine(checkSelector, { when: isReadable }),
});

/** Reads a Deployment; the strategy is RollingUpdate with 25% and 25% where it says nothing. */
export function readDeployment(value: unknown, _context: ReadContext): ReadResult<WorkloadDraft<Deployment>> {
  return readWith(deployment, value, ({ metadata: meta, spec }) => {
    const { maxSurge, maxUnavailable } = spec.strategy?.rollingUpdate ?? {};
    return {
      ...identity(meta),
      kind: 'Deployment',
      selector: spec.selector,
      replicas: spec.replicas ?? 1,
      minReadySeconds: spec.minReadySeconds ?? 0,
      paused: spec.paused ?? false,
      strategy:
        spec.strategy?.type === 'Recreate'
          ? { type: 'Recreate' }
          : { type: 'RollingUpdate', maxSurge: maxSurge ?? '25%', maxUnavailable: maxUnavailable ?? '25%' },
      template: spec.template,
    };
  });
}

const statefulSet = z.object({
  metadata,
  spec: z
    .object({
      ...common,
      selector: labelSelector,
      podManagementPolicy: z.enum(['OrderedReady', 'Parallel', '']).nullish(),
      ordinals: z.object({ start: count.nullish() }).nullish(),
      volumeClaimTemplates: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })).nullish(),
      updateStrategy: z
        .object({
          type: z.enum(['RollingUpdate', 'OnDelete', '']).nullish(),
          rollingUpdate: z.object({ partition: count.nullish(), maxUnavailable: intOrPercent.nullish() }).nullish(),
        })
        .nullish(),
    })
    .superRefine(checkSelector, { when: isReadable }),
  status: z.object({ updateRevision: z.string().nullish() }).nullish(),
});

/** Reads a StatefulSet. The volumes of its claim templates are not added here; its controller adds them to each pod. */
export function readStatefulSet(value: unknown, context: ReadContext): ReadResult<WorkloadDraft<StatefulSet>> {
  return readWith(statefulSet, value, ({ metadata: meta, spec, status }) => ({
    ...identity(meta),
    kind: 'StatefulSet',
    selector: spec.selector,
    replicas: spec.replicas ?? 1,
    minReadySeconds: spec.minReadySeconds ?? 0,
    podManagementPolicy: spec.podManagementPolicy || 'OrderedReady',
    firstOrdinal: spec.ordinals?.start ?? 0,
    volumeClaimTemplates: (spec.volumeClaimTemplates ?? []).map((each) => readClaimTemplate(each, context)),
    template: spec.template,
    ...(spec.updateStrategy ? { updateStrategy: statefulUpdate(spec.updateStrategy) } : {}),
    ...(status?.updateRevision ? { updateRevision: status.updateRevision } : {}),
  }));
}

type GivenStatefulUpdate = NonNullable<z.output<typeof statefulSet>['spec']['updateStrategy']>;

function statefulUpdate({ type, rollingUpdate }: GivenStatefulUpdate): StatefulUpdate {
  if (type === 'OnDelete') return { type };
  return { type: 'RollingUpdate', partition: rollingUpdate?.partition ?? 0, maxUnavailable: rollingUpdate?.maxUnavailable ?? 1 };
}

const daemonSet = z.object({
  metadata,
  spec: z
    .object({
      ...common,
      selector: labelSelector,
      updateStrategy: z
        .object({
          type: z.enum(['RollingUpdate', 'OnDelete', '']).nullish(),
          rollingUpdate: z.object({ maxUnavailable: intOrPercent.nullish(), maxSurge: intOrPercent.nullish() }).nullish(),
        })
        .nullish(),
    })
    .superRefine(checkSelector, { when: isReadable }),
});

/** Reads a DaemonSet; its template stays without the tolerations that its controller adds to each pod. */
export function readDaemonSet(value: unknown, _context: ReadContext): ReadResult<WorkloadDraft<DaemonSet>> {
  return readWith(daemonSet, value, ({ metadata: meta, spec }) => {
    const generation = Number.parseInt(meta.annotations['deprecated.daemonset.template.generation'] ?? '', 10);
    return {
      ...identity(meta),
      kind: 'DaemonSet',
      selector: spec.selector,
      minReadySeconds: spec.minReadySeconds ?? 0,
      template: spec.template,
      ...(spec.updateStrategy ? { updateStrategy: daemonUpdate(spec.updateStrategy) } : {}),
      ...(Number.isNaN(generation) ? {} : { templateGeneration: generation }),
    };
  });
}

type GivenDaemonUpdate = NonNullable<z.output<typeof daemonSet>['spec']['updateStrategy']>;

function daemonUpdate({ type, rollingUpdate }: GivenDaemonUpdate): DaemonUpdate {
  if (type === 'OnDelete') return { type };
  return { type: 'RollingUpdate', maxUnavailable: rollingUpdate?.maxUnavailable ?? 1, maxSurge: rollingUpdate?.maxSurge ?? 0 };
}

/** What every workload has from its metadata. */
export function identity({ namespace, name, labels, owner }: Metadata): Pick<Workload, 'namespace' | 'name' | 'labels' | 'owner'> {
  return { namespace, name, labels, owner };
}

/** The API server refuses a workload that would not own the pods it makes. */
function checkSelector({ selector, template }: { selector: LabelSelector; template: PodTemplateDraft }, context: z.RefinementCtx): void {
  const complain = (message: string) => context.addIssue({ code: 'custom', message, path: ['selector'] });
  if (selector.requirements.length === 0) complain('the selector is empty');
  else if (!selectorMatches(selector, template.labels)) complain('the selector does not match the labels of the template');
}

/** Whether selector and template could be read and so can be compared, whatever is wrong beside them. */
function isReadable({ issues }: z.core.ParsePayload): boolean {
  return issues.every(({ path: [field] = [] }) => field !== undefined && field !== 'selector' && field !== 'template');
}
