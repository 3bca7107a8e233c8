import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { workloadKey } from '../cluster/Workload.ts';
import { pinnedTo } from './daemonPlacement.ts';

/** The pods of DaemonSets by DaemonSet and by the node that they are bound or pinned to. */
export class DaemonPods {
  private readonly podsByPlace = new Map<string, Set<Pod>>();

  /** The pods of the DaemonSet with the workload key `key` that belong to the node, in order of creation. */
  of(key: string, nodeName: string): readonly Pod[] {
    return [...(this.podsByPlace.get(`${key}@${nodeName}`) ?? [])];
  }

  /** Takes note of a new pod; pods that do not belong to a DaemonSet are ignored. */
  add(pod: Pod): void {
    const place = placeOf(pod, pod.owner);
    if (place === undefined) return;
    const pods = this.podsByPlace.get(place) ?? new Set<Pod>();
    pods.add(pod);
    this.podsByPlace.set(place, pods);
  }

  /** Takes note that `pod` is gone or has left its class. */
  delete(pod: Pod, { owner }: PodClass = pod.podClass): void {
    const place = placeOf(pod, owner);
    if (place !== undefined) this.podsByPlace.get(place)?.delete(pod);
  }
}

function placeOf({ namespace, nodeName, spec }: Pod, owner: OwnerReference | undefined): string | undefined {
  if (owner?.kind !== 'DaemonSet') return undefined;
  return `${workloadKey({ kind: 'DaemonSet', namespace, name: owner.name })}@${pinnedTo(spec) ?? nodeName}`;
}
