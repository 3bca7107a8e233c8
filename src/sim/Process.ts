import { after, type Duration, type Instant } from '../units.ts';
import { type EventId, NO_EVENT, type Turn } from './EventQueue.ts';

/** Whether a pending wake-up keeps a run going when nothing else is pending. */
export type Urgency = 'foreground' | 'background';

/** Whoever sleeps, for one wake-up at a time; its turn orders it among others that wake in the same instant. */
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
  /** Lets `sleeper` resume once when the wait is over. @returns a function that calls the wait off. */
  arm(clock: Clock, sleeper: Sleeper): () => void;
}

/** Sleeps for `duration`; a zero duration still lets the other events of this instant and phase go first. */
export function timeout(duration: Duration): Wait {
  return sleep(duration, 'foreground');
}

/** Sleeps for `duration` without keeping the run going: the run may end before, when nothing else is pending. */
export function backgroundTimeout(duration: Duration): Wait {
  return sleep(duration, 'background');
}

function sleep(duration: Duration, urgency: Urgency): Wait {
  return {
    arm(clock, sleeper) {
      const event = clock.wake(sleeper, after(clock.now, duration), urgency);
      return () => clock.callOff(event);
    },
  };
}

/** Sleeps until the first of `waits` is over, and calls the others off. */
export function firstOf(...waits: readonly Wait[]): Wait {
  return {
    arm(clock, sleeper) {
      const disarms: (() => void)[] = [];
      const callOff = () => {
        for (const disarm of disarms) disarm();
      };
      const resume = () => {
        callOff();
        sleeper.resume();
      };
      const { entity, ordinal } = sleeper;
      for (const wait of waits) disarms.push(wait.arm(clock, { entity, ordinal, resume }));
      return callOff;
    },
  };
}

/** A condition that processes can wait for. Firing wakes all who wait at that moment, in the phase `Change` of the same instant. */
export class Signal implements Wait {
  /** Made when somebody waits: most signals nobody ever waits for. */
  private waiting: Set<() => void> | undefined;

  arm(clock: Clock, sleeper: Sleeper): () => void {
    let event = NO_EVENT;
    const wake = () => {
      event = clock.wake(sleeper, clock.now, 'foreground');
    };
    this.waiting ??= new Set();
    this.waiting.add(wake);
    return () => {
      this.waiting?.delete(wake);
      clock.callOff(event);
    };
  }

  /** Wakes everyone who waits now; later waits need a later firing. */
  fire(): void {
    const wakes = this.waiting;
    this.waiting = undefined;
    if (wakes) for (const wake of wakes) wake();
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
