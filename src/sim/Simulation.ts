import { RollError } from '../errors.ts';
import type { Instant } from '../units.ts';
import { START } from '../units.ts';
import { type EventKind, eventKind } from './EventKind.ts';
import { type EventId, EventQueue, type Turn } from './EventQueue.ts';
import type { KinStreams } from './KinStreams.ts';
import { type EventHandle, OneOffEvents, type SimEvent } from './OneOffEvents.ts';
import { type Clock, type Process, Running, type Sleeper, type Urgency } from './Process.ts';
import type { Phase } from './phase.ts';
import type { RandomNumbers, RandomStream } from './RandomStream.ts';
import { RandomStreams } from './RandomStreams.ts';

/** The kernel: a clock, pending events, processes and random streams. It knows nothing of what is simulated. */
export class Simulation implements Clock {
  private readonly queue = new EventQueue();
  private readonly oneOff = new OneOffEvents();
  private readonly foregroundWake = eventKind<Sleeper>({ name: 'process', phase: 'Change', fire: (sleeper) => sleeper.resume() });
  private readonly backgroundWake = eventKind<Sleeper>({ ...this.foregroundWake, phase: 'Change', isBackground: true });
  private readonly streams: RandomStreams;
  private clock = START;
  private fired = 0;

  constructor(seed: string) {
    this.streams = new RandomStreams(seed);
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
   * Schedules an event of `kind` for `subject` at `at`; `entity` names the subject. Events of one instant fire by phase, kind, entity, then
   * in the order in which they were scheduled.
   * @throws RollError `SIM_TIME_REVERSED` if `at` is before the current instant.
   */
  expect<Subject>(kind: EventKind<Subject>, subject: Subject, entity: string, at: Instant): EventId {
    if (at < this.clock) throw reversed(`${kind.name} of ${entity} scheduled at ${at}, now is ${this.clock}`);
    return this.queue.push(kind, subject, entity, at);
  }

  /** Calls off an event that `expect` announced; does nothing once it has fired. */
  callOff(event: EventId): void {
    this.queue.cancel(event);
  }

  /** As `expect`, for what happens too seldom to have a kind of its own. */
  schedule(event: SimEvent, at: Instant, phase: Phase): EventHandle {
    const id = this.expect(this.oneOff.kindOf(event, phase), event, event.entity, at);
    return { cancel: () => this.callOff(id) };
  }

  wake(sleeper: Sleeper, at: Instant, urgency: Urgency): EventId {
    if (at < this.clock) throw reversed(`process ${sleeper.entity} to wake at ${at}, now is ${this.clock}`);
    return this.queue.pushTurn(urgency === 'background' ? this.backgroundWake : this.foregroundWake, sleeper, at);
  }

  /**
   * Whether an event scheduled now for this instant, of `kind` or the waking of a process, would come before everything that is pending.
   * Its subject may then continue right away.
   */
  comesNext(turn: Turn, kind: EventKind<never> = this.foregroundWake): boolean {
    return this.queue.wouldBeFirst(kind, turn);
  }

  /**
   * Starts `process` in this instant: its first step runs at once, before this call returns. Processes of one name that wake in the same
   * instant continue in the order of `ordinal`.
   */
  start<T>(name: string, process: Process<T>, ordinal = 0): Running<T> {
    const running = new Running(this, process, { entity: name, ordinal });
    running.resume();
    return running;
  }

  /**
   * The random stream for one purpose and one entity, such as (`reset`, `workers-7`): the same numbers under one seed, whatever else
   * happens. Asking again gives the same stream at its present position.
   */
  stream(purpose: string, entity: string): RandomStream {
    return this.streams.of(purpose, entity);
  }

  /**
   * The numbers that `stream` would give, stored more compactly, for a purpose that takes few numbers for each of very many entities (one
   * for every pod that starts). Valid until the next call; a purpose uses either this or `stream`.
   */
  briefStream(purpose: string, entity: string): RandomNumbers {
    return this.streams.brief(purpose, entity);
  }

  /** The numbers that `briefStream` would give, for entities of many kins. */
  kinStreams(purpose: string): KinStreams {
    return this.streams.kin(purpose);
  }

  /**
   * Fires events in order until none is pending at or before `until`, or only background events are.
   * The clock ends at the last event fired. An `until` that is past fires nothing.
   */
  run(until: Instant): void {
    if (until < this.clock) return;
    while (!this.isIdle && this.queue.advance(until)) {
      this.clock = this.queue.now;
      this.fired += 1;
      this.queue.fire();
    }
  }

  /** Whether nothing but background events is pending. */
  get isIdle(): boolean {
    return !this.queue.hasForeground;
  }
}

function reversed(message: string): RollError {
  return new RollError([{ code: 'SIM_TIME_REVERSED', message }]);
}
