import { z } from 'zod';
import type { IndexRange, Job, PodFailureRule } from '../../cluster/Workload.ts';
import { labelSelector } from './labelSelector.ts';
import { epochOf, metadata } from './metadata.ts';
import { type PodTemplateDraft, podTemplate } from './podSpec.ts';
import type { ReadContext } from './ReadContext.ts';
import { type ReadResult, readWith } from './readWith.ts';
import { identity, type WorkloadDraft } from './readWorkload.ts';

const count = z.number().int().nonnegative();

const failureRule = z
  .object({
    action: z.enum(['Ignore', 'Count', 'FailJob', 'FailIndex']),
    onExitCodes: z.object({ operator: z.enum(['In', 'NotIn']), values: z.array(z.number().int()) }).nullish(),
    onPodConditions: z.array(z.object({ type: z.string(), status: z.string().nullish() })).nullish(),
  })
  .transform(({ action, onExitCodes, onPodConditions }): PodFailureRule[] => {
    if (onExitCodes) return [{ action, on: 'exitCode', operator: onExitCodes.operator, codes: onExitCodes.values }];
    const isDisruption = (onPodConditions ?? []).some(({ type, status }) => type === 'DisruptionTarget' && (status ?? 'True') === 'True');
    return isDisruption ? [{ action, on: 'disruption' }] : [];
  });

const schema = z.object({
  metadata,
  spec: z.object({
    parallelism: count.nullish(),
    completions: count.nullish(),
    backoffLimit: count.nullish(),
    backoffLimitPerIndex: count.nullish(),
    maxFailedIndexes: count.nullish(),
    completionMode: z.enum(['NonIndexed', 'Indexed']).nullish(),
    activeDeadlineSeconds: count.nullish(),
    podReplacementPolicy: z.enum(['TerminatingOrFailed', 'Failed']).nullish(),
    podFailurePolicy: z.object({ rules: z.array(failureRule) }).nullish(),
    suspend: z.boolean().nullish(),
    selector: labelSelector.nullish(),
    template: podTemplate,
  }),
  status: z
    .object({
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
      startTime: z.string().nullish(),
      completedIndexes: z.string().nullish(),
      failedIndexes: z.string().nullish(),
      succeeded: count.nullish(),
      failed: count.nullish(),
    })
    .nullish(),
});

/**
 * Reads a Job. One that has ended or is suspended runs nothing, which is parallelism 0. Without a selector the pods are found by the
 * label with the Job's name, as the API server would label them.
 * @see kubernetes/kubernetes pkg/apis/batch/v1/defaults.go
 */
export function readJob(value: unknown, _context: ReadContext): ReadResult<WorkloadDraft<Job>> {
  return readWith(schema, value, ({ metadata: meta, spec, status }) => {
    const hasEnded = (status?.conditions ?? []).some(({ type, status: state }) => ENDS.includes(type) && state === 'True');
    const isIdle = hasEnded || spec.suspend === true;
    const isSingle = typeof spec.completions !== 'number' && typeof spec.parallelism !== 'number';
    const nameLabel = { key: JOB_NAME, operator: 'In' as const, values: [meta.name] };
    return {
      ...identity(meta),
      kind: 'Job',
      selector: spec.selector ?? { requirements: [nameLabel] },
      parallelism: isIdle ? 0 : (spec.parallelism ?? 1),
      completions: isSingle ? 1 : (spec.completions ?? undefined),
      backoffLimit: spec.backoffLimit ?? (typeof spec.backoffLimitPerIndex === 'number' ? MOST_FAILURES : 6),
      podReplacementPolicy: spec.podReplacementPolicy ?? (spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed'),
      ...(isIdle ? {} : deadlineOf(spec, status)),
      ...endedOf(status),
      ...perIndexOf(spec, status),
      ...(spec.podFailurePolicy ? { podFailurePolicy: spec.podFailurePolicy.rules.flat() } : {}),
      template: spec.selector ? spec.template : withNameLabel(spec.template, meta.name),
    };
  });
}

/** The conditions of a Job that makes no more pods: the last two say so while its other pods are still ending. */
const ENDS = ['Complete', 'Failed', 'SuccessCriteriaMet', 'FailureTarget'];

/** The limit of a Job that has one for each of its indexes: as many as an int32 can count. */
const MOST_FAILURES = 2 ** 31 - 1;

type Given = z.infer<typeof schema>;

function deadlineOf(
  { activeDeadlineSeconds }: Given['spec'],
  status: Given['status'],
): Pick<Job, 'activeDeadlineSeconds' | 'startedEpoch'> {
  if (typeof activeDeadlineSeconds !== 'number') return {};
  const startedEpoch = epochOf(status?.startTime);
  return { activeDeadlineSeconds, ...(startedEpoch === undefined ? {} : { startedEpoch }) };
}

/** Only an Indexed Job may count by index. @see kubernetes/kubernetes pkg/apis/batch/validation/validation.go (validateJobSpec) */
function perIndexOf(
  { completionMode, backoffLimitPerIndex, maxFailedIndexes, completions }: Given['spec'],
  status: Given['status'],
): Pick<Job, 'perIndex'> {
  if (completionMode !== 'Indexed' || typeof backoffLimitPerIndex !== 'number') return {};
  const failed = rangesIn(status?.failedIndexes ?? '', Math.min(completions ?? 0, MOST_FAILED_INDEXES));
  return {
    perIndex: {
      backoffLimit: backoffLimitPerIndex,
      ...(typeof maxFailedIndexes === 'number' ? { maxFailedIndexes } : {}),
      completed: rangesIn(status?.completedIndexes ?? '', completions ?? 0),
      failed: failed.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, offset) => first + offset)),
    },
  };
}

/** No Job may have more. @see kubernetes/kubernetes pkg/apis/batch/validation/validation.go (maxFailedIndexesForIndexedJob) */
const MOST_FAILED_INDEXES = 100_000;

/** The ranges of a list such as `1,3-5`, as far as they are below `completions`; what is no index is left out. */
function rangesIn(text: string, completions: number): IndexRange[] {
  return text.split(',').flatMap((part) => {
    const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const range = { first: Number(from), last: Math.min(Number(to), completions - 1) };
    return from !== '' && range.first <= range.last ? [range] : [];
  });
}

function endedOf(status: Given['status']): Pick<Job, 'ended'> {
  const [succeeded, failed] = [status?.succeeded ?? 0, status?.failed ?? 0];
  return succeeded + failed > 0 || status?.startTime ? { ended: { succeeded, failed } } : {};
}

const JOB_NAME = 'batch.kubernetes.io/job-name';

function withNameLabel(template: PodTemplateDraft, name: string): PodTemplateDraft {
  return { ...template, labels: { ...template.labels, [JOB_NAME]: name, 'job-name': name } };
}
