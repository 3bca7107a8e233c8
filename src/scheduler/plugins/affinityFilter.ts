import type { Pod } from '../../cluster/Pod.ts';
import { type AffinityTarget, type AffinityTerm, affinityTermMatches, type NamespaceLabels } from '../AffinityTerms.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { type Refusal, unresolvable, unschedulable } from '../NodeVerdict.ts';
import { type FilterPreparation, SKIP } from '../Plugin.ts';
import type { AlikePods } from '../PodsByNode.ts';
import { TopologyCounts } from '../TopologyCounts.ts';

/**
 * Checks required affinity and anti-affinity, the pod's own and that of existing pods against it.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/filtering.go
 */
export function prepareAffinityFilter(pod: Pod, context: CycleContext): FilterPreparation {
  const affinity = new RequiredAffinity(pod, context);
  affinity.countExisting();
  if (affinity.saysNothing) return SKIP;
  return {
    kind: 'filter',
    filter: {
      check: (node) => affinity.check(node),
      addPod: (other, node) => affinity.countPod(other, node, 1),
      removePod: (other, node) => affinity.countPod(other, node, -1),
    },
  };
}

/** Labels of the namespaces of `context`. */
export function namespaceLabelsOf({ cluster }: CycleContext): NamespaceLabels {
  return (namespace) => cluster.namespaces.get(namespace)?.labels ?? {};
}

/** Of a node too far from the pods that required affinity asks for. */
export const NOT_NEAR = unresolvable("node(s) didn't match pod affinity rules");
/** Of a node too near to pods that the pod's own anti-affinity names. */
export const TOO_NEAR = unschedulable("node(s) didn't match pod anti-affinity rules");
/** Of a node too near to pods whose anti-affinity names the pod. */
export const UNWELCOME = unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");

/** The counts behind one pod's required terms, by topology domain. */
class RequiredAffinity {
  private readonly pod: Pod;
  private readonly context: CycleContext;
  private readonly near: readonly AffinityTerm[];
  private readonly apart: readonly AffinityTerm[];
  private readonly namespaceLabels: NamespaceLabels;
  /** Pods that match all of `near`; pods that match a term of `apart`; terms of existing pods that want this pod elsewhere. */
  private readonly wanted = new TopologyCounts();
  private readonly unwanted = new TopologyCounts();
  private readonly unwelcoming = new TopologyCounts();

  constructor(pod: Pod, context: CycleContext) {
    this.pod = pod;
    this.context = context;
    const terms = context.demands.of(pod).affinity;
    this.near = terms?.required ?? [];
    this.apart = terms?.requiredAnti ?? [];
    this.namespaceLabels = namespaceLabelsOf(context);
  }

  get saysNothing(): boolean {
    return this.near.length === 0 && this.apart.length === 0 && this.unwelcoming.isEmpty;
  }

  countExisting(): void {
    const { podsByNode } = this.context;
    for (const pods of podsByNode.allWithAffinity()) this.countTermsOf(pods);
    if (this.near.length === 0 && this.apart.length === 0) return;
    for (const pods of podsByNode.all()) this.countMatching(pods);
  }

  /** Takes one pod more or less on `node` into account. */
  countPod(other: Pod, node: NodeInfo, change: 1 | -1): void {
    const { namespace, labels } = other;
    const pods: AlikePods = { namespace, labels, affinity: this.context.demands.of(other).affinity, nodes: [[node, change]] };
    this.countTermsOf(pods);
    this.countMatching(pods);
  }

  check({ node }: NodeInfo): Refusal | undefined {
    if (!this.isNearEnough(node.labels)) return NOT_NEAR;
    if (this.apart.some(({ topologyKey }) => this.unwanted.at(topologyKey, node.labels) > 0)) return TOO_NEAR;
    return this.unwelcoming.sumFor(node.labels) > 0 ? UNWELCOME : undefined;
  }

  private countTermsOf({ affinity, nodes }: AlikePods): void {
    for (const term of affinity?.requiredAnti ?? []) {
      if (!this.matches(term, this.pod)) continue;
      for (const [{ node }, pods] of nodes) this.unwelcoming.count(term.topologyKey, node.labels, pods);
    }
  }

  private countMatching(target: AlikePods): void {
    const isWanted = this.near.length > 0 && this.near.every((term) => this.matches(term, target));
    const matched = this.apart.filter((term) => this.matches(term, target));
    if (!isWanted && matched.length === 0) return;
    for (const [{ node }, pods] of target.nodes) {
      if (isWanted) for (const { topologyKey } of this.near) this.wanted.count(topologyKey, node.labels, pods);
      for (const { topologyKey } of matched) this.unwanted.count(topologyKey, node.labels, pods);
    }
  }

  /** If no wanted pod exists anywhere, the first pod of a group that wants to be together may start it on any node with the labels. */
  private isNearEnough(labels: Readonly<Record<string, string>>): boolean {
    if (this.near.some(({ topologyKey }) => labels[topologyKey] === undefined)) return false;
    if (this.near.every(({ topologyKey }) => this.wanted.at(topologyKey, labels) > 0)) return true;
    return this.wanted.isEmpty && this.near.every((term) => this.matches(term, this.pod));
  }

  private matches(term: AffinityTerm, target: AffinityTarget): boolean {
    return affinityTermMatches(term, target, this.namespaceLabels);
  }
}
