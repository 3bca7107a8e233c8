import type { ChangeHandlers, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { HeadroomProbe } from './HeadroomProbe.ts';
import type { PendingProbe } from './PendingProbe.ts';
import type { WorkloadProbe } from './WorkloadProbe.ts';

/** The probes that every run has. */
export interface Watching {
  readonly workloads: WorkloadProbe;
  readonly pending: PendingProbe;
  readonly headroom: HeadroomProbe;
}

/** Passes changes on to the probes that every run has. Nearly every change concerns all of them, so the cluster tells it once. */
export class FigureProbes implements ClusterListener {
  readonly on: ChangeHandlers = {
    podAdded: ({ pod }) => {
      this.workloads.add(pod);
      this.pending.add(pod);
      this.headroom.add(pod);
    },
    podBound: ({ pod, node }) => {
      this.workloads.bind(pod);
      this.pending.noteEnd(pod);
      this.headroom.hold(pod, node);
    },
    podReadyChanged: ({ pod }) => this.workloads.noteServing(pod),
    podTerminating: ({ pod }) => {
      this.workloads.noteTermination(pod);
      this.pending.noteEnd(pod);
    },
    podPhaseChanged: ({ pod, before }) => {
      this.workloads.notePhase(pod);
      this.pending.note(pod);
      this.headroom.notePhase(pod, before);
    },
    podUpdated: ({ pod, before }) => {
      this.workloads.note(pod);
      this.pending.note(pod);
      this.headroom.respec(pod, before.spec);
    },
    podOwnerChanged: ({ pod }) => this.workloads.note(pod),
    podRemoved: ({ pod, node }) => {
      this.workloads.remove(pod);
      this.pending.forget(pod);
      this.headroom.release(pod, node);
    },
    nodeAdded: ({ node }) => {
      this.workloads.noteNode(node);
      this.headroom.enter(node);
    },
    nodeUpdated: ({ node, before }) => this.headroom.renew(node, before),
    nodeRemoved: ({ node }) => {
      if (!this.returning.has(node.name)) this.workloads.noteNodeLoss(node);
      this.headroom.leave(node);
    },
    workloadAdded: ({ workload }) => this.workloads.noteWorkload(workload),
    workloadUpdated: ({ workload, before }) => this.workloads.noteWorkload(workload, before),
    workloadRemoved: ({ workload }) => this.workloads.noteWorkload(workload),
    storageChanged: ({ object }) => {
      if (object === 'claims') this.pending.noteClaims();
    },
  };
  private readonly returning: ReadonlySet<string>;
  private readonly workloads: WorkloadProbe;
  private readonly pending: PendingProbe;
  private readonly headroom: HeadroomProbe;

  /** `returning` are the names of the nodes whose objects the roll itself removes for a while. */
  constructor({ workloads, pending, headroom }: Watching, returning: ReadonlySet<string>) {
    this.returning = returning;
    this.workloads = workloads;
    this.pending = pending;
    this.headroom = headroom;
  }
}
