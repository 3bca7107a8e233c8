import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { driverOf, isAttachable, isExclusive } from '../cluster/podVolumes.ts';
import type { PersistentVolume } from '../cluster/Storage.ts';
import { OUT_OF_SERVICE } from '../cluster/Taint.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, between, type Duration, type Instant, instant, minutes, NEVER } from '../units.ts';
import { type Attachment, Attachments } from './Attachments.ts';
import { multiAttachError } from './multiAttachError.ts';
import { noticedAfter } from './noticedAfter.ts';
import type { ControllerOptions } from './Reconciler.ts';
import type { VolumeTimingSource } from './VolumeTiming.ts';
import { VolumeUsers } from './VolumeUsers.ts';

/** How often the controller looks at what changed, in milliseconds, counted from t = 0. */
const PASS = 100;
/** How long a volume that no pod wants may stay in use on a node that is not Ready before it is detached anyway. */
const MAX_WAIT_FOR_UNMOUNT = minutes(6);

export interface AttachDetachOptions extends ControllerOptions {
  readonly timing: VolumeTimingSource;
}

/**
 * Attaches the volumes of bound pods to their nodes, and detaches those that no pod there wants any more and that the node has reported as
 * not in use.
 *
 * A volume for a single node is attached only after the controller has noticed that it is detached elsewhere. Until then the waiting pod
 * gets the event FailedAttachVolume, once, unless the detach is already in progress. The last report of a deleted node stays valid until a
 * node of that name registers. Failed attaches and detaches are not modelled.
 * @see kubernetes/kubernetes pkg/controller/volume/attachdetach/reconciler/reconciler.go
 */
