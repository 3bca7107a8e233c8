import type { Node } from '../cluster/Node.ts';
import { nodeAffinityAdmits } from '../cluster/nodeAffinity.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { firstUntolerated, type TaintEffect, type Toleration } from '../cluster/Taint.ts';

/**
 * What a DaemonSet with pods of `spec` wants on `node`: `run` a pod there; `keep` one that is there but create none, since a taint with
 * NoSchedule is not tolerated; or `none` at all.
 * @see kubernetes/kubernetes pkg/controller/daemon/daemon_controller.go (NodeShouldRunDaemonPod)
 */
export function daemonPlacement(spec: PodSpec, node: Pick<Node, 'name' | 'labels' | 'taints'>): 'run' | 'keep' | 'none' {
  if ((spec.nodeName ?? node.name) !== node.name || !nodeAffinityAdmits(spec, node)) return 'none';
  const tolerations = daemonTolerations(spec.tolerations, spec.hostNetwork);
  if (firstUntolerated(node.taints, tolerations, ['NoExecute'])) return 'none';
  return firstUntolerated(node.taints, tolerations, ['NoSchedule']) ? 'keep' : 'run';
}

/** `own` and the tolerations that every DaemonSet pod has. @see kubernetes/kubernetes pkg/controller/daemon/util/daemonset_util.go */
export function daemonTolerations(own: readonly Toleration[], hostNetwork: PodSpec['hostNetwork']): readonly Toleration[] {
  return [...own, ...AUTOMATIC, ...(hostNetwork ? [toleration('network-unavailable', 'NoSchedule')] : [])];
}

/** The node that a required node affinity on `metadata.name` names, as the DaemonSet controller writes it. */
export function pinnedTo({ affinity }: PodSpec): string | undefined {
  const fields = affinity.node.required?.flatMap(({ matchFields }) => matchFields) ?? [];
  return fields.find(({ key }) => key === 'metadata.name')?.values[0];
}

const AUTOMATIC: readonly Toleration[] = [
  toleration('not-ready', 'NoExecute'),
  toleration('unreachable', 'NoExecute'),
  toleration('disk-pressure', 'NoSchedule'),
  toleration('memory-pressure', 'NoSchedule'),
  toleration('pid-pressure', 'NoSchedule'),
  toleration('unschedulable', 'NoSchedule'),
];

function toleration(condition: string, effect: TaintEffect): Toleration {
  return { key: `node.kubernetes.io/${condition}`, operator: 'Exists', value: '', effect };
}
