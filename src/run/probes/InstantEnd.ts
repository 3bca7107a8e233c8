import { type EventKind, eventKind } from '../../sim/EventKind.ts';
import type { Simulation } from '../../sim/Simulation.ts';

/** Calls `observe` once at the end of every instant in which `mark` was called: probes see settled states only. */
export class InstantEnd {
  private readonly sim: Simulation;
  private readonly name: string;
  private readonly end: EventKind<undefined>;
  private isMarked = false;

  constructor(sim: Simulation, name: string, observe: () => void) {
    this.sim = sim;
    this.name = name;
    const look = () => {
      this.isMarked = false;
      observe();
    };
    this.end = eventKind({ name: 'probe', phase: 'Observe', fire: look });
  }

  mark(): void {
    if (this.isMarked) return;
    this.isMarked = true;
    this.sim.expect(this.end, undefined, this.name, this.sim.now);
  }
}
