import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, type Instant } from '../units.ts';
import type { RateLimits } from './SharedRate.ts';

export interface FairRatesOptions<T, G> {
  readonly sim: Simulation;
  /** Kind of the events that end transfers. */
  readonly kind: string;
  /** Whose limit `transfer` shares. */
  groupOf(transfer: T): G;
  /** Called when a transfer is complete. */
  done(transfer: T): void;
}

/**
 * Transfers in groups that share one source. The rate of a group is divided equally among its transfers, and what a group cannot use of the
 * source goes to the others (max-min fairness). Costs one step per active transfer at each instant in which a transfer begins or ends.
 */
export class FairRates<T, G> {
  private readonly sim: Simulation;
  private readonly kind: string;
  private readonly groupOf: (transfer: T) => G;
  private readonly done: (transfer: T) => void;
  private readonly left = new Map<T, number>();
  private rates = new Map<T, number>();
  private countedAt: Instant;
  private next: EventHandle | undefined;
  private limits: RateLimits = { nodeRate: Number.POSITIVE_INFINITY, registryRate: Number.POSITIVE_INFINITY };

  constructor({ sim, kind, groupOf, done }: FairRatesOptions<T, G>) {
    this.sim = sim;
    this.kind = kind;
    this.groupOf = groupOf;
    this.done = done;
    this.countedAt = sim.now;
  }

  /** Begins a transfer of `bytes`; from now on all transfers go by `limits`, of a group and of the source. */
  add(transfer: T, bytes: number, limits: RateLimits): void {
    this.count();
    this.limits = limits;
    this.left.set(transfer, bytes);
    this.planOnce();
  }

  /** Breaks off `transfer`. */
  remove(transfer: T): void {
    this.count();
    this.left.delete(transfer);
    this.planOnce();
  }

  private count(): void {
    const elapsed = (this.sim.now - this.countedAt) / 1000;
    this.countedAt = this.sim.now;
    if (elapsed === 0) return;
    for (const [transfer, bytes] of this.left) this.left.set(transfer, bytes - (this.rates.get(transfer) ?? 0) * elapsed);
  }

  /** Recalculates the rates when all transfers of this instant have begun and ended. */
  private planOnce(): void {
    this.next?.cancel();
    this.next = this.sim.schedule({ kind: this.kind, entity: 'registry', fire: () => this.plan() }, this.sim.now, 'Decide');
  }

  private plan(): void {
    this.rates = this.share();
    let soonest = Number.POSITIVE_INFINITY;
    for (const [transfer, bytes] of this.left) soonest = Math.min(soonest, secondsFor(bytes, this.rates.get(transfer) ?? 0));
    if (!Number.isFinite(soonest)) return;
    const at = after(this.sim.now, Math.ceil(soonest * 1000) as Duration);
    this.next = this.sim.schedule({ kind: this.kind, entity: 'registry', fire: () => this.complete() }, at, 'Change');
  }

  /** Serves the groups with the lowest limit per transfer first: each takes an equal share of what is left, or as much as it can use. */
  private share(): Map<T, number> {
    const groups = new Map<G, T[]>();
    for (const transfer of this.left.keys()) {
      const group = groups.get(this.groupOf(transfer));
      if (group) group.push(transfer);
      else groups.set(this.groupOf(transfer), [transfer]);
    }
    let [rest, waiting] = [this.limits.registryRate, this.left.size];
    const rates = new Map<T, number>();
    for (const transfers of [...groups.values()].sort((a, b) => b.length - a.length)) {
      const rate = Math.min(this.limits.nodeRate / transfers.length, rest / waiting);
      for (const transfer of transfers) rates.set(transfer, rate);
      waiting -= transfers.length;
      if (Number.isFinite(rest)) rest -= rate * transfers.length;
    }
    return rates;
  }

  private complete(): void {
    this.count();
    const completed = [...this.left].filter(([transfer, bytes]) => bytes <= 1 || this.rates.get(transfer) === Number.POSITIVE_INFINITY);
    for (const [transfer] of completed) this.left.delete(transfer);
    this.planOnce();
    for (const [transfer] of completed) this.done(transfer);
  }
}

function secondsFor(bytes: number, rate: number): number {
  return rate === Number.POSITIVE_INFINITY ? 0 : Math.max(0, bytes) / rate;
}
