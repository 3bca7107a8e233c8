import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ChangeOf, ClusterListener } from '../cluster/ClusterChange.ts';
import { isBound } from '../cluster/podVolumes.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../cluster/Storage.ts';
import { suitsClaim, volumeFor } from '../cluster/volumeFor.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, seconds, ZERO } from '../units.ts';
import type { ControllerOptions } from './Reconciler.ts';
import type { VolumeTimingSource } from './VolumeTiming.ts';

const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';
const ZONE = 'topology.kubernetes.io/zone';
/** How often the scheduler looks whether the claims of a pod are bound, before it binds the pod. */
const PRE_BIND_PERIOD = 1000;

export interface VolumeBinderOptions extends ControllerOptions {
  readonly timing: VolumeTimingSource;
}

/**
 * Binds claims: to the volume that they name, to the one that the scheduler chose for their first consumer, or to one provisioned for the
 * node it chose; claims with immediate binding as soon as they exist, to a free volume if one suits them.
 *
 * A provisioned volume is reachable from the zone of that node, or from everywhere if the node has none. In Kubernetes the scheduler binds
 * a pod whose claim waited for it at a whole second after its decision; here the pod is bound at once and its claim in that second, so that
 * the pod starts at the same time. Provisioned volumes are deleted with their claim (reclaim policy Delete).
 * @see kubernetes/kubernetes pkg/controller/volume/persistentvolume/pv_controller.go (syncUnboundClaim),
 * pkg/scheduler/framework/plugins/volumebinding/binder.go
 */
export class VolumeBinder implements ClusterListener {
  readonly on: ChangeHandlers = { storageChanged: (change) => this.noteStorage(change) };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: VolumeTimingSource;
  private readonly requested = new Set<string>();
  /** How many volumes were provisioned for a claim of that name. */
  private readonly provisions = new Map<string, number>();

  constructor({ sim, cluster, timing }: VolumeBinderOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
    for (const key of cluster.storage.claims.keys()) this.request(key);
  }

  private noteStorage({ object, name, verb }: ChangeOf<'storageChanged'>): void {
    if (object === 'claims' && verb === 'removed') this.releaseLater(name);
    else if (object === 'claims') this.request(name);
    const volume = object === 'persistentVolumes' ? this.cluster.storage.persistentVolumes.get(name) : undefined;
    if (volume?.phase !== 'Available') return;
    if (volume.claimRef !== undefined) this.request(volume.claimRef);
    else for (const key of this.cluster.storage.claims.keys()) this.request(key);
  }

  private releaseLater(key: string): void {
    const fire = () => this.release(key);
    this.sim.schedule({ kind: 'volumeBinder', entity: key, fire }, this.sim.now, 'React');
  }

  /** Handles the volume of a deleted claim: a provisioned one is deleted as well, any other is kept and stays unbound. */
  private release(key: string): void {
    const volume = this.reservedFor(key);
    if (!volume || this.cluster.storage.claims.has(key)) return;
    const storageClass = this.cluster.storage.storageClasses.get(volume.storageClassName);
    if (storageClass && !isManual(storageClass)) this.cluster.removeStorage('persistentVolumes', volume.name);
    else this.cluster.putStorage('persistentVolumes', volume.name, { ...volume, claimRef: undefined, phase: 'Released' });
  }

  private request(key: string): void {
    const claim = this.cluster.storage.claims.get(key);
    if (!claim || isBound(claim) || this.requested.has(key)) return;
    const way = this.wayOf(claim, key);
    if (!way) return;
    this.requested.add(key);
    const fire = () => this.bind(key, way.provision);
    this.sim.schedule({ kind: 'volumeBinder', entity: key, fire }, after(this.sim.now, way.time), way.time === ZERO ? 'React' : 'Change');
  }

