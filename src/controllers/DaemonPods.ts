import type { Pod } from '../cluster/Pod.ts';
import { workloadKey } from '../cluster/Workload.ts';
import { pinnedTo } from './daemonPlacement.ts';

/** The pods of DaemonSets by DaemonSet and by the node that they are bound or pinned to. */
export class DaemonPods {
  private readonly podsByPlace = new Map<string, Set<Pod>>();

  /** The pods of the DaemonSet with the workload key `key` that belong to the node, in order of creation. */
  of(key: string, nodeName: string): readonly Pod[] {
    return [...(this.podsByPlace.get(`${key}@${nodeName}`) ?? [])];
  }

  /** Takes note of a new pod; those that are not of a DaemonSet are left out. */
  add(pod: Pod): void {
    const place = placeOf(pod);
    if (place === undefined) return;
    const pods = this.podsByPlace.get(place) ?? new Set<Pod>();
    pods.add(pod);
    this.podsByPlace.set(place, pods);
  }

  /** Takes note that `pod` is gone. */
  delete(pod: Pod): void {
    const place = placeOf(pod);
    if (place !== undefined) this.podsByPlace.get(place)?.delete(pod);
  }
}

function placeOf({ namespace, owner, nodeName, spec }: Pod): string | undefined {
  if (owner?.kind !== 'DaemonSet') return undefined;
  return `${workloadKey({ kind: 'DaemonSet', namespace, name: owner.name })}@${pinnedTo(spec) ?? nodeName}`;
}
