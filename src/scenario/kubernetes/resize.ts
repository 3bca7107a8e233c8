import type { Container } from '../../cluster/PodSpec.ts';
import type { ResourceList } from '../../cluster/ResourceList.ts';
import type { ContainerStatus } from './containerStatus.ts';
import type { PodSpecDraft } from './podSpec.ts';

/** A condition of a pod, as far as it tells of resizes. */
interface Condition {
  readonly type: string;
  readonly reason?: string | null | undefined;
}

/** Whether the containers of a pod with these conditions may have other resources than its spec asks for. */
export function isBeingResized(conditions: readonly Condition[]): boolean {
  return conditions.some(({ type }) => type === 'PodResizePending' || type === 'PodResizeInProgress');
}

/**
 * `spec` with what the scheduler counts for its containers while they are being resized: per resource the most of what is asked for, what
 * they have and what is allocated to them; what is asked for does not count once their node has found the resize infeasible. Init containers
 * other than sidecars are not resized.
 * @see kubernetes/kubernetes staging/src/k8s.io/component-helpers/resource/helpers.go (determineContainerReqs, IsPodResizeInfeasible)
 */
export function withResize(spec: PodSpecDraft, statuses: readonly ContainerStatus[], conditions: readonly Condition[]): PodSpecDraft {
  const isInfeasible = conditions.find(({ type }) => type === 'PodResizePending')?.reason === 'Infeasible';
  const resized = (container: Container): Container => {
    const { resources, allocatedResources } = statuses.find(({ name }) => name === container.name) ?? {};
    if (!resources || !allocatedResources) return container;
    const asked = isInfeasible ? {} : container.requests;
    return { ...container, countedRequests: most([asked, resources.requests, allocatedResources]) };
  };
  return {
    ...spec,
    containers: spec.containers.map(resized),
    initContainers: spec.initContainers.map((each) => (each.restartPolicy === 'Always' ? resized(each) : each)),
  };
}

function most(lists: readonly ResourceList[]): ResourceList {
  const names = new Set(lists.flatMap((list) => Object.keys(list)));
  return Object.fromEntries([...names].map((name) => [name, Math.max(...lists.map((list) => list[name] ?? 0))]));
}
