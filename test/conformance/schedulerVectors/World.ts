import type { Cluster } from '../../../src/cluster/Cluster.ts';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { KubernetesVersion } from '../../../src/cluster/KubernetesVersion.ts';
import type { Pod, PodDescription } from '../../../src/cluster/Pod.ts';
import { explainDecision } from '../../../src/scheduler/explainDecision.ts';
import type { NodeVerdict } from '../../../src/scheduler/NodeVerdict.ts';
import type { ScorePlugin } from '../../../src/scheduler/Plugin.ts';
import { SchedulerState } from '../../../src/scheduler/SchedulerState.ts';
import { scheduleOne } from '../../../src/scheduler/scheduleOne.ts';
import { aPod } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

/** A cluster with one pending pod and a scheduler that looks at all nodes. */
export class World {
  readonly cluster: Cluster;
  readonly state: SchedulerState;
  readonly pod: Pod;

  constructor(objects: Partial<ClusterObjects>, pending: Partial<PodDescription>, version: KubernetesVersion) {
    this.cluster = clusterOf({ ...NO_OBJECTS, ...objects });
    this.pod = this.cluster.addPod(aPod('pending', pending));
    this.state = new SchedulerState(this.cluster, { version, percentageOfNodesToScore: 100 });
  }

  /** The message of the pod that fits nowhere, '' when it fits. */
  message(): string {
    const decision = scheduleOne(this.state, this.pod);
    return decision.kind === 'bound' ? '' : decision.message;
  }

  /** The first refusal of `node`, undefined when it is feasible. */
  refusal(node: string): NodeVerdict | undefined {
    return explainDecision(this.state, this.pod).nodes.find((each) => each.node === node)?.refusals[0];
  }

  isFeasible(node: string): boolean {
    return this.refusal(node) === undefined;
  }

  /** Raw and normalized scores of all nodes, in the order of the cluster; undefined when the plugin skips the pod. */
  scores(plugin: ScorePlugin): { readonly raw: readonly number[]; readonly normalized: readonly number[] } | undefined {
    const nodes = [...this.cluster.nodes.keys()].flatMap((name) => this.state.snapshot.node(name) ?? []);
    const scorer = plugin.prepareScore(this.pod, this.state, nodes);
    const raw = nodes.map((node) => scorer?.score(node) ?? Number.NaN);
    return scorer && { raw, normalized: scorer.normalize?.(raw, nodes) ?? raw };
  }
}

/** A refusal's status in Kubernetes' words. */
export function statusOf(verdict: NodeVerdict | undefined): string {
  if (!verdict) return 'Success';
  return verdict.canPreemptionHelp ? 'Unschedulable' : 'UnschedulableAndUnresolvable';
}
