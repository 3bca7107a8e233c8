import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, type Instant } from '../units.ts';

export interface SharedRateOptions<T> {
  readonly sim: Simulation;
  /** Kind of the events that end transfers. */
  readonly kind: string;
  /** Called when a transfer is complete. */
  done(transfer: T): void;
}

/** Bytes per second that one node can take and that the source gives to all together; Infinity: without limit. */
export interface RateLimits {
  readonly nodeRate: number;
  readonly registryRate: number;
}

/**
 * Transfers that share one source fairly: each runs at its own limit or at an equal share of the source, whichever is less.
 *
 * It counts the bytes that a transfer would have received since the start of the run, so a change costs one step, not one per transfer. All
 * active transfers must have the same limits.
 */
export class SharedRate<T> {
  private readonly sim: Simulation;
  private readonly kind: string;
  private readonly done: (transfer: T) => void;
  private readonly active: { readonly transfer: T; readonly end: number }[] = [];
  private limits: RateLimits = { nodeRate: Number.POSITIVE_INFINITY, registryRate: Number.POSITIVE_INFINITY };
  private received = 0;
  private countedAt: Instant;
  private next: EventHandle | undefined;

  constructor({ sim, kind, done }: SharedRateOptions<T>) {
    this.sim = sim;
    this.kind = kind;
    this.done = done;
    this.countedAt = sim.now;
  }

  /** Begins a transfer of `bytes`; from now on all transfers go by `limits`. */
  add(transfer: T, bytes: number, limits: RateLimits): void {
    this.count();
    this.limits = limits;
    const end = this.received + (Number.isFinite(this.rate(this.active.length + 1)) ? bytes : 0);
    this.active.splice(this.positionOf(end), 0, { transfer, end });
    this.plan();
  }

  /** Breaks off `transfer`. */
  remove(transfer: T): void {
    this.count();
    const index = this.active.findIndex((one) => one.transfer === transfer);
    if (index >= 0) this.active.splice(index, 1);
    this.plan();
  }

  private count(): void {
    const elapsed = this.sim.now - this.countedAt;
    this.countedAt = this.sim.now;
    if (elapsed > 0 && this.active.length > 0) this.received += (this.rate(this.active.length) * elapsed) / 1000;
  }

  /** Bytes per second that each of `transfers` gets. */
  private rate(transfers: number): number {
    return Math.min(this.limits.nodeRate, this.limits.registryRate / transfers);
  }

  /** Behind all transfers that end earlier or at the same count. */
  private positionOf(end: number): number {
    let [low, high] = [0, this.active.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.active[middle]?.end ?? end) <= end) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private plan(): void {
    this.next?.cancel();
    const first = this.active[0];
    if (!first) return;
    const left = Math.max(0, first.end - this.received);
    const wait = left === 0 ? 0 : Math.ceil((left / this.rate(this.active.length)) * 1000);
    const at = after(this.sim.now, wait as Duration);
    this.next = this.sim.schedule({ kind: this.kind, entity: 'registry', fire: () => this.complete() }, at, 'Change');
  }

  private complete(): void {
    this.count();
    const open = this.active.findIndex(({ end }) => end > this.received + 1);
    const completed = this.active.splice(0, open < 0 ? this.active.length : open);
    this.plan();
    for (const { transfer } of completed) this.done(transfer);
  }
}
