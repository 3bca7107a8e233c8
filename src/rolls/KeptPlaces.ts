import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration } from '../units.ts';

/** Nodes that are finished and whose places nobody takes yet, so that the pods that came to them settle. */
export class KeptPlaces {
  private readonly ends = new Map<string, EventHandle>();

  get names(): readonly string[] {
    return [...this.ends.keys()];
  }

  /** Calls `onFree` when the place of `node` has been kept for `soak`. */
  keep(sim: Simulation, node: string, { soak, onFree }: { readonly soak: Duration; readonly onFree: () => void }): void {
    const fire = () => {
      this.ends.delete(node);
      onFree();
    };
    this.ends.set(node, sim.schedule({ kind: 'soakEnd', entity: node, fire }, after(sim.now, soak), 'Change'));
  }

  /** Keeps no place any more: there is nobody to take one. */
  release(): void {
    for (const end of this.ends.values()) end.cancel();
    this.ends.clear();
  }
}
