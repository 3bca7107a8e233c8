import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { InstantEnd } from './InstantEnd.ts';
import { StepRecorder } from './StepRecorder.ts';

/** Watches the pods that wait for a node. Pods that waited before the roll are kept apart from those that wait because of it. */
export class PendingProbe {
  readonly series = new StepRecorder();
  /** Pods that waited when the roll began. */
  readonly before: ReadonlySet<Pod>;
  private readonly waiting = new Set<Pod>();
  private readonly end: InstantEnd;

  constructor(sim: Simulation, pods: Iterable<Pod>) {
    this.before = new Set([...pods].filter(isWaiting));
    this.end = new InstantEnd(sim, 'pending', () => this.series.record(sim.now, this.waiting.size));
    this.end.mark();
  }

  onChange(change: ClusterChange): void {
    if (!('pod' in change) || this.before.has(change.pod)) return;
    const waits = change.kind !== 'podRemoved' && isWaiting(change.pod);
    if (waits === this.waiting.has(change.pod)) return;
    if (waits) this.waiting.add(change.pod);
    else this.waiting.delete(change.pod);
    this.end.mark();
  }

  /** Pods that wait now and did not wait before the roll, in order of creation. */
  now(): readonly Pod[] {
    return [...this.waiting];
  }
}

function isWaiting(pod: Pod): boolean {
  return pod.nodeName === undefined && !pod.isTerminating && !pod.isFinished;
}
