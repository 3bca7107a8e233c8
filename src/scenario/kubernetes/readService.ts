import { z } from 'zod';
import type { Namespace, PriorityClass, Service } from '../../cluster/ClusterObjects.ts';
import { equalitySelector } from './labelSelector.ts';
import { metadata } from './metadata.ts';
import type { ReadContext } from './ReadContext.ts';
import { type ReadResult, readWith } from './readWith.ts';

const service = z.object({ metadata, spec: z.object({ selector: equalitySelector }).nullish() });

/** Reads a Service; one without selector selects nothing. */
export function readService(value: unknown, _context: ReadContext): ReadResult<Service> {
  return readWith(service, value, ({ metadata: { namespace, name }, spec }) => ({
    namespace,
    name,
    selector: spec && spec.selector.requirements.length > 0 ? spec.selector : undefined,
  }));
}

const namespace = z.object({ metadata });

/** Reads a Namespace, including the label with its name that the API server adds. */
export function readNamespace(value: unknown, _context: ReadContext): ReadResult<Namespace> {
  return readWith(namespace, value, ({ metadata: { name, labels, deletionTimestamp } }) => ({
    name,
    labels: { ...labels, [NAMESPACE_NAME]: name },
    ...(deletionTimestamp ? { isTerminating: true } : {}),
  }));
}

/** The label that every namespace bears. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

const priorityClass = z.object({
  metadata,
  value: z.number().int(),
  globalDefault: z.boolean().nullish(),
  preemptionPolicy: z.enum(['PreemptLowerPriority', 'Never']).nullish(),
});

/** Reads a PriorityClass; its pods may preempt others unless it says Never. */
export function readPriorityClass(value: unknown, _context: ReadContext): ReadResult<PriorityClass> {
  return readWith(priorityClass, value, (given) => ({
    name: given.metadata.name,
    value: given.value,
    globalDefault: given.globalDefault ?? false,
    preemptionPolicy: given.preemptionPolicy ?? 'PreemptLowerPriority',
  }));
}
