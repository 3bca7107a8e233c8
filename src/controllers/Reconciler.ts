import type { Cluster } from '../cluster/Cluster.ts';
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

/**
 * The work queue of a workload controller: requests for one subject lead to a single reconciliation until it has happened.
 *
 * It runs as an event of kind `workload` in the phase `React`, by order of the subjects' names, at once or after the latency drawn for
 * the first request.
 */
export class Reconciler<T> {
  private readonly sim: Simulation;
  private readonly reconcile: (subject: T) => void;
  private readonly latencyOf: (entity: string) => Duration;
  private readonly requested = new Set<string>();

  constructor(sim: Simulation, reconcile: (subject: T) => void, latencyOf: (entity: string) => Duration = () => ZERO) {
    this.sim = sim;
    this.reconcile = reconcile;
    this.latencyOf = latencyOf;
  }

  /** Asks for a reconciliation of `subject`; `entity` names it. */
  request(entity: string, subject: T): void {
    if (this.requested.has(entity)) return;
    this.requested.add(entity);
    const fire = () => {
      this.requested.delete(entity);
      this.reconcile(subject);
    };
    this.sim.schedule({ kind: 'workload', entity, fire }, after(this.sim.now, this.latencyOf(entity)), 'React');
  }

  /** Asks for a reconciliation at `at`, which must not be past. */
  requestAt(entity: string, subject: T, at: Instant): EventHandle {
    return this.sim.schedule({ kind: 'workload', entity, fire: () => this.reconcile(subject) }, at, 'React');
  }
}