export class AttachDetachController implements ClusterListener {
  readonly on: ChangeHandlers = {
    podAdded: ({ pod }) => this.noteAll(this.users.notePod(pod)),
    podBound: ({ pod }) => this.noteAll(this.users.notePod(pod)),
    podRunning: ({ pod }) => this.noteAll(this.users.notePod(pod)),
    podPhaseChanged: ({ pod }) => this.noteAll(this.users.notePod(pod)),
    podRemoved: ({ pod }) => this.noteAll(this.users.drop(pod)),
    storageChanged: ({ object, name }) => {
      if (object === 'claims') this.noteAll(this.users.noteClaim(name));
    },
    nodeAdded: ({ node }) => this.noteReport(node),
    nodeVolumesChanged: ({ node }) => this.noteReport(node),
    nodeUpdated: ({ node, before }) => {
      if (node.ready !== before.ready || node.taints !== before.taints) this.noteNode(node);
    },
    nodeRemoved: ({ node }) => this.noteNode(node),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: VolumeTimingSource;
  private readonly users: VolumeUsers;
  private readonly attachments = new Attachments();
  private readonly inUse = new Map<string, ReadonlySet<string>>();
  private readonly reported = new Map<string, Set<string>>();
  private readonly dirty = new Set<string>();
  private pass: EventHandle | undefined;

  /** Takes the attachments of the cluster as done, and looks at all volumes in this instant. */
  constructor({ sim, cluster, timing }: AttachDetachOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
    this.users = new VolumeUsers(cluster);
    for (const { name, nodeName, persistentVolumeName: volume } of cluster.storage.attachments.values()) {
      if (volume !== undefined) this.attachments.add({ name, volume, nodeName, state: 'attached' });
    }
    for (const node of cluster.nodes.values()) this.inUse.set(node.name, node.volumesInUse);
    for (const volume of [...this.users.volumes, ...this.attachments.volumes]) this.note(volume);
  }

  concerns({ spec }: PodClass): boolean {
    return spec.volumes.length > 0;
  }

  private noteReport(node: Node): void {
    if (this.inUse.get(node.name) === node.volumesInUse) return;
    this.inUse.set(node.name, node.volumesInUse);
    this.noteNode(node);
  }

  private noteNode({ name }: Node): void {
    for (const { volume } of this.attachments.on(name)) this.note(volume);
  }

  private noteAll(volumes: readonly string[]): void {
    for (const volume of volumes) this.note(volume);
  }

  /** Looks at `volume` in the next pass. */
  private note(volume: string): void {
    this.dirty.add(volume);
    const at = this.timing() ? instant(Math.ceil(this.sim.now / PASS) * PASS) : this.sim.now;
    this.pass ??= this.sim.schedule({ kind: 'attachDetach', entity: '', fire: () => this.reconcile() }, at, 'React');
  }

  /** Detaches go before attaches. */
  private reconcile(): void {
    this.pass = undefined;
    const volumes = [...this.dirty].sort();
    this.dirty.clear();
    for (const volume of volumes) this.detachUnwanted(volume);
    for (const volume of volumes) this.attachWanted(volume);
    for (const volume of volumes) for (const attachment of this.attachments.of(volume)) this.list(attachment);
  }

  private detachUnwanted(volume: string): void {
    const wanted = this.nodesWanting(volume);
    for (const attachment of this.attachments.of(volume)) {
      if (attachment.state !== 'attached') continue;
      attachment.timer?.cancel();
      if (wanted.has(attachment.nodeName)) attachment.unwantedSince = undefined;
      else this.detachIfFree(attachment);
    }
  }

  private detachIfFree(attachment: Attachment): void {
    const since = attachment.unwantedSince ?? this.sim.now;
    attachment.unwantedSince = since;
    if (this.canDetach(attachment, between(since, this.sim.now))) this.detach(attachment);
    else this.lookAgain(attachment, after(since, MAX_WAIT_FOR_UNMOUNT));
  }

  private canDetach({ volume, nodeName }: Attachment, unwantedFor: Duration): boolean {
    const node = this.cluster.nodes.get(nodeName);
    if (!this.inUse.get(nodeName)?.has(volume)) return true;
    if (node?.taints.some(({ key }) => key === OUT_OF_SERVICE)) return true;
    return unwantedFor >= MAX_WAIT_FOR_UNMOUNT && node?.ready !== 'True';
  }

  private lookAgain(attachment: Attachment, at: Instant): void {
    if (at <= this.sim.now) return;
    const { volume } = attachment;
    const isBackground = this.users.of(volume).length === 0;
    const event = { kind: 'attachDetach', entity: volume, isBackground, fire: () => this.note(volume) };
    attachment.timer = this.sim.schedule(event, at, 'Change');
  }

  private detach(attachment: Attachment): void {
    const { name, volume } = attachment;
    attachment.state = 'detaching';
    this.operate(attachment, this.timing()?.detach(volume), {
      done: () => this.cluster.removeStorage('attachments', name),
      noticed: () => this.attachments.remove(attachment),
    });
  }

  private attachWanted(name: string): void {
    const volume = this.cluster.storage.persistentVolumes.get(name);
    if (!volume || !isAttachable(this.cluster.storage, volume)) return;
    const wanted = this.nodesWanting(name);
    for (const nodeName of this.reported.get(name) ?? []) if (!wanted.has(nodeName)) this.reported.get(name)?.delete(nodeName);
    for (const nodeName of wanted) {
      const others = this.attachments.of(name);
      if (!this.cluster.nodes.has(nodeName) || others.some((other) => other.nodeName === nodeName)) continue;
      if (!isExclusive(volume) || others.length === 0) this.attach(volume, nodeName);
      else if (others.every(({ state }) => state === 'attached')) this.refuse(name, nodeName);
    }
  }

  private attach(volume: PersistentVolume, nodeName: string): void {
    const name = `csi-${volume.name}-${nodeName}`;
    const object = { name, attacher: driverOf(volume), nodeName, persistentVolumeName: volume.name, attached: false };
    const attachment = this.attachments.add({ name, volume: volume.name, nodeName, state: 'attaching' });
    this.cluster.putStorage('attachments', name, object);
    this.operate(attachment, this.timing()?.attach(volume.name), {
      done: () => this.cluster.putStorage('attachments', name, { ...object, attached: true }),
      noticed: () => {
        attachment.state = 'attached';
        const message = `AttachVolume.Attach succeeded for volume "${volume.name}" `;
        for (const pod of this.usersOn(volume.name, nodeName)) this.tell(pod, 'SuccessfulAttachVolume', message);
      },
    });
  }

  /**
   * Completes an attach or detach after `duration`, calling `done`, and calls `noticed` when the controller looks next; without a duration
   * both happen now.
   */
  private operate(attachment: Attachment, duration: Duration | undefined, { done, noticed }: Operation): void {
    const { volume } = attachment;
    const settle = () => {
      noticed();
      this.note(volume);
    };
    if (duration === undefined) {
      done();
      settle();
    } else if (duration !== NEVER) {
      const knownAt = after(this.sim.now, noticedAfter(duration, this.sim.stream('attachPoll', volume)));
      this.sim.schedule({ kind: 'volumeOperation', entity: attachment.name, fire: done }, after(this.sim.now, duration), 'Change');
      this.sim.schedule({ kind: 'volumeNoticed', entity: attachment.name, fire: settle }, knownAt, 'Change');
    }
    this.list(attachment);
  }

  /** Tells every pod that waits on `nodeName`, once, that the volume is held elsewhere. */
  private refuse(volume: string, nodeName: string): void {
    const reported = this.reported.get(volume) ?? new Set();
    if (reported.has(nodeName)) return;
    this.reported.set(volume, reported.add(nodeName));
    const holders = this.users.of(volume).filter((pod) => pod.nodeName !== nodeName && this.attachments.isAttached(volume, pod.nodeName));
    for (const pod of this.usersOn(volume, nodeName)) this.tell(pod, 'FailedAttachVolume', multiAttachError(volume, pod, holders));
  }

  /** Writes into the node's status whether the volume is attached and stays so. */
  private list({ volume, nodeName, state }: Attachment): void {
    const node = this.cluster.nodes.get(nodeName);
    if (!node || node.volumesAttached.has(volume) === (state === 'attached')) return;
    const others = [...node.volumesAttached].filter((other) => other !== volume);
    this.cluster.setNodeVolumes(node, { volumesAttached: new Set(state === 'attached' ? [...others, volume] : others) });
  }

  private nodesWanting(volume: string): ReadonlySet<string> {
    return new Set(this.users.of(volume).flatMap(({ nodeName }) => nodeName ?? []));
  }

  private usersOn(volume: string, nodeName: string): readonly Pod[] {
    return this.users.of(volume).filter((pod) => pod.nodeName === nodeName);
  }

  private tell({ key }: Pod, reason: string, message: string): void {
    this.cluster.recordEvent(`Pod/${key}`, reason, message);
  }
}

interface Operation {
  done(): void;
  noticed(): void;
}
