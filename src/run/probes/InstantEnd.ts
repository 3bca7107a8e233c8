import type { Simulation } from '../../sim/Simulation.ts';

/** Calls `observe` once at the end of every instant in which `mark` was called: probes see settled states only. */
export class InstantEnd {
  private readonly sim: Simulation;
  private readonly name: string;
  private readonly observe: () => void;
  private isMarked = false;

  constructor(sim: Simulation, name: string, observe: () => void) {
    this.sim = sim;
    this.name = name;
    this.observe = observe;
  }

  mark(): void {
    if (this.isMarked) return;
    this.isMarked = true;
    this.sim.schedule({ kind: 'probe', entity: this.name, fire: () => this.look() }, this.sim.now, 'Observe');
  }

  private look(): void {
    this.isMarked = false;
    this.observe();
  }
}
