import { RollError } from '../errors.ts';
import type { Instant } from '../units.ts';
import { START } from '../units.ts';
import { type EventHandle, EventQueue, type SimEvent } from './EventQueue.ts';
import { type Process, Running } from './Process.ts';
import { type Phase, phaseRank } from './phase.ts';
import { RandomStream } from './RandomStream.ts';

/** The kernel: a clock, pending events, processes and random streams. It knows nothing of what is simulated. */
export class Simulation {
  private readonly queue = new EventQueue();
  private readonly streams = new Map<string, RandomStream>();
  private readonly seed: string;
  private clock = START;
  private fired = 0;
  private stopped = false;

  constructor(seed: string) {
    this.seed = seed;
  }

  /** The current instant; never goes back. */
  get now(): Instant {
    return this.clock;
  }

  /** How many events have fired so far. */
  get eventsFired(): number {
    return this.fired;
  }

  /**
   * Schedules `event` at `at`. Events of one instant fire by phase, kind, entity, then in the order they were scheduled.
   * @throws RollError `SIM_TIME_REVERSED` if `at` is before the current instant.
   */
  schedule(event: SimEvent, at: Instant, phase: Phase): EventHandle {
    if (at < this.clock) {
      throw new RollError([
        { code: 'SIM_TIME_REVERSED', message: `${event.kind} of ${event.entity} scheduled at ${at}, now is ${this.clock}` },
      ]);
    }
    return this.queue.push(event, at, phaseRank(phase));
  }

  /** Starts `process` in this instant: its first step runs at once, before this call returns. */
  start<T>(name: string, process: Process<T>): Running<T> {
    const running = new Running<T>(name);
    const step = () => {
      const next = process.next();
      if (next.done) running.finish(next.value);
      else next.value.arm(this, name, step);
    };
    step();
    return running;
  }

  /**
   * The random stream for one purpose and one entity, such as (`reset`, `workers-7`): the same numbers under one seed whatever else happens.
   * Asking again gives the same stream where it stands.
   */
  stream(purpose: string, entity: string): RandomStream {
    const key = `${purpose}/${entity}`;
    const known = this.streams.get(key);
    if (known) return known;
    const stream = new RandomStream(`${this.seed}/${key}`);
    this.streams.set(key, stream);
    return stream;
  }

  /**
   * Fires events in order until none is pending at or before `until`, only background events are, or `stop` was called.
   * The clock ends at the last event fired.
   */
  run(until: Instant): void {
    for (let at = this.queue.peek(); !this.stopped && !this.isIdle && at !== undefined && at <= until; at = this.queue.peek()) {
      const next = this.queue.pop();
      if (!next) return;
      this.clock = next.at;
      this.fired += 1;
      next.event.fire();
    }
  }

  /** Whether nothing but background events is pending. */
  get isIdle(): boolean {
    return !this.queue.hasForeground;
  }

  /** Ends `run` after the event that is firing now. */
  stop(): void {
    this.stopped = true;
  }
}
