import { z } from 'zod';
import type { ClaimTemplate, PersistentVolumeClaim, StorageClass } from '../../cluster/Storage.ts';
import type { ReadContext } from './ReadContext.ts';
import { readPersistentVolumeClaim } from './readStorage.ts';

const schema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().nullish() }),
  spec: z.object({
    replicas: z.number().nullish(),
    ordinals: z.object({ start: z.number().nullish() }).nullish(),
    volumeClaimTemplates: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })).nullish(),
  }),
});

/** Reads a claim template of a StatefulSet; of one that cannot be read as a claim only the name is kept. */
export function readClaimTemplate(template: { readonly metadata: { readonly name: string } }, context: ReadContext): ClaimTemplate {
  const reading = readPersistentVolumeClaim(template, context);
  if (!('value' in reading)) return { ...PLAIN_CLAIM, name: template.metadata.name };
  const { name, storageClassName, request, accessModes, volumeMode, selector } = reading.value;
  return { name, storageClassName, request, accessModes, volumeMode, selector };
}

const PLAIN_CLAIM = {
  storageClassName: undefined,
  request: 0,
  accessModes: ['ReadWriteOnce'],
  volumeMode: 'Filesystem',
  selector: undefined,
} as const;

/** The claims that the pods of a StatefulSet need according to its claim templates, unbound, whether they exist already or not. */
export function claimsOfStatefulSet(value: unknown, context: ReadContext): PersistentVolumeClaim[] {
  const { data } = schema.safeParse(value);
  const templates = data?.spec.volumeClaimTemplates ?? [];
  const first = data?.spec.ordinals?.start ?? 0;
  const ordinals = Array.from({ length: data?.spec.replicas ?? 1 }, (_, index) => first + index);
  return templates.flatMap((template) =>
    ordinals.flatMap((ordinal) => {
      const name = `${template.metadata.name}-${data?.metadata.name}-${ordinal}`;
      const metadata = { ...template.metadata, name, namespace: data?.metadata.namespace };
      const reading = readPersistentVolumeClaim({ ...template, metadata }, context);
      return 'value' in reading ? [reading.value] : [];
    }),
  );
}

/**
 * The existing claims, followed by the needed ones that do not exist. An unbound claim without a class gets the default class, as from the
 * API server.
 * @see kubernetes/kubernetes plugin/pkg/admission/storage/storageclass/setdefault/admission.go
 */
export function completeClaims(
  existing: readonly PersistentVolumeClaim[],
  needed: readonly PersistentVolumeClaim[],
  classes: readonly StorageClass[],
): PersistentVolumeClaim[] {
  const known = new Set(existing.map(keyOf));
  const missing = needed.filter((claim) => !known.has(keyOf(claim)));
  const defaultClass = classes.find(({ isDefault }) => isDefault)?.name;
  return [...existing, ...missing].map((claim) =>
    claim.storageClassName === undefined && claim.volumeName === undefined ? { ...claim, storageClassName: defaultClass } : claim,
  );
}

function keyOf({ namespace, name }: PersistentVolumeClaim): string {
  return `${namespace}/${name}`;
}
