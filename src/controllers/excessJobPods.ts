import type { Pod } from '../cluster/Pod.ts';

/**
 * The `count` active pods of a Job that are deleted when it is to run fewer: pods without a node first, then pending ones, then those that
 * are not Ready, then the youngest. Equal ones go by name, where Kubernetes leaves the order open.
 * @see kubernetes/kubernetes pkg/controller/job/job_controller.go (activePodsForRemoval), pkg/controller/controller_utils.go (ActivePods)
 */
export function excessJobPods(active: readonly Pod[], count: number): readonly Pod[] {
  return count <= 0 ? [] : [...active].sort(compareVictims).slice(0, count);
}

function compareVictims(a: Pod, b: Pod): number {
  return (
    Number(a.nodeName !== undefined) - Number(b.nodeName !== undefined) ||
    phaseOrder(a) - phaseOrder(b) ||
    Number(a.ready) - Number(b.ready) ||
    (a.ready ? b.readySince - a.readySince : 0) ||
    b.createdAt - a.createdAt ||
    (a.key < b.key ? -1 : 1)
  );
}

function phaseOrder({ phase }: Pod): number {
  return phase === 'Pending' ? 0 : phase === 'Unknown' ? 1 : 2;
}
