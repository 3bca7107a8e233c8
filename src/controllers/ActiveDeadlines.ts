import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, seconds } from '../units.ts';
import type { Kubelet } from './Kubelet.ts';

export interface ActiveDeadlinesOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly kubelet: Pick<Kubelet, 'expire'>;
}

/**
 * Has kubelets end pods whose `activeDeadlineSeconds` are over, counted from when the kubelet first saw the pod: whatever their restart
 * policy, they fail. A kubelet that is stopped then does so when it is back. Deadlines alone do not keep a run going.
 * @see kubernetes/kubernetes pkg/kubelet/active_deadline.go (pastActiveDeadline)
 */
export class ActiveDeadlines implements ClusterListener {
  readonly on: ChangeHandlers = {
    podGiven: ({ pod }) => this.plan(pod),
    podBound: ({ pod }) => this.plan(pod),
    nodeUpdated: ({ node }) => {
      if (this.late.size > 0 && node.isPosting) this.catchUp(node);
    },
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly kubelet: ActiveDeadlinesOptions['kubelet'];
  /** Pods whose time was over while their kubelet was stopped. */
  private readonly late = new Set<Pod>();

  /** Begins with the pods that the cluster holds. */
  constructor({ sim, cluster, kubelet }: ActiveDeadlinesOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.kubelet = kubelet;
    for (const pod of cluster.podsOfClasses(hasDeadline)) this.plan(pod);
  }

  concerns(podClass: PodClass): boolean {
    return hasDeadline(podClass);
  }

  private plan(pod: Pod): void {
    const { activeDeadlineSeconds } = pod.spec;
    if (activeDeadlineSeconds === undefined || pod.boundAt === undefined || pod.isFinished) return;
    const deadline = after(pod.boundAt, seconds(activeDeadlineSeconds));
    this.expireAt(pod, Math.max(this.sim.now, deadline) as Instant);
  }

  private expireAt(pod: Pod, at: Instant): void {
    const event = { kind: 'podDeadline', entity: pod.key, isBackground: true, fire: () => this.expire(pod) };
    this.sim.schedule(event, at, 'Change');
  }

  private expire(pod: Pod): void {
    if (!pod.exists || pod.isFinished || pod.isTerminating) return;
    if (!this.cluster.nodeOf(pod)?.isPosting) {
      this.late.add(pod);
      return;
    }
    this.cluster.recordEvent(`Pod/${pod.key}`, 'DeadlineExceeded', 'Pod was active on the node longer than the specified deadline');
    this.kubelet.expire(pod);
  }

  private catchUp(node: Node): void {
    for (const pod of [...this.late].filter(({ nodeName }) => nodeName === node.name)) {
      this.late.delete(pod);
      this.expireAt(pod, this.sim.now);
    }
  }
}

function hasDeadline({ spec }: PodClass): boolean {
  return spec.activeDeadlineSeconds !== undefined;
}
