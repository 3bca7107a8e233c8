import { z } from 'zod';
import type { PodDescription, Termination } from '../../cluster/Pod.ts';
import { containerStatuses, failedStart } from './containerStatus.ts';
import { epochOf, metadataHead } from './metadata.ts';
import { isFields } from './objectsOf.ts';
import type { PodSpecDraft } from './podSpec.ts';
import type { ReadContext } from './ReadContext.ts';
import { type ReadResult, readWith } from './readWith.ts';
import { isBeingResized, withResize } from './resize.ts';

/** A pod that still lacks its priority, and whose times are in milliseconds since 1970 until the start of a run is known. */
export type PodDraft = Omit<PodDescription, 'spec' | 'createdAt' | 'startDelaySeconds' | 'termination'> & {
  readonly spec: PodSpecDraft;
  readonly createdEpoch: number | undefined;
  /** From `createdEpoch` to its start; undefined when nothing tells when it started. A small number takes less memory than another time. */
  readonly startDelaySeconds: number | undefined;
  readonly termination: TerminationDraft | undefined;
};

/** A {@link Termination} whose time of request is in milliseconds since 1970; undefined if it is not known. */
export type TerminationDraft = Omit<Termination, 'requestedAt'> & { readonly requestedEpoch: number | undefined };

const condition = z.object({ type: z.string(), status: z.string(), reason: z.string().nullish() });

const status = z.object({
  phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']).nullish(),
  conditions: z.array(condition).nullish(),
  startTime: z.string().nullish(),
  nominatedNodeName: z.string().nullish(),
  containerStatuses: z.unknown().optional(),
  initContainerStatuses: z.unknown().optional(),
});

type Condition = z.output<typeof condition>;

/** What differs from pod to pod; the rest is read apart, once for all pods that share it. */
const schema = z.object({ metadata: metadataHead, spec: z.looseObject({ nodeName: z.string().nullish() }), status: status.nullish() });

type PodMetadata = z.output<typeof metadataHead>;

/**
 * Reads a Pod. A pod written by hand that is bound and has no phase counts as running and Ready. The name of the node is removed from the
 * spec, and equal parts of specs become one object.
 */
export function readPod(value: unknown, { interner, parts }: ReadContext): ReadResult<PodDraft> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return { issues: [...parsed.error.issues, ...issuesOfParts(value, parts)] };
  const { metadata: meta, spec: given, status: found } = parsed.data;
  const spec = parts.specs.read(given);
  const labels = parts.labels.read(meta.labels);
  const annotations = parts.annotations.read(meta.annotations);
  const owner = parts.owner.read(meta.ownerReferences);
  if ('issues' in spec || 'issues' in labels || 'issues' in annotations || 'issues' in owner) {
    return { issues: issuesOfParts(parsed.data, parts) };
  }
  const nodeName = given.nodeName || undefined;
  const conditions = found?.conditions ?? [];
  const telling = found && tells(found, nodeName) ? readStatuses(spec.value, found) : spec;
  if ('issues' in telling) return telling;
  const startedEpoch = epochOf(found?.startTime);
  const createdEpoch = epochOf(meta.creationTimestamp) ?? startedEpoch;
  const isHandWritten = nodeName !== undefined && !found?.phase;
  return {
    value: {
      namespace: interner.shareText(meta.namespace || 'default'),
      name: meta.name,
      labels: labels.value,
      annotations: annotations.value,
      owner: owner.value,
      spec: withClaims(telling.value, meta.name),
      nodeName: nodeName && interner.shareText(nodeName),
      nominatedNodeName: found?.nominatedNodeName || undefined,
      phase: isHandWritten ? 'Running' : (found?.phase ?? 'Pending'),
      ready: isHandWritten || conditions.some(({ type, status: state }) => type === 'Ready' && state === 'True'),
      createdEpoch,
      startDelaySeconds: startedEpoch && createdEpoch && (startedEpoch - createdEpoch) / 1000,
      termination: meta.deletionTimestamp ? terminationOf(meta, conditions) : undefined,
    },
  };
}

type Status = z.output<typeof status>;

/** Whether the statuses of the containers may say more than the spec. */
function tells({ phase, conditions }: Status, nodeName: string | undefined): boolean {
  return nodeName !== undefined && (phase === 'Pending' || isBeingResized(conditions ?? []));
}

/** `spec` with what the statuses of the containers say. */
function readStatuses(spec: PodSpecDraft, found: Status): ReadResult<PodSpecDraft> {
  const conditions = found.conditions ?? [];
  return readWith(statuses, { status: found }, ({ status: { containerStatuses: own, initContainerStatuses } }) => {
    const all = [...(initContainerStatuses ?? []), ...(own ?? [])];
    const resized = isBeingResized(conditions) ? withResize(spec, all, conditions) : spec;
    const failsToStart = found.phase === 'Pending' ? failedStart(all) : undefined;
    return failsToStart === undefined ? resized : { ...resized, failsToStart };
  });
}

const statuses = z.object({ status: z.object({ containerStatuses, initContainerStatuses: containerStatuses }) });

/** What is wrong with the parts that are read apart, as far as there is an object to find them in. */
function issuesOfParts(value: unknown, parts: ReadContext['parts']): z.core.$ZodIssue[] {
  const { metadata, spec } = isFields(value) ? value : {};
  const { labels, annotations, ownerReferences } = isFields(metadata) ? metadata : {};
  return [
    ...issuesAt(['metadata', 'labels'], parts.labels.read(labels)),
    ...issuesAt(['metadata', 'annotations'], parts.annotations.read(annotations)),
    ...issuesAt(['metadata', 'ownerReferences'], parts.owner.read(ownerReferences)),
    ...(isFields(spec) ? issuesAt(['spec'], parts.specs.read(spec)) : []),
  ];
}

function issuesAt(path: readonly string[], reading: ReadResult<unknown>): z.core.$ZodIssue[] {
  return 'issues' in reading ? reading.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })) : [];
}

/** An ephemeral volume's claim bears the names of its pod and volume. */
function withClaims(spec: PodSpecDraft, podName: string): PodSpecDraft {
  if (!spec.volumes.some(({ source }) => source === 'ephemeral')) return spec;
  const volumes = spec.volumes.map((each) => (each.source === 'ephemeral' ? { ...each, claimName: `${podName}-${each.name}` } : each));
  return { ...spec, volumes };
}

const CAUSES = ['EvictionByEvictionAPI', 'PreemptionByScheduler', 'DeletionByTaintManager', 'DeletionByPodGC'] as const;

/** `deletionTimestamp` is when the grace period ends. */
function terminationOf(meta: PodMetadata, conditions: readonly Condition[]): TerminationDraft {
  const gracePeriodSeconds = meta.deletionGracePeriodSeconds ?? 30;
  const endsAt = epochOf(meta.deletionTimestamp);
  const requestedEpoch = endsAt === undefined ? undefined : endsAt - gracePeriodSeconds * 1000;
  const reason = conditions.find(({ type, status: state }) => type === 'DisruptionTarget' && state === 'True')?.reason;
  return { requestedEpoch, gracePeriodSeconds, cause: CAUSES.find((cause) => cause === reason) ?? 'Delete' };
}
