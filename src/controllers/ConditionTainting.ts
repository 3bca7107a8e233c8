import type { Cluster } from '../cluster/Cluster.ts';
import type { Node } from '../cluster/Node.ts';
import { eventKind } from '../sim/EventKind.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, START, seconds } from '../units.ts';
import { conformTaints, hasConditionTaint, withoutConditionTaints } from './conditionTaints.ts';
import type { ControllerOptions } from './Reconciler.ts';
import { taintingRate } from './taintingRate.ts';
import { ZoneCounts } from './ZoneCounts.ts';

/**
 * Puts NoExecute taints on nodes that are not Ready, one node after the other in each zone, as fast as the state of the zone allows:
 * every 10 s, more slowly or not at all when most of the zone is down. When no node at all is Ready they are taken back.
 * @see kubernetes/kubernetes pkg/controller/nodelifecycle/node_lifecycle_controller.go (handleDisruption, doNoExecuteTaintingPass)
 */
export class ConditionTainting {
  /** Counts what is Ready. */
  readonly on: ZoneCounts['on'];
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly zones: ZoneCounts;
  private readonly waiting = new Map<string, Map<Node, Instant>>();
  private readonly lastTaintedAt = new Map<string, Instant>();
  private readonly planned = new Set<Instant>();
  /** Its name sorts behind `nodeLifecycle`, so that a pass sees every condition that has changed in its instant. */
  private readonly nextPass = eventKind<undefined>({ name: 'nodeLifecyclePass', phase: 'React', fire: () => this.pass() });

  constructor({ sim, cluster }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.zones = new ZoneCounts(cluster);
    this.on = this.zones.on;
  }

  /** The Ready condition of `node` has changed: its NoExecute taint is replaced at once, or added or removed from `at` on. */
  review(node: Node, at: Instant): void {
    this.forget(node);
    const isTainted = hasConditionTaint(node.taints, 'NoExecute');
    if (isTainted && node.ready !== 'True') this.setNoExecute(node);
    else if (isTainted || node.ready !== 'True') this.waitingIn(this.zones.zoneOf(node)).set(node, at);
    this.planPass(at);
  }

  /** Takes `node` out of the queue. */
  forget(node: Node): void {
    this.waiting.get(this.zones.zoneOf(node))?.delete(node);
  }

  /** The nodes of `zone` that wait for their taint to come or go, with the earliest instant for it. */
  private waitingIn(zone: string): Map<Node, Instant> {
    const known = this.waiting.get(zone);
    if (known) return known;
    const nodes = new Map<Node, Instant>();
    this.waiting.set(zone, nodes);
    return nodes;
  }

  /** One pass per instant. */
  private planPass(at: Instant): void {
    if (this.planned.has(at)) return;
    this.planned.add(at);
    this.sim.expect(this.nextPass, undefined, '', at);
  }

  private pass(): void {
    this.planned.delete(this.sim.now);
    if (!this.isAnyWaiting()) return;
    if (!isAnyReady(this.cluster)) {
      this.takeBack();
      return;
    }
    for (const [zone, nodes] of this.waiting) {
      for (const [node, from] of nodes) if (node.ready === 'True' && from <= this.sim.now) this.settle(node, nodes);
      const next = firstDown(nodes, this.sim.now);
      if (next) this.taint(next, zone, nodes);
    }
  }

  private isAnyWaiting(): boolean {
    for (const nodes of this.waiting.values()) if (nodes.size > 0) return true;
    return false;
  }

  private takeBack(): void {
    for (const node of this.cluster.nodes.values()) {
      if (!hasConditionTaint(node.taints, 'NoExecute')) continue;
      this.cluster.updateNode(node, { taints: withoutConditionTaints(node.taints, 'NoExecute') });
      this.waitingIn(this.zones.zoneOf(node)).set(node, this.sim.now);
    }
  }

  /** Taints `node`, which is next in its zone, as soon as the zone allows. */
  private taint(node: Node, zone: string, waiting: Map<Node, Instant>): void {
    const count = this.zones.of(zone);
    const rate = count ? taintingRate(count, this.zones.all()) : 'stopped';
    if (rate === 'stopped') return;
    const interval = seconds(rate === 'normal' ? 10 : 100);
    const lastAt = this.lastTaintedAt.get(zone);
    const freeAt = lastAt === undefined ? START : after(lastAt, interval);
    if (freeAt > this.sim.now) {
      this.planPass(freeAt);
      return;
    }
    this.settle(node, waiting);
    this.lastTaintedAt.set(zone, this.sim.now);
    if (waiting.size > 0) this.planPass(after(this.sim.now, interval));
  }

  private settle(node: Node, waiting: Map<Node, Instant>): void {
    waiting.delete(node);
    this.setNoExecute(node);
  }

  private setNoExecute(node: Node): void {
    this.cluster.updateNode(node, { taints: conformTaints(node, 'NoExecute') });
  }
}

/** Usually one of the first nodes is Ready, so that only few are looked at. */
function isAnyReady({ nodes }: Cluster): boolean {
  for (const { ready } of nodes.values()) if (ready === 'True') return true;
  return false;
}

/** The first of `waiting` that is to be tainted by `now`. */
function firstDown(waiting: ReadonlyMap<Node, Instant>, now: Instant): Node | undefined {
  for (const [node, from] of waiting) if (node.ready !== 'True' && from <= now) return node;
  return undefined;
}
