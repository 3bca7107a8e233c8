import { z } from 'zod';
import type { Job, PodFailureRule } from '../../cluster/Workload.ts';
import { labelSelector } from './labelSelector.ts';
import { metadata } from './metadata.ts';
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
    podReplacementPolicy: z.enum(['TerminatingOrFailed', 'Failed']).nullish(),
    podFailurePolicy: z.object({ rules: z.array(failureRule) }).nullish(),
    suspend: z.boolean().nullish(),
    selector: labelSelector.nullish(),
    template: podTemplate,
  }),
  status: z
    .object({
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
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
    const hasEnded = (status?.conditions ?? []).some(({ type, status: state }) => isEnd(type) && state === 'True');
    const isSingle = typeof spec.completions !== 'number' && typeof spec.parallelism !== 'number';
    const nameLabel = { key: JOB_NAME, operator: 'In' as const, values: [meta.name] };
    return {
      ...identity(meta),
      kind: 'Job',
      selector: spec.selector ?? { requirements: [nameLabel] },
      parallelism: hasEnded || spec.suspend ? 0 : (spec.parallelism ?? 1),
      completions: isSingle ? 1 : (spec.completions ?? undefined),
      backoffLimit: spec.backoffLimit ?? 6,
      podReplacementPolicy: spec.podReplacementPolicy ?? (spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed'),
      ...endedOf(status),
      ...(spec.podFailurePolicy ? { podFailurePolicy: spec.podFailurePolicy.rules.flat() } : {}),
      template: spec.selector ? spec.template : withNameLabel(spec.template, meta.name),
    };
  });
}

function endedOf(status: z.infer<typeof schema>['status']): Pick<Job, 'ended'> {
  const [succeeded, failed] = [status?.succeeded ?? 0, status?.failed ?? 0];
  return succeeded + failed > 0 ? { ended: { succeeded, failed } } : {};
}

const JOB_NAME = 'batch.kubernetes.io/job-name';

function isEnd(type: string): boolean {
  return type === 'Complete' || type === 'Failed';
}

function withNameLabel(template: PodTemplateDraft, name: string): PodTemplateDraft {
  return { ...template, labels: { ...template.labels, [JOB_NAME]: name, 'job-name': name } };
}
