import { z } from 'zod';
import type { Labels } from '../../cluster/LabelSelector.ts';
import type { OwnerReference } from '../../cluster/OwnerReference.ts';
import { type Instant, START } from '../../units.ts';
import { labels } from './labelSelector.ts';

const ownerReference = z.object({
  apiVersion: z.string().nullish(),
  kind: z.string(),
  name: z.string(),
  controller: z.boolean().nullish(),
});

/** Annotations longer than this decide nothing here and are left out, as is what `kubectl apply` last wrote. */
const LONGEST_ANNOTATION = 256;

/** Annotations that can decide anything. */
export const annotations = labels.transform(
  (given): Labels =>
    Object.fromEntries(Object.entries(given).filter(([key, value]) => key !== LAST_APPLIED && value.length <= LONGEST_ANNOTATION)),
);

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The controller among `ownerReferences`, undefined without one. */
export const owner = z
  .array(ownerReference)
  .nullish()
  .transform((references): OwnerReference | undefined => controllerOf(references ?? []));

const identity = {
  name: z.string().min(1),
  namespace: z.string().nullish(),
  uid: z.string().nullish(),
  generation: z.number().int().nonnegative().nullish(),
};

const times = {
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().nullish(),
  deletionGracePeriodSeconds: z.number().int().nonnegative().nullish(),
};

/** `metadata` of an object of a namespace or of the whole cluster; names are not checked beyond being there. */
export const metadata = z
  .object({ ...identity, labels, annotations, ...times, ownerReferences: owner })
  .transform(({ namespace, ownerReferences, ...rest }) => ({ ...rest, namespace: namespace || 'default', owner: ownerReferences }));

/** {@link metadata} with labels, annotations and owner as given: these are read separately, because thousands of pods share them. */
export const metadataHead = z.object({
  ...identity,
  labels: z.unknown().optional(),
  annotations: z.unknown().optional(),
  ...times,
  ownerReferences: z.unknown().optional(),
});

/** `metadata` of a pod template: it has neither name nor owner. */
export const templateMetadata = z.object({ labels, annotations });

/** What {@link metadata} reads. */
export type Metadata = z.output<typeof metadata>;

/** The time `text` (RFC 3339) in milliseconds since 1970, undefined when it is absent or no time. */
export function epochOf(text: string | null | undefined): number | undefined {
  const epoch = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(epoch) ? undefined : epoch;
}

/** A time in milliseconds since 1970 as an instant of a run that starts at `start`, but no later than t = 0; t = 0 if it is unknown. */
export function instantBefore(epoch: number | undefined, start: number): Instant {
  return epoch === undefined ? START : (Math.min(0, epoch - start) as Instant);
}

function controllerOf(references: readonly z.output<typeof ownerReference>[]): OwnerReference | undefined {
  const controller = references.find((reference) => reference.controller === true);
  return controller && { apiVersion: controller.apiVersion ?? '', kind: controller.kind, name: controller.name };
}
