import { after, type Duration, type Instant } from '../units.ts';
import { type EventId, NO_EVENT, type Turn } from './EventQueue.ts';

/** Whether a pending wake-up keeps a run going when nothing else is pending. */
export type Urgency = 'foreground' | 'background';

/** Sleeps for one wake-up at a time; its turn orders it among others that wake in the same instant. */
export interface Sleeper extends Turn {
  resume(): void;
}

/** The part of the kernel that a wait needs: what time it is, and a way to be called later. */
export interface Clock {
  readonly now: Instant;
  /** Lets `sleeper` resume at `at`, in the phase `Change`. */
  wake(sleeper: Sleeper, at: Instant, urgency: Urgency): EventId;
  /** Calls a wake-up off; does nothing once it has happened. */
  callOff(event: EventId): void;
}

/**
 * What one actor does over time, written as a generator and read from top to bottom; its return value is the fact it produced.
 * Yield a {@link Wait} to let time pass, `yield*` another process to do it in between.
 */
export type Process<T> = Generator<Wait, T, void>;

/** A reason for a process to sleep. */
export interface Wait {
  /** Lets `sleeper` resume once when the wait is over. */
  arm(clock: Clock, sleeper: Sleeper): ArmedWait;
}

/** A wait that a sleeper is waiting for. */
export interface ArmedWait {
  /** Calls the wait off; does nothing once it is over. */
  disarm(): void;
}

/** Sleeps for `duration`; a zero duration still lets the other events of this instant and phase go first. */
export function timeout(duration: Duration): Wait {
  return new Timeout(duration, 'foreground');
}

/** Sleeps for `duration` without keeping the run going: the run may end before, when nothing else is pending. */
export function backgroundTimeout(duration: Duration): Wait {
  return new Timeout(duration, 'background');
}

class Timeout implements Wait {
  private readonly duration: Duration;
  private readonly urgency: Urgency;

  constructor(duration: Duration, urgency: Urgency) {
    this.duration = duration;
    this.urgency = urgency;
  }

  arm(clock: Clock, sleeper: Sleeper): ArmedWait {
    return new PendingWake(clock, clock.wake(sleeper, after(clock.now, this.duration), this.urgency));
  }
}

class PendingWake implements ArmedWait {
  private readonly clock: Clock;
  private readonly event: EventId;

  constructor(clock: Clock, event: EventId) {
    this.clock = clock;
    this.event = event;
  }

  disarm(): void {
    this.clock.callOff(this.event);
  }
}

/** Sleeps until the first of `waits` is over, and calls the others off. */
export function firstOf(...waits: readonly Wait[]): Wait {
  return { arm: (clock, sleeper) => new Race(clock, sleeper, waits) };
}

/** Several waits that a sleeper waits for at once. */
class Race implements Sleeper, ArmedWait {
  readonly entity: string;
  readonly ordinal: number;
  private readonly sleeper: Sleeper;
  private readonly armed: readonly ArmedWait[];

  constructor(clock: Clock, sleeper: Sleeper, waits: readonly Wait[]) {
    this.entity = sleeper.entity;
    this.ordinal = sleeper.ordinal;
    this.sleeper = sleeper;
    this.armed = waits.map((wait) => wait.arm(clock, this));
  }

  resume(): void {
    this.disarm();
    this.sleeper.resume();
  }

  disarm(): void {
    for (const wait of this.armed) wait.disarm();
  }
}

/** A condition that processes can wait for. Firing wakes all who wait at that moment, in the phase `Change` of the same instant. */
export class Signal implements Wait {
  private first: Waiter | undefined = undefined;
  private last: Waiter | undefined = undefined;

  arm(clock: Clock, sleeper: Sleeper): ArmedWait {
    const waiter = new Waiter(clock, sleeper, { signal: this, previous: this.last });
    if (this.last) this.last.next = waiter;
    else this.first = waiter;
    this.last = waiter;
    return waiter;
  }

  /** Wakes everyone who waits now; later waits need a later firing. */
  fire(): void {
    for (let waiter = this.first; waiter; waiter = waiter.next) waiter.wake();
    this.first = undefined;
    this.last = undefined;
  }

  /** Used by those who wait: takes one out. */
  drop({ previous, next }: Waiter): void {
    if (previous) previous.next = next;
    else this.first = next;
    if (next) next.previous = previous;
    else this.last = previous;
  }
}

/** Someone who waits for a signal, linked to those who wait before and after. */
class Waiter implements ArmedWait {
  next: Waiter | undefined = undefined;
  previous: Waiter | undefined;
  private readonly clock: Clock;
  private readonly sleeper: Sleeper;
  /** Undefined once it has fired. */
  private signal: Signal | undefined;
  private event = NO_EVENT;

  constructor(clock: Clock, sleeper: Sleeper, { signal, previous }: { readonly signal: Signal; readonly previous: Waiter | undefined }) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.signal = signal;
    this.previous = previous;
  }

  wake(): void {
    this.signal = undefined;
    this.event = this.clock.wake(this.sleeper, this.clock.now, 'foreground');
  }

  disarm(): void {
    this.signal?.drop(this);
    this.signal = undefined;
    this.clock.callOff(this.event);
  }
}

/** A process that was started and may still be going on. */
export class Running<T> implements Sleeper {
  readonly entity: string;
  readonly ordinal: number;
  /** Fires when the process returns. */
  readonly done = new Signal();
  private readonly clock: Clock;
  private readonly process: Process<T>;
  private value: { readonly result: T } | undefined;

  constructor(clock: Clock, process: Process<T>, { entity, ordinal }: Turn) {
    this.entity = entity;
    this.ordinal = ordinal;
    this.clock = clock;
    this.process = process;
  }

  get isDone(): boolean {
    return this.value !== undefined;
  }

  /** What the process returned. @throws Error while it is still going on. */
  result(): T {
    if (!this.value) throw new Error(`process ${this.entity} has not returned yet`);
    return this.value.result;
  }

  /** Used by the kernel and by waits: the process goes on up to its next wait, or returns. */
  resume(): void {
    const next = this.process.next();
    if (!next.done) {
      next.value.arm(this.clock, this);
      return;
    }
    this.value = { result: next.value };
    this.done.fire();
  }
}
