import type { Cluster } from '../../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import type { WorkloadTrack } from './WorkloadTrack.ts';

/** Records how many pods of each workload the budgets over them want healthy. Has to be told when the classes of its pods change. */
export class Floors implements ClusterListener {
  readonly on: ChangeHandlers = {
    budgetFloorChanged: ({ budget }) => {
      for (const track of this.byBudget.get(budget) ?? []) this.record(track);
    },
    budgetAdded: () => this.watchAll(),
    budgetUpdated: () => this.watchAll(),
    budgetRemoved: () => this.watchAll(),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly tracks = new Set<WorkloadTrack>();
  private readonly byBudget = new Map<DisruptionBudget, Set<WorkloadTrack>>();

  constructor(sim: Simulation, cluster: Cluster) {
    this.sim = sim;
    this.cluster = cluster;
  }

  /** Takes note of the budgets over the class that is now the first one of a workload. */
  watch(track: WorkloadTrack): void {
    const [first] = track.classes;
    this.tracks.add(track);
    for (const budget of first ? this.cluster.budgetsOfClass(first.podClass) : []) {
      const watching = this.byBudget.get(budget);
      if (watching) watching.add(track);
      else this.byBudget.set(budget, new Set([track]));
    }
    this.record(track);
  }

  record(track: WorkloadTrack): void {
    track.floor.record(this.sim.now, this.floorOf(track));
  }

  private watchAll(): void {
    for (const track of this.tracks) this.watch(track);
  }

  /** Of the budgets over the class that was there first; without any pod it stays as it was. */
  private floorOf({ classes: [first], floor }: WorkloadTrack): number {
    if (!first) return floor.current;
    let highest = 0;
    for (const { status } of this.cluster.budgetsOfClass(first.podClass)) highest = Math.max(highest, status.desiredHealthy);
    return highest;
  }
}
