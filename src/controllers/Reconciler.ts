import type { Cluster } from '../cluster/Cluster.ts';
import type { EventHandle } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import type { Instant } from '../units.ts';

/** What every controller works on. */
export interface ControllerOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
}

/**
 * The work queue of a workload controller: many requests for one subject in one instant lead to a single reconciliation.
 *
 * It runs as an event of kind `workload` in the phase `React`, by order of the subjects' names. Latency is zero.
 */
export class Reconciler<T> {
  private readonly sim: Simulation;
  private readonly reconcile: (subject: T) => void;
  private readonly requested = new Set<string>();

  constructor(sim: Simulation, reconcile: (subject: T) => void) {
    this.sim = sim;
    this.reconcile = reconcile;
  }

  /** Asks for a reconciliation of `subject` in this instant; `entity` names it. */
  request(entity: string, subject: T): void {
    if (this.requested.has(entity)) return;
    this.requested.add(entity);
    const fire = () => {
      this.requested.delete(entity);
      this.reconcile(subject);
    };
    this.sim.schedule({ kind: 'workload', entity, fire }, this.sim.now, 'React');
  }

  /** Asks for a reconciliation at `at`, which must not be past. */
  requestAt(entity: string, subject: T, at: Instant): EventHandle {
    return this.sim.schedule({ kind: 'workload', entity, fire: () => this.reconcile(subject) }, at, 'React');
  }
}
