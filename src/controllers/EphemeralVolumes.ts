import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { Volume } from '../cluster/PodSpec.ts';
import type { PersistentVolumeClaim } from '../cluster/Storage.ts';
import type { Simulation } from '../sim/Simulation.ts';
import type { ControllerOptions } from './Reconciler.ts';

/**
 * Creates the claim `POD-VOLUME` of every ephemeral volume of a new pod, and removes it with the pod.
 *
 * Of the claim template only the storage class counts. A claim of that name that belongs to something else is left alone.
 * @see kubernetes/kubernetes pkg/controller/volume/ephemeral/controller.go
 */
export class EphemeralVolumes implements ClusterListener {
  readonly on: ChangeHandlers = {
    podAdded: ({ pod }) => this.note(pod, () => this.create(pod)),
    podRemoved: ({ pod }) => this.note(pod, () => this.remove(pod)),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;

  /** Gives the pods that are there what they lack, in this instant. */
  constructor({ sim, cluster }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    for (const pod of cluster.podsOfClasses((podClass) => this.concerns(podClass))) this.note(pod, () => this.create(pod));
  }

  concerns({ spec }: PodClass): boolean {
    return spec.volumes.some(isEphemeral);
  }

  private note(pod: Pod, fire: () => void): void {
    this.sim.schedule({ kind: 'ephemeralVolumes', entity: pod.key, fire }, this.sim.now, 'React');
  }

  private create(pod: Pod): void {
    if (this.cluster.pods.get(pod.key) !== pod || pod.isTerminating) return;
    for (const volume of pod.spec.volumes.filter(isEphemeral)) {
      const key = claimKey(pod, volume);
      if (!this.cluster.storage.claims.has(key)) this.cluster.putStorage('claims', key, claimOf(this.cluster, pod, volume));
    }
  }

  private remove(pod: Pod): void {
    if (this.cluster.pods.has(pod.key)) return;
    for (const volume of pod.spec.volumes.filter(isEphemeral)) {
      const key = claimKey(pod, volume);
      if (this.cluster.storage.claims.get(key)?.owner?.name === pod.name) this.cluster.removeStorage('claims', key);
    }
  }
}

function isEphemeral({ source }: Volume): boolean {
  return source === 'ephemeral';
}

function claimKey({ key }: Pod, { name }: Volume): string {
  return `${key}-${name}`;
}

function claimOf({ storage }: Cluster, { namespace, name, labels }: Pod, volume: Volume): PersistentVolumeClaim {
  const asked = member(member(member(volume.fields, 'volumeClaimTemplate'), 'spec'), 'storageClassName');
  const defaultClass = [...storage.storageClasses.values()].find(({ isDefault }) => isDefault)?.name;
  return {
    namespace,
    name: `${name}-${volume.name}`,
    labels,
    annotations: {},
    owner: { apiVersion: 'v1', kind: 'Pod', name },
    storageClassName: typeof asked === 'string' ? asked : defaultClass,
    request: 0,
    accessModes: ['ReadWriteOnce'],
    volumeMode: 'Filesystem',
    selector: undefined,
    volumeName: undefined,
    phase: 'Pending',
    isBeingDeleted: false,
  };
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
}
