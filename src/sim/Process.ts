import { after, type Duration, type Instant } from '../units.ts';
import { type EventId, NO_EVENT } from './EventQueue.ts';

/** Whether a pending wake-up keeps a run going when nothing else is pending. */
export type Urgency = 'foreground' | 'background';

/** The part of the kernel that a wait needs: what time it is, and a way to be called later. */
export interface Clock {
  readonly now: Instant;
  /** Calls `resume` for the process `name` at `at`, in the phase `Change`. */
  wake(resume: () => void, name: string, at: Instant, urgency: Urgency): EventId;
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
  /** Calls `resume` once when the wait is over. @returns a function that calls the wait off. */
  arm(clock: Clock, name: string, resume: () => void): () => void;
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
    arm(clock, name, resume) {
      const event = clock.wake(resume, name, after(clock.now, duration), urgency);
      return () => clock.callOff(event);
    },
  };
}

/** Sleeps until the first of `waits` is over, and calls the others off. */
export function firstOf(...waits: readonly Wait[]): Wait {
  return {
    arm(clock, name, resume) {
      const disarms: (() => void)[] = [];
      const callOff = () => {
        for (const disarm of disarms) disarm();
      };
      const win = () => {
        callOff();
        resume();
      };
      for (const wait of waits) disarms.push(wait.arm(clock, name, win));
      return callOff;
    },
  };
}

/** Sleeps until every running process of `running` has returned; gives their results in the same order. */
export function* allOf<T>(running: readonly Running<T>[]): Process<T[]> {
  const results: T[] = [];
  for (const one of running) {
    while (!one.isDone) yield one.done;
    results.push(one.result());
  }
  return results;
}

/** A condition that processes can wait for. Firing wakes all who wait at that moment, in the phase `Change` of the same instant. */
export class Signal implements Wait {
  /** Made when somebody waits: most signals nobody ever waits for. */
  private waiting: Set<() => void> | undefined;

  arm(clock: Clock, name: string, resume: () => void): () => void {
    let event = NO_EVENT;
    const wake = () => {
      event = clock.wake(resume, name, clock.now, 'foreground');
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
export class Running<T> {
  readonly name: string;
  /** Fires when the process returns. */
  readonly done = new Signal();
  private value: { readonly result: T } | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get isDone(): boolean {
    return this.value !== undefined;
  }

  /** What the process returned. @throws Error while it is still going on. */
  result(): T {
    if (!this.value) throw new Error(`process ${this.name} has not returned yet`);
    return this.value.result;
  }

  /** Used by the kernel alone: records the return value and wakes who waits for it. */
  finish(result: T): void {
    this.value = { result };
    this.done.fire();
  }
}
