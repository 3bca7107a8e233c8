import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, type Instant, instant, seconds } from '../units.ts';
import { collectPod } from './deletePod.ts';
import type { ControllerOptions } from './Reconciler.ts';

export interface PodGCOptions extends ControllerOptions {
  /** When the first pass is. */
  readonly phase: Duration;
  /** Up to when names of nodes are in quarantine from before, by name; absent: none is. */
  readonly quarantineEnds?: Readonly<Record<string, Instant>> | undefined;
}

/** From one pass of the pod garbage collector to the next. */
export const GC_PERIOD = seconds(20);
/** How long the name of a missing node is in quarantine before its pods go. */
export const QUARANTINE = seconds(40);

/**
 * Removes the pods of deleted Node objects 40 to 60 s after the deletion, at the first pass (every 20 s) whose quarantine is over. If a
 * node of that name is back by then, its pods stay, but the quarantine goes on. The pass that removes pods restarts it. So a name that is
 * deleted again before the end costs its pods no later than that end.
 * @see kubernetes/kubernetes pkg/controller/podgc/gc_controller.go (gcOrphaned)
 */
export class PodGC implements ClusterListener {
  readonly on: ChangeHandlers = {
    nodeAdded: ({ node }) => this.release(node.name),
    nodeRemoved: ({ node }) => this.watch(node.name),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  /** The collections to come, by name of a missing node. */
  private readonly collections = new Map<string, EventHandle>();
  /** When the quarantine of a name is over that a pass has begun, or will begin if the node is still missing. */
  private readonly quarantineEnds: Map<string, Instant>;
  private readonly phase: Duration;

  /** Begins with the pods whose node is missing from the start. */
  constructor({ sim, cluster, phase, quarantineEnds = {} }: PodGCOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.phase = phase;
    this.quarantineEnds = new Map(Object.entries(quarantineEnds));
    for (const nodeName of cluster.missingNodes()) this.watch(nodeName);
  }

  private watch(nodeName: string): void {
    if (this.collections.has(nodeName)) return;
    const end = this.endOfQuarantine(nodeName);
    const fire = () => this.collect(nodeName);
    this.quarantineEnds.set(nodeName, end);
    this.collections.set(nodeName, this.sim.schedule({ kind: 'podGC', entity: nodeName, fire }, end, 'React'));
  }

  /** A node of that name is back: a quarantine that no pass has begun is none. */
  private release(nodeName: string): void {
    this.collections.get(nodeName)?.cancel();
    this.collections.delete(nodeName);
    const end = this.quarantineEnds.get(nodeName);
    if (end !== undefined && this.sim.now < end - QUARANTINE) this.quarantineEnds.delete(nodeName);
  }

  private endOfQuarantine(nodeName: string): Instant {
    const end = this.quarantineEnds.get(nodeName);
    return end !== undefined && end >= this.sim.now ? end : after(nextGCPass(this.sim.now, this.phase), QUARANTINE);
  }

  private collect(nodeName: string): void {
    this.collections.delete(nodeName);
    this.quarantineEnds.set(nodeName, after(this.sim.now, QUARANTINE));
    for (const pod of this.cluster.podsOn(nodeName)) collectPod(this.cluster, pod, this.sim.now);
  }
}

/** The first pass at or after `now`. */
export function nextGCPass(now: Instant, phase: Duration): Instant {
  return instant(Math.ceil((now - phase) / GC_PERIOD) * GC_PERIOD + phase);
}
