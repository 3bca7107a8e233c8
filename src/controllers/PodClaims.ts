import type { Cluster } from '../cluster/Cluster.ts';
import { selectorMatches } from '../cluster/LabelSelector.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { type Workload, workloadKey } from '../cluster/Workload.ts';
import { referenceTo } from './PodSeries.ts';

/** Which pods a kind of workload looks at when it claims them. */
export interface ClaimRules {
  /** Of those without an owner that a selector holds for. */
  readonly mayAdopt: (pod: Pod) => boolean;
  /** Its own pods that the selector no longer matches. */
  readonly mayRelease: (pod: Pod) => boolean;
}

/** The rules of a workload that claims all of its pods, however they fare: a pod that is being deleted is never adopted. */
export const CLAIMS_ALL: ClaimRules = { mayAdopt: (pod) => !pod.isTerminating, mayRelease: () => true };

/**
 * The pods that workloads have yet to adopt or to release, by the key of the workload.
 * @see kubernetes/kubernetes pkg/controller/controller_ref_manager.go (ClaimPods)
 */
export class PodClaims {
  private readonly cluster: Cluster;
  private readonly rules: ClaimRules;
  private readonly pods = new Map<string, Set<Pod>>();

  constructor(cluster: Cluster, rules: ClaimRules) {
    this.cluster = cluster;
    this.rules = rules;
  }

  get isEmpty(): boolean {
    return this.pods.size === 0;
  }

  /** Lets the workload with the key `key` look at `pod` when its pods are next settled. */
  add(key: string, pod: Pod): void {
    const pods = this.pods.get(key) ?? new Set<Pod>();
    this.pods.set(key, pods.add(pod));
  }

  /** Adopts those of `pods` that the selector of `workload` matches, and releases those that it owns and no longer matches. */
  settle(workload: Workload): void {
    const key = workloadKey(workload);
    const pods = this.pods.get(key);
    if (!pods) return;
    this.pods.delete(key);
    for (const pod of pods) if (pod.exists) this.settlePod(pod, workload, key);
  }

  private settlePod(pod: Pod, workload: Workload, key: string): void {
    const isSelected = selects(workload, pod.podClass);
    const { mayAdopt, mayRelease } = this.rules;
    if (!isSelected && pod.podClass.ownerKey === key && mayRelease(pod)) this.cluster.setPodOwner(pod, undefined);
    else if (isSelected && !pod.owner && mayAdopt(pod)) this.cluster.setPodOwner(pod, referenceTo(workload));
  }
}

/** Whether the selector of `workload` holds for pods of a class; an empty one holds for none. */
export function selects({ namespace, selector }: Workload, podClass: PodClass): boolean {
  return namespace === podClass.namespace && selector.requirements.length > 0 && selectorMatches(selector, podClass.labels);
}

/** The pods without an owner that one of `workloads` selects, in order of creation. */
export function orphansOf(cluster: Cluster, workloads: readonly Workload[]): readonly Pod[] {
  return cluster.podsOfClasses((podClass) => !podClass.owner && workloads.some((workload) => selects(workload, podClass)));
}
