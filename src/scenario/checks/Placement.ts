import type { NodeDescription } from '../../cluster/Node.ts';
import type { PodDescription } from '../../cluster/Pod.ts';
import { firstUntolerated, isTolerated, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import { daemonPlacement } from '../../controllers/daemonPlacement.ts';
import { hasLabels } from '../hasLabels.ts';
import type { Scenario } from '../Scenario.ts';
import { admits, topologiesOf } from './admits.ts';
import { Crowd } from './Crowd.ts';
import type { PodGroup } from './PodGroup.ts';
import { type ReplicaBounds, replicaBounds } from './replicaBounds.ts';
import { requestsOf } from './requestsOf.ts';
import { Separation } from './Separation.ts';

/** A group whose place has not been judged yet. */
export interface GroupDraft extends Omit<PodGroup, 'place' | 'boundTo' | 'staysAt' | 'findsPlace'> {
  /** Those that exist and have not ended. */
  readonly pods: readonly PodDescription[];
  /** How many pods it may have before the roll, unless its maker wants more. */
  readonly most: number;
  /** Whether its pods have claims that their spec does not name. */
  readonly hasClaimTemplates: boolean;
  /** Whether its pods are being replaced by others. */
  readonly isChanging: boolean;
}

/**
 * Judges where the pods of each group are when the roll begins, as far as that follows from what is given. Whatever depends on the choices
 * of the scheduler, on other pods or on volumes is left open.
 */
export class Placement {
  private readonly scenario: Scenario;
  private readonly nodes: ReadonlyMap<string, NodeDescription>;
  private readonly rolled: ReadonlySet<string>;
  private readonly crowd: Crowd;
  private readonly separation: Separation;
  private readonly boundsOf: (group: GroupDraft) => ReplicaBounds;
  /** Pods of lower priority may be preempted before the roll. */
  private readonly preemptingPriority: number;
  /** The nodes that are open to pods, by what the pods say of nodes. */
  private readonly openTo = new Map<string, readonly NodeDescription[]>();

  constructor(scenario: Scenario, drafts: readonly GroupDraft[]) {
    this.scenario = scenario;
    this.nodes = new Map(scenario.cluster.nodes.map((node) => [node.name, node]));
    this.rolled = new Set(scenario.roll.nodes);
    this.boundsOf = replicaBounds(scenario);
    this.crowd = new Crowd(drafts.map((draft) => ({ pods: this.mostPods(draft), asked: requestsOf(draft.spec, scenario) })));
    this.separation = new Separation(drafts);
    this.preemptingPriority = Math.max(Number.NEGATIVE_INFINITY, ...drafts.map((draft) => this.priorityOfWaiting(draft)));
  }

  place(draft: GroupDraft): PodGroup {
    const { pods, most: _, hasClaimTemplates: __, isChanging, ...group } = draft;
    const boundTo = pods.flatMap((pod) => (isLeaving(pod) ? [] : (pod.nodeName ?? [])));
    const isUnsettled = isChanging || this.isPreemptible(draft) || this.isScaledDown(draft);
    const staysAt = isUnsettled ? [] : pods.flatMap((pod) => (this.isSettled(pod, draft) ? (pod.nodeName ?? []) : []));
    const findsPlace = this.findsPlace(draft, boundTo.length);
    return { ...group, boundTo, staysAt, findsPlace, place: this.placeOf(draft, { boundTo, staysAt, findsPlace }) };
  }

  private placeOf(draft: GroupDraft, { boundTo, staysAt, findsPlace }: Pick<PodGroup, 'boundTo' | 'staysAt' | 'findsPlace'>) {
    if (staysAt.some((name) => this.rolled.has(name))) return 'rolled';
    const open = this.nodesFor(draft);
    if (findsPlace > 0 && open.every(({ name }) => this.rolled.has(name))) return 'rolled';
    if (draft.staysOnNode && boundTo.length === 0 && open.some((node) => this.isSureOf(draft, node))) return 'rolled';
    if (boundTo.some((name) => this.rolled.has(name))) return 'unknown';
    return boundTo.length < draft.count && this.mayBeRolled(draft) ? 'unknown' : 'elsewhere';
  }

  private mayBeRolled({ spec: { nodeSelector } }: GroupDraft): boolean {
    return this.scenario.cluster.nodes.some(({ name, labels }) => this.rolled.has(name) && hasLabels(labels, nodeSelector));
  }

  /** How many of the pods that are not bound are certain to be. */
  private findsPlace(draft: GroupDraft, bound: number): number {
    const missing = this.boundsOf(draft).leastAtStart - bound;
    if (missing <= 0 || draft.staysOnNode || draft.isChanging || this.isLostSoon(draft) || dependsOnOthers(draft)) return 0;
    const asked = requestsOf(draft.spec, this.scenario);
    const open = this.nodesFor(draft);
    if (open.some(({ ready }) => ready !== 'True')) return 0;
    const itself = missing > this.fitting(draft) ? 0 : 1;
    if (this.separation.isFree(draft) && this.crowd.leavesOpen(open, asked, itself)) return missing;
    return bound === 0 && this.separation.isFreeOfOthers(draft) && this.crowd.leavesOpen(open, asked, this.mostPods(draft)) ? 1 : 0;
  }

  private isSureOf(draft: GroupDraft, node: NodeDescription): boolean {
    if (!this.rolled.has(node.name) || node.ready !== 'True' || dependsOnOthers(draft) || !this.separation.isFree(draft)) return false;
    return this.crowd.leavesOpen([node], requestsOf(draft.spec, this.scenario), 1);
  }

  private mostPods(draft: GroupDraft): number {
    const bound = draft.pods.filter(({ nodeName }) => nodeName !== undefined);
    const leaving = bound.filter(isLeaving).length;
    const missing = Math.max(draft.most, this.boundsOf(draft).most, draft.pods.length - leaving) + leaving - bound.length;
    return bound.length + (missing > 0 ? Math.min(missing, this.fitting(draft)) : 0);
  }

  /** How many pods of the group there is room for on empty nodes. */
  private fitting(draft: GroupDraft): number {
    if (draft.spec.schedulingGates.length > 0) return 0;
    const asked = requestsOf(draft.spec, this.scenario);
    const perNode = this.nodesFor(draft).map(({ allocatable }) =>
      Math.min(...asked.map(([resource, each]) => Math.floor((allocatable[resource] ?? 0) / each))),
    );
    return perNode.reduce((total, each) => total + each, 0);
  }

  private isPreemptible({ spec }: GroupDraft): boolean {
    return spec.priority < this.preemptingPriority;
  }

  /** Whether pods of the group may be preempted and nobody makes them anew. */
  private isLostSoon(draft: GroupDraft): boolean {
    return this.isPreemptible(draft) && !draft.hasMaker;
  }

  /** The priority with which pods of the group may preempt others before the roll. */
  private priorityOfWaiting(draft: GroupDraft): number {
    const { spec, pods } = draft;
    const bound = pods.filter(({ nodeName }) => nodeName !== undefined).length;
    const mayPreempt = bound < draft.count && spec.preemptionPolicy !== 'Never' && spec.schedulingGates.length === 0;
    return mayPreempt ? spec.priority : Number.NEGATIVE_INFINITY;
  }

  /** Whether some of its pods are too many. */
  private isScaledDown(draft: GroupDraft): boolean {
    const { hasMaker, staysOnNode, pods } = draft;
    return hasMaker && !staysOnNode && pods.filter((pod) => !isLeaving(pod)).length > this.boundsOf(draft).leastAtStart;
  }

  private isSettled(pod: PodDescription, { hasMaker, kind, spec }: GroupDraft): boolean {
    const node = pod.nodeName === undefined ? undefined : this.nodes.get(pod.nodeName);
    if (!node || isLeaving(pod) || pod.phase !== 'Running' || node.ready !== 'True') return false;
    if (hasMaker && kind === 'DaemonSet') return daemonPlacement(spec, node) !== 'none';
    return firstUntolerated(node.taints, pod.spec.tolerations, ['NoExecute']) === undefined;
  }

  private nodesFor({ spec, staysOnNode }: GroupDraft): readonly NodeDescription[] {
    const { nodeName, nodeSelector, affinity, tolerations } = spec;
    const key = JSON.stringify([staysOnNode, nodeName, nodeSelector, affinity.node.required, tolerations, topologiesOf(spec)]);
    const known = this.openTo.get(key);
    if (known) return known;
    const open = this.scenario.cluster.nodes.filter((node) => isOpen(node, { spec, staysOnNode }));
    this.openTo.set(key, open);
    return open;
  }
}

function isOpen(node: NodeDescription, { spec, staysOnNode }: Pick<GroupDraft, 'spec' | 'staysOnNode'>): boolean {
  if (staysOnNode) return daemonPlacement(spec, node) === 'run';
  return admits(node, spec) && (!node.unschedulable || isTolerated(UNSCHEDULABLE, spec.tolerations));
}

/** Whether a pod may stay without a node however much room there is. */
function dependsOnOthers({ spec, hasClaimTemplates }: GroupDraft): boolean {
  const { affinity, schedulingGates, schedulerName, nodeName, resourceClaims, volumes } = spec;
  const isScheduled = schedulingGates.length === 0 && schedulerName === 'default-scheduler' && nodeName === undefined;
  const isAlone = affinity.pod.required.length === 0 && resourceClaims.length === 0 && !hasClaimTemplates;
  return !isScheduled || !isAlone || volumes.some(({ source }) => !ON_ANY_NODE.includes(source));
}

const ON_ANY_NODE = ['configMap', 'downwardAPI', 'emptyDir', 'hostPath', 'projected', 'secret'];

/** Whether `pod` is terminating, so that it need not be there when the roll comes to its node. */
export function isLeaving({ termination }: PodDescription): boolean {
  return termination !== undefined;
}
