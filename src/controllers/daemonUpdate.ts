import type { Pod } from '../cluster/Pod.ts';
import type { DaemonSet, IntOrPercent } from '../cluster/Workload.ts';

/** The pods of a DaemonSet on one node that are not being deleted. */
export interface DaemonNode {
  readonly nodeName: string;
  readonly current: readonly DaemonMember[];
  readonly outdated: readonly DaemonMember[];
}

interface DaemonMember {
  readonly pod: Pod;
  readonly isAvailable: boolean;
}

/** What a rolling update does now: pods to delete, and nodes that get a current pod beside their old one. */
export interface DaemonStep {
  readonly deletions: readonly Pod[];
  readonly surges: readonly string[];
}

/**
 * The next step of a rolling update over `nodes`, of which `desired` are to have a pod. Old pods that are not available go at once; the
 * others as far as `maxUnavailable` allows, or, with `maxSurge`, when the current pod beside them is available.
 * @see kubernetes/kubernetes pkg/controller/daemon/update.go (rollingUpdate)
 */
export function daemonUpdate({ updateStrategy }: DaemonSet, nodes: readonly DaemonNode[], desired: number): DaemonStep {
  if (updateStrategy?.type === 'OnDelete') return { deletions: [], surges: [] };
  const surge = resolve(updateStrategy?.maxSurge ?? 0, desired);
  return surge > 0 ? surgeStep(nodes, surge) : deleteStep(nodes, resolve(updateStrategy?.maxUnavailable ?? 1, desired));
}

function deleteStep(nodes: readonly DaemonNode[], maxUnavailable: number): DaemonStep {
  const broken = nodes.filter(({ current, outdated }) => current.length === 0 && outdated.length === 1 && !outdated[0]?.isAvailable);
  const whole = nodes.filter(({ current, outdated }) => current.length === 0 && outdated.length === 1 && outdated[0]?.isAvailable);
  const updated = nodes.filter(({ current, outdated }) => current.length === 1 && outdated.length === 0 && current[0]?.isAvailable);
  const unavailable = nodes.length - whole.length - updated.length;
  const chosen = [...broken, ...whole.slice(0, Math.max(0, maxUnavailable - unavailable))];
  return { deletions: chosen.flatMap(({ outdated }) => outdated.map(({ pod }) => pod)), surges: [] };
}

function surgeStep(nodes: readonly DaemonNode[], maxSurge: number): DaemonStep {
  const surging = nodes.filter(({ current, outdated }) => current.length > 0 && outdated.length > 0);
  const done = surging.filter(({ current }) => current.some(({ isAvailable }) => isAvailable));
  const old = nodes.filter(({ current, outdated }) => current.length === 0 && outdated.length > 0);
  const broken = old.filter(({ outdated }) => outdated.every(({ isAvailable }) => !isAvailable));
  const whole = old.filter((node) => !broken.includes(node));
  const left = Math.max(0, maxSurge - (surging.length - done.length));
  return {
    deletions: done.flatMap(({ outdated }) => outdated.map(({ pod }) => pod)),
    surges: [...broken, ...whole.slice(0, left)].map(({ nodeName }) => nodeName),
  };
}

function resolve(value: IntOrPercent, total: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * total) / 100);
}
