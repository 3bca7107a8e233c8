import type { KubernetesVersion } from '../../../src/cluster/KubernetesVersion.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import type { Attempt } from '../../../src/scheduler/Attempt.ts';
import { Scheduler } from '../../../src/scheduler/Scheduler.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { after, instant, milliseconds, NEVER } from '../../../src/units.ts';
import { ApiServer } from './ApiServer.ts';
import type { QueueOp, QueueTrace, RecordedObject } from './QueueTrace.ts';

/** A scheduler and a cluster to which a recording's operations are done at their times. */
export class QueueWorld {
  readonly attempts: Attempt[] = [];
  readonly scheduler: Scheduler;
  /** Node of the model by node of the recording, where preemption took another one that is as good. */
  readonly swapped = new Map<string, string>();
  private readonly sim = new Simulation('queue');
  private readonly server: ApiServer;

  constructor(trace: QueueTrace) {
    const version = versionOf(trace.kubernetesVersion);
    this.server = new ApiServer(trace.objects, version);
    const { cluster } = this.server;
    this.scheduler = new Scheduler({
      sim: this.sim,
      cluster,
      version,
      percentageOfNodesToScore: 100,
      tieBreak: (pod, candidates) => recordedChoice(trace, pod, candidates),
    });
    this.scheduler.onAttempt((attempt) => this.attempts.push(attempt));
    cluster.subscribe(this.scheduler);
    for (const pod of cluster.pods.values()) neverStarts(pod);
    cluster.subscribe((change) => {
      if (change.kind === 'podBound' || change.kind === 'podAdded') neverStarts(change.pod);
      if (change.kind === 'podTerminating' && change.pod.termination?.gracePeriodSeconds === 0) this.removeSoon(change.pod);
    });
    for (const [index, op] of trace.ops.entries()) this.at(op.t * 1000, index, () => this.perform(op, index));
    this.at(trace.until * 1000, trace.ops.length, () => {});
    this.sim.run(instant(trace.until * 1000));
  }

  private at(time: number, index: number, fire: () => void): void {
    this.sim.schedule({ kind: 'recordedOp', entity: String(index).padStart(6, '0'), fire }, instant(time), 'Change');
  }

  /** A deletion without grace removes the object, which the scheduler sees some milliseconds later. */
  private removeSoon(pod: Pod): void {
    const event = { kind: 'recordedDeletion', entity: pod.key, fire: () => this.server.cluster.removePod(pod) };
    this.sim.schedule(event, after(this.sim.now, SECOND_REQUEST), 'Change');
  }

  private perform(op: QueueOp, index: number): void {
    if (op.op === 'create') this.create(op.object, index);
    else if (op.op === 'patch') this.server.patch(op, op.patch);
    else if (op.op === 'deleteGraceful') this.server.deleteGracefully(op, this.sim.now);
    else this.server.delete(op.names ? { ...op, names: this.victimsFor(op.names) } : op);
  }

  /** The API server drops the status of a new storage object; the recorder wrote it with a second request. */
  private create(object: RecordedObject, index: number): void {
    const { status, ...fields } = object;
    const { kind, apiVersion, metadata } = object;
    const takesTwoRequests = status !== undefined && STATUS_DROPPED.has(kind);
    this.server.create(takesTwoRequests ? { ...fields, kind, apiVersion, metadata } : object, this.sim.now);
    if (!takesTwoRequests) return;
    this.at(after(this.sim.now, SECOND_REQUEST), index, () => this.server.patch({ kind, ...metadata }, { status }));
  }

  /** The model's victims in place of the recorded ones, where preemption may take either. */
  private victimsFor(recorded: readonly string[]): readonly string[] {
    const { pods } = this.server.cluster;
    const victims = [...pods.values()].filter(({ termination }) => termination?.cause === 'PreemptionByScheduler');
    if (victims.length === 0 || victims.some(({ name }) => recorded.includes(name))) return recorded;
    const [named] = recorded.flatMap((name) => pods.get(`default/${name}`) ?? []);
    const [victim] = victims;
    if (named?.nodeName !== undefined && victim?.nodeName !== undefined) this.swapped.set(named.nodeName, victim.nodeName);
    return victims.map(({ name }) => name);
  }
}

/** No kubelet runs: a bound pod has no start time, so that preemption takes it for the latest. */
function neverStarts(pod: Pod): void {
  if (pod.nodeName !== undefined) pod.boundAt = NEVER;
}

const STATUS_DROPPED: ReadonlySet<string> = new Set(['PersistentVolume', 'PersistentVolumeClaim', 'VolumeAttachment']);
const SECOND_REQUEST = milliseconds(5);

function versionOf(text: string): KubernetesVersion {
  if (text.startsWith('1.33')) return '1.33';
  return text.startsWith('1.35') ? '1.35' : '1.34';
}

/** The node that the recording bound the pod to, when it is among the best. */
function recordedChoice({ events }: QueueTrace, pod: Pod, candidates: readonly string[]): string {
  const bound = events.find((event) => event.what === 'bound' && event.pod === pod.name)?.node;
  return bound !== undefined && candidates.includes(bound) ? bound : (candidates[0] ?? '');
}
