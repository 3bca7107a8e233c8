import type { Cluster } from '../../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { BudgetTrack } from './BudgetTrack.ts';
import { StepLog } from './StepLog.ts';
import type { WorkloadTrack } from './WorkloadTrack.ts';

/** Records how many pods the budgets over each workload want healthy. Must be told when the classes of a workload's pods change. */
export class Floors implements ClusterListener {
  readonly on: ChangeHandlers = {
    budgetFloorChanged: ({ budget }) => {
      for (const track of this.byBudget.get(budget)?.workloads ?? []) this.watch(track);
    },
    budgetAdded: () => this.watchAll(),
    budgetUpdated: () => this.watchAll(),
    budgetRemoved: () => this.watchAll(),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly log = new StepLog();
  private readonly tracks = new Set<WorkloadTrack>();
  private readonly byBudget = new Map<DisruptionBudget, Watched>();

  constructor(sim: Simulation, cluster: Cluster) {
    this.sim = sim;
    this.cluster = cluster;
  }

  /** Looks at the budgets over the first pod class of a workload. A workload without pods keeps the floors it had. */
  watch(track: WorkloadTrack): void {
    const [first] = track.classes;
    this.tracks.add(track);
    if (!first) return;
    const budgets = this.cluster.budgetsOfClass(first.podClass);
    for (const budget of budgets) this.enter(track, budget);
    for (const floor of track.floors) {
      const { budget } = floor.track;
      floor.wanted.record(this.sim.now, budgets.includes(budget) ? budget.status.desiredHealthy : 0);
    }
  }

  private enter(track: WorkloadTrack, budget: DisruptionBudget): void {
    for (const floor of track.floors) if (floor.track.budget === budget) return;
    const watched = this.byBudget.get(budget);
    const budgetTrack = watched?.track ?? new BudgetTrack(budget);
    if (watched) watched.workloads.push(track);
    else this.byBudget.set(budget, { track: budgetTrack, workloads: [track] });
    track.floors = [...track.floors, budgetTrack.take(track.ready, this.log)];
  }

  private watchAll(): void {
    for (const track of this.tracks) this.watch(track);
  }
}

/** A budget with the workloads that are or were under it. */
interface Watched {
  readonly track: BudgetTrack;
  readonly workloads: WorkloadTrack[];
}
