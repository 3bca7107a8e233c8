import type { ClusterChange, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { HeadroomProbe } from './HeadroomProbe.ts';
import type { PendingProbe } from './PendingProbe.ts';
import type { WorkloadProbe } from './WorkloadProbe.ts';

/** The probes that every run has. */
export interface Watching {
  readonly workloads: WorkloadProbe;
  readonly pending: PendingProbe;
  readonly headroom: HeadroomProbe;
}

/** Listens for the probes that every run has: nearly every change concerns all of them, so it is told once and passed on to those that it concerns. */
export class FigureProbes implements ClusterListener {
  readonly hears = [
    ...(['podAdded', 'podBound', 'podReadyChanged', 'podTerminating', 'podPhaseChanged'] as const),
    ...(['podUpdated', 'podReleased', 'podRemoved'] as const),
    ...(['nodeAdded', 'nodeUpdated', 'nodeRemoved'] as const),
    ...(['workloadAdded', 'workloadUpdated', 'workloadRemoved', 'storageChanged'] as const),
  ];
  private readonly workloads: WorkloadProbe;
  private readonly pending: PendingProbe;
  private readonly headroom: HeadroomProbe;

  constructor({ workloads, pending, headroom }: Watching) {
    this.workloads = workloads;
    this.pending = pending;
    this.headroom = headroom;
  }

  onChange(change: ClusterChange): void {
    const { workloads, pending, headroom } = this;
    switch (change.kind) {
      case 'podAdded':
        workloads.add(change.pod);
        pending.add(change.pod);
        headroom.add(change.pod);
        break;
      case 'podBound':
        workloads.bind(change.pod);
        pending.noteEnd(change.pod);
        headroom.hold(change.pod, change.node);
        break;
      case 'podReadyChanged':
        workloads.noteServing(change.pod);
        break;
      case 'podTerminating':
        workloads.noteTermination(change.pod);
        pending.noteEnd(change.pod);
        break;
      case 'podRemoved':
        workloads.remove(change.pod);
        pending.forget(change.pod);
        headroom.release(change.pod, change.node);
        break;
      default:
        this.onSeldomChange(change);
    }
  }

  /** What few pods meet, apart from what all do: so the function for that stays short, and fast. */
  private onSeldomChange(change: ClusterChange): void {
    const { workloads, pending, headroom } = this;
    switch (change.kind) {
      case 'podPhaseChanged':
        workloads.notePhase(change.pod);
        pending.note(change.pod);
        headroom.notePhase(change.pod, change.before);
        break;
      case 'podUpdated':
        workloads.note(change.pod);
        pending.note(change.pod);
        headroom.respec(change.pod, change.before.spec);
        break;
      case 'podReleased':
        workloads.note(change.pod);
        break;
      case 'nodeAdded':
        headroom.enter(change.node);
        break;
      case 'nodeUpdated':
        headroom.renew(change.node, change.before);
        break;
      case 'nodeRemoved':
        headroom.leave(change.node);
        break;
      case 'workloadAdded':
      case 'workloadUpdated':
      case 'workloadRemoved':
        workloads.noteWorkload(change.workload);
        break;
      case 'storageChanged':
        if (change.object === 'claims') pending.noteClaims();
        break;
    }
  }
}
