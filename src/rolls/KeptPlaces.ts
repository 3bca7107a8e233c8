import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration } from '../units.ts';

/** Nodes that are finished but keep their places for a while, so that the pods that came to them can settle. */
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

  /** Frees all places, because no node is left to take one. */
  release(): void {
    for (const end of this.ends.values()) end.cancel();
    this.ends.clear();
  }
}
