import { z } from 'zod';
import type { LabelSelector, Labels, Requirement } from '../../cluster/LabelSelector.ts';
import type { NodeSelectorTerm } from '../../cluster/PodSpec.ts';

/** Labels or annotations: plain text to text; null and absent mean none. */
export const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((given): Labels => given ?? {});

const requirement = z
  .object({
    key: z.string().min(1),
    operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
    values: z.array(z.string()).nullish(),
  })
  .transform(({ key, operator, values }): Requirement => ({ key, operator, values: values ?? [] }))
  .superRefine(checkValues);

/**
 * A label selector with `matchLabels` folded in front of `matchExpressions`.
 * @see kubernetes/apimachinery pkg/apis/meta/v1/helpers.go (LabelSelectorAsSelector)
 */
export const labelSelector = z
  .object({ matchLabels: labels, matchExpressions: z.array(requirement).nullish() })
  .transform(
    ({ matchLabels, matchExpressions }): LabelSelector => ({ requirements: [...inEach(matchLabels), ...(matchExpressions ?? [])] }),
  );

/** The selector of a ReplicationController or a Service: labels that must all be there. */
export const equalitySelector = labels.transform((given): LabelSelector => ({ requirements: inEach(given) }));

const nodeRequirement = z
  .object({
    key: z.string().min(1),
    operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
    values: z.array(z.string()).nullish(),
  })
  .transform(({ key, operator, values }): Requirement => ({ key, operator, values: values ?? [] }))
  .superRefine(checkValues);

/** One term of a node selector: both lists must hold. */
export const nodeSelectorTerm = z
  .object({ matchExpressions: z.array(nodeRequirement).nullish(), matchFields: z.array(nodeRequirement).nullish() })
  .transform(
    ({ matchExpressions, matchFields }): NodeSelectorTerm => ({
      matchExpressions: matchExpressions ?? [],
      matchFields: matchFields ?? [],
    }),
  );

function inEach(given: Labels): Requirement[] {
  return Object.entries(given).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
}

function checkValues({ operator, values }: Requirement, context: z.RefinementCtx): void {
  const complain = (message: string) => context.addIssue({ code: 'custom', message, path: ['values'] });
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0) complain(`operator ${operator} needs at least one value`);
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0) complain(`operator ${operator} takes no values`);
  if ((operator === 'Gt' || operator === 'Lt') && values.length !== 1) complain(`operator ${operator} needs exactly one value`);
}
