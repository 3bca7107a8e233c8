import type { EventHandle } from '../../sim/OneOffEvents.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { type Instant, instant } from '../../units.ts';

/** Whether a pending retry keeps a run going: `background` when it could only fail again in the same way. */
export type RetryUrgency = 'foreground' | 'background';

/** One pending wake-up of the scheduler, which can be moved, cancelled, and turned from background to foreground. */
export class RetryTimer {
  private readonly sim: Simulation;
  private readonly kind: string;
  private readonly fire: () => void;
  private pending: { readonly at: Instant; readonly urgency: RetryUrgency; readonly handle: EventHandle } | undefined;

  constructor(sim: Simulation, kind: string, fire: () => void) {
    this.sim = sim;
    this.kind = kind;
    this.fire = fire;
  }

  /** Whether a wake-up is pending. */
  get isSet(): boolean {
    return this.pending !== undefined;
  }

  /** Moves the pending wake-up to `at` (not before now); undefined cancels it. */
  set(at: Instant | undefined, urgency: RetryUrgency): void {
    if (this.pending?.at === at && (at === undefined || this.pending?.urgency === urgency)) return;
    this.pending?.handle.cancel();
    this.pending = undefined;
    if (at === undefined) return;
    const event = { kind: this.kind, entity: '', isBackground: urgency === 'background', fire: () => this.ring() };
    const handle = this.sim.schedule(event, instant(Math.max(at, this.sim.now)), 'React');
    this.pending = { at, urgency, handle };
  }

  private ring(): void {
    this.pending = undefined;
    this.fire();
  }
}
