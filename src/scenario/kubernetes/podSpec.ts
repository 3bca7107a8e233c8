import { z } from 'zod';
import type { Affinity, PodSpec, PodTemplate } from '../../cluster/PodSpec.ts';
import type { ResourceList } from '../../cluster/ResourceList.ts';
import { affinity, topologySpreadConstraint } from './affinity.ts';
import { container, type ReadContainer, withHostPorts } from './container.ts';
import { labels } from './labelSelector.ts';
import { templateMetadata } from './metadata.ts';
import { resourceList } from './quantity.ts';
import { toleration } from './taint.ts';
import { volume } from './volume.ts';

/** A pod spec that still lacks its priority, because priority classes may come later in the input; {@link PodSpecs} completes it. */
export type PodSpecDraft = Omit<PodSpec, 'priority' | 'preemptionPolicy'> & {
  readonly priority: number | undefined;
  readonly preemptionPolicy: PodSpec['preemptionPolicy'] | undefined;
  readonly priorityClassName: string | undefined;
  /** A container has a preStop hook whose length nothing tells. */
  readonly hasOpaqueHook: boolean;
};

/** A template whose spec waits for the priority classes. */
export type PodTemplateDraft = Omit<PodTemplate, 'spec'> & { readonly spec: PodSpecDraft };

/** @see kubernetes/kubernetes pkg/apis/core/validation/validation.go (ValidatePodSpec) */
const LONGEST_DEADLINE = 2 ** 31 - 1;

const named = z.object({ name: z.string() });

/** `spec` of a pod or a template, with the defaults of the API server. @see kubernetes/kubernetes pkg/apis/core/v1/defaults.go */
export const podSpec = z
  .object({
    containers: z.array(container).min(1),
    initContainers: z.array(container).nullish(),
    overhead: resourceList,
    resources: z.object({ requests: resourceList, limits: resourceList }).nullish(),
    nodeSelector: labels,
    affinity,
    tolerations: z.array(toleration).nullish(),
    topologySpreadConstraints: z.array(topologySpreadConstraint).nullish(),
    priority: z.number().int().nullish(),
    priorityClassName: z.string().nullish(),
    preemptionPolicy: z.enum(['PreemptLowerPriority', 'Never', '']).nullish(),
    schedulerName: z.string().nullish(),
    schedulingGates: z.array(named).nullish(),
    nodeName: z.string().nullish(),
    hostNetwork: z.boolean().nullish(),
    activeDeadlineSeconds: z.number().int().min(1).max(LONGEST_DEADLINE).nullish(),
    restartPolicy: z.enum(['Always', 'OnFailure', 'Never', '']).nullish(),
    terminationGracePeriodSeconds: z.number().int().nullish(),
    volumes: z.array(volume).nullish(),
    resourceClaims: z.array(named).nullish(),
    readinessGates: z.array(z.object({ conditionType: z.string() })).nullish(),
  })
  .transform((given): PodSpecDraft => {
    const network = given.hostNetwork ? 'host' : 'pod';
    const all = [...given.containers, ...(given.initContainers ?? [])];
    return {
      containers: given.containers.map((each) => withHostPorts(each, network)),
      initContainers: (given.initContainers ?? []).map((each) => withHostPorts(each, network)),
      overhead: given.overhead,
      resources: given.resources ? withPodRequests(given.resources, all) : undefined,
      nodeSelector: given.nodeSelector,
      affinity: given.affinity,
      tolerations: given.tolerations ?? [],
      topologySpreadConstraints: given.topologySpreadConstraints ?? [],
      priority: given.priority ?? undefined,
      priorityClassName: given.priorityClassName || undefined,
      preemptionPolicy: given.preemptionPolicy || undefined,
      schedulerName: given.schedulerName || 'default-scheduler',
      schedulingGates: (given.schedulingGates ?? []).map(({ name }) => name),
      nodeName: given.nodeName || undefined,
      hostNetwork: given.hostNetwork ?? false,
      restartPolicy: given.restartPolicy || 'Always',
      terminationGracePeriodSeconds: gracePeriod(given.terminationGracePeriodSeconds),
      volumes: given.volumes ?? [],
      resourceClaims: (given.resourceClaims ?? []).map(({ name }) => name),
      readinessGates: (given.readinessGates ?? []).map(({ conditionType }) => conditionType),
      failsToStart: undefined,
      activeDeadlineSeconds: given.activeDeadlineSeconds ?? undefined,
      hasOpaqueHook: all.some(({ hasOpaqueHook }) => hasOpaqueHook),
    };
  });

/** `draft` with another affinity, field by field: the engine would keep a copy made with `...` as a hash table, six times as large. */
export function withAffinity(draft: Omit<PodSpecDraft, 'affinity'>, given: Affinity): PodSpecDraft {
  return {
    containers: draft.containers,
    initContainers: draft.initContainers,
    overhead: draft.overhead,
    resources: draft.resources,
    nodeSelector: draft.nodeSelector,
    affinity: given,
    tolerations: draft.tolerations,
    topologySpreadConstraints: draft.topologySpreadConstraints,
    priority: draft.priority,
    priorityClassName: draft.priorityClassName,
    preemptionPolicy: draft.preemptionPolicy,
    schedulerName: draft.schedulerName,
    schedulingGates: draft.schedulingGates,
    nodeName: draft.nodeName,
    hostNetwork: draft.hostNetwork,
    restartPolicy: draft.restartPolicy,
    terminationGracePeriodSeconds: draft.terminationGracePeriodSeconds,
    volumes: draft.volumes,
    resourceClaims: draft.resourceClaims,
    readinessGates: draft.readinessGates,
    failsToStart: draft.failsToStart,
    activeDeadlineSeconds: draft.activeDeadlineSeconds,
    hasOpaqueHook: draft.hasOpaqueHook,
  };
}

/** `template` of a workload. */
export const podTemplate = z.object({ metadata: templateMetadata.nullish(), spec: podSpec }).transform(
  (given): PodTemplateDraft => ({
    labels: given.metadata?.labels ?? {},
    annotations: given.metadata?.annotations ?? {},
    spec: given.spec,
  }),
);

/** Below 0 it was once let in, and counts as a second. @see kubernetes/kubernetes pkg/registry/core/pod/strategy.go (CheckGracefulDelete) */
function gracePeriod(given: number | null | undefined): number {
  if (given === undefined || given === null) return 30;
  return given < 0 ? 1 : given;
}

/** A pod-level limit that no container asks for is asked for by the pod. @see KEP-2837 */
function withPodRequests({ requests, limits }: PodLevel, containers: readonly ReadContainer[]): PodLevel {
  const asked = new Set(containers.flatMap(({ container: each }) => Object.keys(each.requests)));
  const missing = Object.entries(limits).filter(([resource]) => !(resource in requests) && !asked.has(resource));
  return { requests: { ...requests, ...Object.fromEntries(missing) }, limits };
}

interface PodLevel {
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}