  /** How `claim` is bound, undefined while it waits for a consumer or for someone who makes its volume. */
  private wayOf(claim: PersistentVolumeClaim, key: string): Way | undefined {
    const waits = this.waits(claim);
    if (this.volumeOf(claim, key)) return { provision: undefined, time: waits ? this.untilSeen(ZERO) : ZERO };
    const storageClass = this.classOf(claim);
    const selected = claim.annotations[SELECTED_NODE];
    if (!storageClass || claim.volumeName !== undefined || isManual(storageClass) || (waits && selected === undefined)) return undefined;
    const node = selected === undefined ? undefined : this.cluster.nodes.get(selected);
    const time = this.timing()?.provision(key) ?? ZERO;
    const provision = { driver: storageClass.provisioner, zone: node?.labels[ZONE] };
    return { provision, time: waits ? this.untilSeen(time) : time };
  }

  /** The volume that is there for `claim`: the one it names, the one reserved for it, or a free one if it waits for no consumer. */
  private volumeOf(claim: PersistentVolumeClaim, key: string): PersistentVolume | undefined {
    const { persistentVolumes } = this.cluster.storage;
    if (claim.volumeName !== undefined) {
      const named = persistentVolumes.get(claim.volumeName);
      const isFree = named && named.claimRef === undefined && suitsClaim(named, claim);
      return isFree || named?.claimRef === key ? named : undefined;
    }
    return this.reservedFor(key) ?? (this.waits(claim) ? undefined : volumeFor(claim, persistentVolumes.values(), () => true));
  }

  /** Whether `claim` is not bound before a pod that uses it has a node. */
  private waits(claim: PersistentVolumeClaim): boolean {
    return claim.volumeName === undefined && this.classOf(claim)?.volumeBindingMode === 'WaitForFirstConsumer';
  }

  private classOf({ storageClassName = '' }: PersistentVolumeClaim): StorageClass | undefined {
    return this.cluster.storage.storageClasses.get(storageClassName);
  }

  private reservedFor(key: string): PersistentVolume | undefined {
    for (const volume of this.cluster.storage.persistentVolumes.values()) if (volume.claimRef === key) return volume;
    return undefined;
  }

  /** Time until the scheduler has seen what takes `time`. */
  private untilSeen(time: Duration): Duration {
    return this.timing() ? seconds(Math.floor(time / PRE_BIND_PERIOD) + 1) : ZERO;
  }

  private bind(key: string, provision: Provision | undefined): void {
    this.requested.delete(key);
    const claim = this.cluster.storage.claims.get(key);
    if (!claim || isBound(claim)) return;
    const volume = provision ? provisioned(claim, provision, this.nameFor(key)) : this.volumeOf(claim, key);
    if (!volume) {
      this.request(key);
      return;
    }
    this.cluster.putStorage('persistentVolumes', volume.name, { ...volume, claimRef: key, phase: 'Bound' });
    this.cluster.putStorage('claims', key, { ...claim, volumeName: volume.name, phase: 'Bound' });
  }

  /** A second claim of one name gets a volume of another name. */
  private nameFor(key: string): string {
    const count = (this.provisions.get(key) ?? 0) + 1;
    this.provisions.set(key, count);
    const name = key.replace('/', '-');
    return count === 1 ? name : `${name}-${count}`;
  }
}

interface Way {
  /** undefined: its volume is there. */
  readonly provision: Provision | undefined;
  readonly time: Duration;
}

interface Provision {
  readonly driver: string;
  readonly zone: string | undefined;
}

function isManual({ provisioner }: StorageClass): boolean {
  return provisioner === '' || provisioner === NO_PROVISIONER;
}

function provisioned(claim: PersistentVolumeClaim, { driver, zone }: Provision, suffix: string): PersistentVolume {
  const { namespace, name, storageClassName = '', request, accessModes, volumeMode } = claim;
  return {
    name: `pv-${suffix}`,
    labels: {},
    storageClassName,
    capacity: request,
    accessModes,
    volumeMode,
    claimRef: `${namespace}/${name}`,
    phase: 'Bound',
    nodeAffinity: zone === undefined ? undefined : [{ matchExpressions: [{ key: ZONE, operator: 'In', values: [zone] }], matchFields: [] }],
    source: 'csi',
    fields: { driver, volumeHandle: `vol-${suffix}` },
  };
}
