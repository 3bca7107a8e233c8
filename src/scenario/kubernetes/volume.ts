import { z } from 'zod';
import type { Volume } from '../../cluster/PodSpec.ts';

/** Sources whose fields the scheduler's volume plugins or a report of lost data look into. */
const READ_SOURCES = new Set([
  'awsElasticBlockStore',
  'azureDisk',
  'cinder',
  'csi',
  'emptyDir',
  'ephemeral',
  'gcePersistentDisk',
  'hostPath',
  'iscsi',
  'persistentVolumeClaim',
  'rbd',
]);

/**
 * One entry of `spec.volumes`. The random suffix of a service account's token volume is removed, so that pods of one template remain equal;
 * the fields of Secrets, ConfigMaps and projected volumes are left out.
 */
export const volume = z
  .looseObject({ name: z.string() })
  .superRefine(({ persistentVolumeClaim }, context) => {
    if (persistentVolumeClaim !== undefined && textField(persistentVolumeClaim, 'claimName') === undefined)
      context.addIssue({ code: 'custom', message: 'claimName is missing', path: ['persistentVolumeClaim'] });
  })
  .transform(({ name, ...sources }): Volume => {
    const [source, given] = Object.entries(sources).find(([, value]) => value !== null && value !== undefined) ?? ['emptyDir', {}];
    return {
      name: name.replace(/^(kube-api-access)-[a-z0-9]{5}$/, '$1'),
      source,
      claimName: source === 'persistentVolumeClaim' ? textField(given, 'claimName') : undefined,
      readOnly: isRecord(given) && given.readOnly === true,
      medium: source === 'emptyDir' ? textField(given, 'medium') || undefined : undefined,
      fields: READ_SOURCES.has(source) && isRecord(given) ? given : {},
    };
  });

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textField(value: unknown, field: string): string | undefined {
  const text = isRecord(value) ? value[field] : undefined;
  return typeof text === 'string' ? text : undefined;
}
