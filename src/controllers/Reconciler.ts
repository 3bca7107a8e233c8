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

/** What the events are called in which workload controllers reconcile. */
export const RECONCILIATION = 'workload';

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
  private readonly extraTurn: EventKind<T>;

  constructor(sim: Simulation, reconcile: (subject: T) => void, latencyOf: (entity: string) => Duration = () => ZERO) {
    this.sim = sim;
    this.latencyOf = latencyOf;
    const answer = ({ entity, subject }: Request<T>) => {
      this.requested.delete(entity);
      reconcile(subject);
    };
    this.turn = eventKind({ name: RECONCILIATION, phase: 'React', fire: answer });
    this.extraTurn = eventKind({ name: RECONCILIATION, phase: 'React', fire: reconcile });
  }

  /** Asks for a reconciliation of `subject`; `entity` names it. */
  request(entity: string, subject: T): void {
    if (this.requested.has(entity)) return;
    this.requested.add(entity);
    this.sim.expect(this.turn, { entity, subject }, entity, after(this.sim.now, this.latencyOf(entity)));
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
