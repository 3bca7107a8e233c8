import type { Cluster } from '../cluster/Cluster.ts';
import { type EventKind, eventKind } from '../sim/EventKind.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, type Instant, ZERO } from '../units.ts';
import type { Latency } from './Latency.ts';

/** What every controller works on. */
export interface ControllerOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  /** How long reactions take; absent: no time. */
  readonly latency?: Latency;
}

/** A subject that knows its place in the queue itself. */
export interface Turn {
  /** Its name. */
  readonly entity: string;
  /** Whether a reconciliation is to come. Kept by the queue. */
  isRequested: boolean;
}

/**
 * The work queue of a workload controller: requests for one subject lead to a single reconciliation until it has happened.
 *
 * It runs as an event of kind `workload` in the phase `React`, by order of the subjects' names, at once or after the latency drawn for
 * the first request.
 */
export class Reconciler<T> {
  private readonly sim: Simulation;
  private readonly latencyOf: (entity: string) => Duration;
  private readonly requested = new Set<string>();
  private readonly turn: EventKind<Request<T>>;
  private readonly keptTurn: EventKind<T & Turn>;
  private readonly extraTurn: EventKind<T>;

  constructor(sim: Simulation, reconcile: (subject: T) => void, latencyOf: (entity: string) => Duration = () => ZERO) {
    this.sim = sim;
    this.latencyOf = latencyOf;
    const answer = ({ entity, subject }: Request<T>) => {
      this.requested.delete(entity);
      reconcile(subject);
    };
    const answerKept = (subject: T & Turn) => {
      subject.isRequested = false;
      reconcile(subject);
    };
    this.turn = eventKind({ name: 'workload', phase: 'React', fire: answer });
    this.keptTurn = eventKind({ name: 'workload', phase: 'React', fire: answerKept });
    this.extraTurn = eventKind({ name: 'workload', phase: 'React', fire: reconcile });
  }

  /** Asks for a reconciliation of `subject`; `entity` names it. */
  request(entity: string, subject: T): void {
    if (this.requested.has(entity)) return;
    this.requested.add(entity);
    this.sim.expect(this.turn, { entity, subject }, entity, after(this.sim.now, this.latencyOf(entity)));
  }

  /** As `request`, for a subject that is kept: nothing has to be looked up or made. */
  requestTurn(subject: T & Turn): void {
    if (subject.isRequested) return;
    subject.isRequested = true;
    this.sim.expect(this.keptTurn, subject, subject.entity, after(this.sim.now, this.latencyOf(subject.entity)));
  }

  /** Asks for a reconciliation at `at`, which must not be past. */
  requestAt(entity: string, subject: T, at: Instant): EventHandle {
    const event = this.sim.expect(this.extraTurn, subject, entity, at);
    return { cancel: () => this.sim.callOff(event) };
  }
}

interface Request<T> {
  readonly entity: string;
  readonly subject: T;
}
