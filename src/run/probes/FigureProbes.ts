import type { ChangeKind, ClusterChange, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { HeadroomProbe } from './HeadroomProbe.ts';
import type { PendingProbe } from './PendingProbe.ts';
import type { WorkloadProbe } from './WorkloadProbe.ts';

/** The probes that every run has. */
export interface Watching {
  readonly workloads: WorkloadProbe;
  readonly pending: PendingProbe;
  readonly headroom: HeadroomProbe;
}

/** Listens for the probes that every run has: nearly every change concerns all of them, so it is told once and passed on directly. */
export class FigureProbes implements ClusterListener {
  readonly hears: readonly ChangeKind[];
  private readonly workloads: WorkloadProbe;
  private readonly pending: PendingProbe;
  private readonly headroom: HeadroomProbe;

  constructor({ workloads, pending, headroom }: Watching) {
    this.hears = [...new Set([...workloads.hears, ...pending.hears, ...headroom.hears])];
    this.workloads = workloads;
    this.pending = pending;
    this.headroom = headroom;
  }

  onChange(change: ClusterChange): void {
    this.workloads.onChange(change);
    this.pending.onChange(change);
    this.headroom.onChange(change);
  }
}
