import type { Cluster } from '../cluster/Cluster.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodTemplate } from '../cluster/PodSpec.ts';
import { type DaemonSet, type StatefulSet, type Workload, workloadKey } from '../cluster/Workload.ts';
import { templateHash } from './newReplicaSet.ts';

const REVISION_LABEL = 'controller-revision-hash';
const GENERATION_LABEL = 'pod-template-generation';

type Revisioned = StatefulSet | DaemonSet;

/**
 * Which revision of their template the pods of StatefulSets and DaemonSets have, and which one they are to have, by the label
 * `controller-revision-hash`. Pods without it are of the revision that their workload had at the start.
 * @see kubernetes/kubernetes pkg/controller/history/controller_history.go
 */
export class TemplateRevisions {
  private readonly cluster: Cluster;
  private readonly wanted = new Map<string, string>();
  private readonly known = new Map<string, string>();
  private readonly stamped = new WeakMap<PodTemplate, PodTemplate>();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** Takes note that a workload is there, or that it has another template. */
  note(workload: Workload, before?: Workload): void {
    if (workload.kind !== 'StatefulSet' && workload.kind !== 'DaemonSet') return;
    const key = workloadKey(workload);
    if (!this.wanted.has(key)) this.learn(key, before?.kind === workload.kind ? before : workload);
    if (!before || before.template === workload.template) return;
    const hash = templateHash(workload.template);
    this.wanted.set(key, this.known.get(`${key}@${hash}`) ?? hash);
  }

  /** Whether `pod` of `workload` has the template that it is to have. */
  isCurrent(workload: Revisioned, pod: Pod): boolean {
    return (pod.labels[REVISION_LABEL] ?? '') === this.wanted.get(workloadKey(workload));
  }

  /** `workload` with the label of its revision in the template. */
  stamp<W extends Revisioned>(workload: W): W {
    const revision = this.wanted.get(workloadKey(workload));
    if (!revision || workload.template.labels[REVISION_LABEL] === revision) return workload;
    const known = this.stamped.get(workload.template);
    const labels = { ...workload.template.labels, [REVISION_LABEL]: revision };
    const template = known ?? { ...workload.template, labels };
    this.stamped.set(workload.template, template);
    return { ...workload, template };
  }

  private learn(key: string, workload: Revisioned): void {
    const revision = workload.kind === 'StatefulSet' ? this.ofStatefulSet(workload) : this.ofDaemonSet(workload);
    this.wanted.set(key, revision);
    this.known.set(`${key}@${templateHash(workload.template)}`, revision);
  }

  private ofStatefulSet(set: StatefulSet): string {
    return set.updateRevision ?? commonRevision(this.cluster.podsOwnedBy(set));
  }

  /** A DaemonSet does not tell its revision: it is that of the pods of its template's generation. */
  private ofDaemonSet(daemonSet: DaemonSet): string {
    const pods = [...this.cluster.podsOwnedBy(daemonSet)];
    const { templateGeneration } = daemonSet;
    const generation = templateGeneration === undefined ? undefined : String(templateGeneration);
    const current = pods.filter(({ labels }) => generation === undefined || (labels[GENERATION_LABEL] ?? generation) === generation);
    return current.length > 0 || pods.length === 0 ? commonRevision(current) : templateHash(daemonSet.template);
  }
}

/** The revision of the last of `pods`; empty when there is none or it bears no label. */
function commonRevision(pods: Iterable<Pod>): string {
  return [...pods].at(-1)?.labels[REVISION_LABEL] ?? '';
}
