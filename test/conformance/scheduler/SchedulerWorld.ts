import type { Cluster } from '../../../src/cluster/Cluster.ts';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import { kubernetesVersions } from '../../../src/cluster/KubernetesVersion.ts';
import type { Node } from '../../../src/cluster/Node.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import { UNSCHEDULABLE } from '../../../src/cluster/Taint.ts';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';
import { SchedulerState } from '../../../src/scheduler/SchedulerState.ts';
import { NEVER } from '../../../src/units.ts';
import type { DecideStep, SchedulerTrace, TraceStep } from './SchedulerTrace.ts';

/** The cluster and the scheduler of one recording. No kubelet runs: pods are bound and never start. */
export class SchedulerWorld {
  readonly state: SchedulerState;
  private readonly cluster: Cluster;
  private readonly version: (typeof kubernetesVersions)[number];
  private recorded: string | undefined;

  constructor({ kubernetesVersion, objects, percentageOfNodesToScore }: SchedulerTrace) {
    const version = kubernetesVersions.find((known) => kubernetesVersion.startsWith(`${known}.`));
    if (!version) throw new Error(`Kubernetes ${kubernetesVersion} is not known`);
    this.version = version;
    this.cluster = clusterOf(this.read(objects));
    for (const name of cordonedWithoutTaint(objects)) this.dropCordonTaint(name);
    const tieBreak = (_pod: Pod, candidates: readonly string[]) => candidates.find((name) => name === this.recorded) ?? candidates[0] ?? '';
    this.state = new SchedulerState(this.cluster, { version, percentageOfNodesToScore, tieBreak });
    this.cluster.subscribe(this.state);
  }

  /** Does what `step` says happened. */
  perform(step: Exclude<TraceStep, DecideStep>): void {
    if (step.op === 'create') this.create(step.object);
    else if (step.op === 'cordon') this.cluster.cordon(this.node(step.node));
    else if (step.op === 'uncordon') this.cluster.uncordon(this.node(step.node));
    else if (step.op === 'delete') this.cluster.removePod(this.pod(step.pod));
  }

  /** Gets ready for the decision of `step`, which prefers the recorded node among equals. @returns the pod to decide on. */
  expect(step: DecideStep): Pod {
    this.recorded = step.result === 'bound' ? step.node : step.nominated;
    return this.pod(step.pod);
  }

  /** Makes the recorded decision. */
  follow(step: DecideStep, pod: Pod): void {
    if (step.result === 'bound') this.cluster.bindPod(pod, this.node(step.node), NEVER);
    else if (step.nominated !== undefined) this.cluster.nominatePod(pod, step.nominated);
  }

  private create(object: unknown): void {
    const { cluster } = this;
    const created = this.read([object], [...cluster.nodes.keys()]);
    for (const namespace of created.namespaces)
      if (!cluster.namespaces.has(namespace.name)) cluster.namespaces.set(namespace.name, namespace);
    for (const priorityClass of created.priorityClasses) cluster.priorityClasses.set(priorityClass.name, priorityClass);
    for (const node of created.nodes) cluster.addNode(node);
    for (const workload of created.workloads) cluster.addWorkload(workload);
    for (const service of created.services) cluster.addService(service);
    for (const budget of created.budgets) cluster.addBudget(budget);
    for (const claim of created.claims) cluster.putStorage('claims', `${claim.namespace}/${claim.name}`, claim);
    for (const volume of created.persistentVolumes) cluster.putStorage('persistentVolumes', volume.name, volume);
    for (const storageClass of created.storageClasses) cluster.putStorage('storageClasses', storageClass.name, storageClass);
    for (const csiNode of created.csiNodes) cluster.putStorage('csiNodes', csiNode.name, csiNode);
    for (const attachment of created.attachments) cluster.putStorage('attachments', attachment.name, attachment);
    for (const pod of created.pods) cluster.addPod(pod);
  }

  private read(objects: readonly unknown[], otherNodes: readonly string[] = []): ClusterObjects {
    const located = objects.map((value) => ({ value, locate: () => ({ file: 'trace', line: 1, column: 1 }) }));
    const read = readObjects(located, { start: 0, kubernetesVersion: this.version, otherNodes });
    const [fault] = read.faults;
    if (fault) throw new Error(fault.message);
    return read.objects;
  }

  /** No controller manager ran: a node that was cordoned without the taint goes without, though reading it adds the taint. */
  private dropCordonTaint(name: string): void {
    const node = this.node(name);
    this.cluster.updateNode(node, { taints: node.taints.filter(({ key }) => key !== UNSCHEDULABLE.key) });
  }

  private node(name: string): Node {
    const node = this.cluster.nodes.get(name);
    if (!node) throw new Error(`no node ${name}`);
    return node;
  }

  private pod(key: string): Pod {
    const pod = this.cluster.pods.get(key);
    if (!pod) throw new Error(`no pod ${key}`);
    return pod;
  }
}

interface RecordedNode {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly unschedulable?: boolean; readonly taints?: readonly { readonly key: string }[] };
}

function cordonedWithoutTaint(objects: readonly unknown[]): string[] {
  const nodes = (objects as readonly RecordedNode[]).filter(({ kind, spec }) => kind === 'Node' && spec?.unschedulable === true);
  return nodes.filter(({ spec }) => !spec?.taints?.some(({ key }) => key === UNSCHEDULABLE.key)).map(({ metadata }) => metadata.name);
}
