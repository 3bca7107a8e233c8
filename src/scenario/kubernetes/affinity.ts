import { z } from 'zod';
import type { Affinity, PodAffinity, PodAffinityTerm, TopologySpreadConstraint } from '../../cluster/PodSpec.ts';
import { labelSelector, nodeSelectorTerm } from './labelSelector.ts';

const keys = z
  .array(z.string())
  .nullish()
  .transform((given): readonly string[] => given ?? []);

const weight = z.number().int().min(1).max(100);

const podAffinityTerm = z
  .object({
    labelSelector: labelSelector.nullish(),
    topologyKey: z.string().min(1),
    namespaces: keys,
    namespaceSelector: labelSelector.nullish(),
    matchLabelKeys: keys,
    mismatchLabelKeys: keys,
  })
  .transform(
    ({ labelSelector: selector, namespaceSelector, ...rest }): PodAffinityTerm => ({
      ...rest,
      labelSelector: selector ?? undefined,
      namespaceSelector: namespaceSelector ?? undefined,
    }),
  );

const podAffinity = z
  .object({
    requiredDuringSchedulingIgnoredDuringExecution: z.array(podAffinityTerm).nullish(),
    preferredDuringSchedulingIgnoredDuringExecution: z.array(z.object({ weight, podAffinityTerm })).nullish(),
  })
  .nullish()
  .transform(
    (given): PodAffinity => ({
      required: given?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
      preferred: (given?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((preference) => ({
        weight: preference.weight,
        term: preference.podAffinityTerm,
      })),
    }),
  );

const nodeAffinity = z
  .object({
    requiredDuringSchedulingIgnoredDuringExecution: z.object({ nodeSelectorTerms: z.array(nodeSelectorTerm).nullish() }).nullish(),
    preferredDuringSchedulingIgnoredDuringExecution: z.array(z.object({ weight, preference: nodeSelectorTerm })).nullish(),
  })
  .nullish()
  .transform((given): Affinity['node'] => {
    const required = given?.requiredDuringSchedulingIgnoredDuringExecution;
    return {
      required: required ? (required.nodeSelectorTerms ?? []) : undefined,
      preferred: (given?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((preferred) => ({
        weight: preferred.weight,
        term: preferred.preference,
      })),
    };
  });

/** `spec.affinity` of a pod; everything empty when it is absent. */
export const affinity = z
  .object({ nodeAffinity, podAffinity, podAntiAffinity: podAffinity })
  .nullish()
  .transform(
    (given): Affinity => ({
      node: given?.nodeAffinity ?? { required: undefined, preferred: [] },
      pod: given?.podAffinity ?? { required: [], preferred: [] },
      podAnti: given?.podAntiAffinity ?? { required: [], preferred: [] },
    }),
  );

const policy = z.enum(['Honor', 'Ignore']).nullish();

/** One entry of `spec.topologySpreadConstraints` with the policies that the API server fills in. @see KEP-3094 */
export const topologySpreadConstraint = z
  .object({
    maxSkew: z.number().int().min(1),
    topologyKey: z.string().min(1),
    whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
    labelSelector: labelSelector.nullish(),
    minDomains: z.number().int().min(1).nullish(),
    nodeAffinityPolicy: policy,
    nodeTaintsPolicy: policy,
    matchLabelKeys: keys,
  })
  .transform(
    (given): TopologySpreadConstraint => ({
      ...given,
      labelSelector: given.labelSelector ?? undefined,
      minDomains: given.minDomains ?? undefined,
      nodeAffinityPolicy: given.nodeAffinityPolicy ?? 'Honor',
      nodeTaintsPolicy: given.nodeTaintsPolicy ?? 'Ignore',
    }),
  );
