import type { Instant } from '../../units.ts';
import type { WorkloadTrack } from './WorkloadTrack.ts';

/** Where the pods that came during a run were bound: one row a pod, kept in columns. */
export class Placements {
  private readonly tracks: WorkloadTrack[] = [];
  private readonly nodes: string[] = [];
  private readonly times: Instant[] = [];

  add(track: WorkloadTrack, node: string, at: Instant): void {
    this.tracks.push(track);
    this.nodes.push(node);
    this.times.push(at);
  }

  /** How many pods of each workload were bound to a node before it was cordoned for its reset, so that they have to move again. */
  wasted(cordons: ReadonlyMap<string, Instant | undefined>): ReadonlyMap<WorkloadTrack, number> {
    const counts = new Map<WorkloadTrack, number>();
    for (let row = 0; row < this.tracks.length; row += 1) {
      const track = this.tracks[row];
      const cordonedAt = cordons.get(this.nodes[row] ?? '');
      if (!track || cordonedAt === undefined || cordonedAt <= (this.times[row] ?? 0)) continue;
      counts.set(track, (counts.get(track) ?? 0) + 1);
    }
    return counts;
  }
}
