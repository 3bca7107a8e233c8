import type { Node } from '../cluster/Node.ts';
import { type Process, type Running, Signal, timeout, type Wait } from '../sim/Process.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { type Duration, type Instant, ZERO } from '../units.ts';
import { endingFailure } from './endingFailure.ts';
import { KeptPlaces } from './KeptPlaces.ts';
import { mayStart, untilOpening } from './maintenanceGate.ts';
import type { NodeReset } from './NodeReset.ts';
import { NEVER_STARTED } from './neverStarted.ts';
import { orderNodes } from './orderNodes.ts';
import { PlaceHolders } from './PlaceHolders.ts';
import type { RollContext } from './RollContext.ts';
import type { RollFacts } from './RollFacts.ts';
import type { RollPlan } from './RollPlan.ts';
import type { RollStep } from './RollStrategy.ts';
import { strategies } from './registry.ts';
import { replaceNodes } from './replaceNodes.ts';
import { resetNode } from './resetNode.ts';

/** Runs `plan`: asks its strategy for the next step, starts resets, and waits until the last one is finished. */
export function* roll(context: RollContext, plan: RollPlan): Process<RollFacts> {
  yield* untilOpening(context);
  if (plan.surge) return yield* replaceNodes(context, plan, plan.surge);
  const progress = new Progress(orderNodes(context, plan), new PlaceHolders(plan, context.cluster.nodes.values()));
  if (plan.cordon === 'wholePool' && mayStart(context, plan)) progress.cordonAll(context);
  for (let step = progress.next(context, plan); step.kind !== 'done'; step = progress.next(context, plan)) {
    if (step.kind === 'reset' && !mayStart(context, plan)) yield* progress.suspend(context, plan);
    else if (step.kind === 'reset') progress.start(context, plan, step.nodes);
    else if (step.kind === 'rest') yield* progress.rest(context, step.time);
    else yield* progress.untilChanged(context, plan);
    const failure = endingFailure(progress.failed, plan);
    if (failure !== undefined) progress.giveUp(failure);
    if (context.closing.reason !== undefined) progress.giveUp(progress.reasonToClose(context.closing.reason, plan));
  }
  return { resets: progress.rows(context), stopped: progress.stopped, isWindowClosed: progress.isWindowClosed };
}

/** The state of a roll: which nodes wait, which are being reset, and the rows of those that are finished. */
class Progress {
  /** Fires when a node is finished. */
  readonly changed = new Signal();
  waiting: string[];
  stopped: string | undefined;
  isWindowClosed = false;
  /** How many nodes have failed so far at each step. */
  readonly failed = { drain: 0, return: 0 };
  /** When all nodes were cordoned together; undefined: each when its turn comes. */
  private cordonedAt: Instant | undefined = undefined;
  private readonly order: readonly string[];
  private readonly holders: PlaceHolders;
  /** The nodes that used up places at the last step, without being reset. */
  private unavailable: readonly string[] = [];
  private readonly resets = new Map<string, Running<NodeReset>>();
  /** Nodes whose reset is going on, in order of their start. */
  private readonly active: string[] = [];
  private readonly kept = new KeptPlaces();
  private skipped: readonly string[] = [];
  private batches = 0;
  /** After how many of these batches the roll has rested. */
  private rested = 0;
  /** How many had started when the roll was last resumed after a pause for maintenance windows. */
  private resumed = 0;

  constructor(order: readonly string[], holders: PlaceHolders) {
    this.order = order;
    this.holders = holders;
    this.waiting = [...new Set(order)];
  }

  cordonAll({ cluster, sim }: RollContext): void {
    this.cordonedAt = sim.now;
    for (const name of this.waiting) {
      const node = cluster.nodes.get(name);
      if (node) cluster.cordon(node);
    }
  }

  next({ cluster }: RollContext, plan: RollPlan): RollStep {
    const { batches, rested, resumed } = this;
    const resetting = [...this.active, ...this.kept.names];
    this.unavailable = this.holders.among(cluster.nodes.values()).filter((name) => !resetting.includes(name));
    const waiting = this.eligible(plan);
    if (waiting.length === 0 && this.waiting.length > 0) return { kind: 'wait' };
    const unavailable = this.unavailable.length;
    return strategies[plan.pacing.kind].nextStep({ waiting, resetting, unavailable, batches, rested, resumed }, plan);
  }

  /** Waits until a node is finished, or until others use up more or fewer places. */
  untilChanged({ closing, watch }: RollContext, { budgetAccounting = 'inflight' }: RollPlan): readonly Wait[] {
    if (budgetAccounting === 'inflight' || this.waiting.length === 0) return [this.changed];
    return closing.orUntil(this.changed, watch.availability);
  }

  /** Why nodes are left out when the run closes for `reason`: others may use up all of their places. */
  reasonToClose(reason: string, { maxUnavailable }: RollPlan): string {
    const { unavailable } = this;
    if (unavailable.length === 0) return reason;
    return `${this.holders.describe(unavailable)} (${unavailable.length} of maxUnavailable ${maxUnavailable}), and ${reason}`;
  }

  /** Waits until a window opens or a node is finished; when no window opens any more and none is under way, leaves out all that wait. */
  *suspend(context: RollContext, plan: RollPlan): Process<void> {
    if (plan.maintenance?.onClose === 'finishInFlightThenPause') this.resumed = this.batches;
    const waits = untilOpening(context, this.changed);
    if (waits.length > 0) yield* waits;
    else if (this.active.length > 0) yield this.changed;
    else {
      this.isWindowClosed = true;
      this.giveUp(`no maintenance window opens ${this.batches > 0 ? 'again ' : ''}before the horizon`);
    }
  }

  /** Lets `time` pass, or until the run closes. */
  *rest({ closing }: RollContext, time: Duration): Process<void> {
    yield* closing.orUntil(timeout(time));
    this.rested = this.batches;
  }

  start(context: RollContext, plan: RollPlan, names: readonly string[]): void {
    this.takeFromQueue(names);
    if (this.waiting.length === 0) this.kept.release();
    for (const name of names) this.startOne(context, plan, name);
    this.batches += 1;
  }

  /** `names` no longer wait. Mostly they are the first of those that do. */
  private takeFromQueue(names: readonly string[]): void {
    if (names.every((name, index) => this.waiting[index] === name)) this.waiting.splice(0, names.length);
    else this.waiting = this.waiting.filter((name) => !names.includes(name));
  }

  /** Leaves out every node whose reset has not started. */
  giveUp(reason: string): void {
    if (this.waiting.length === 0) return;
    this.stopped = reason;
    this.skipped = this.waiting;
    this.waiting = [];
    this.kept.release();
  }

  rows({ sim }: RollContext): NodeReset[] {
    const skipped = new Set(this.skipped);
    return this.order.map((name) => {
      const reset = this.resets.get(name);
      if (reset) return reset.result();
      const outcome = skipped.has(name) ? 'notStarted' : 'deleted';
      const reason = outcome === 'deleted' ? 'the node was deleted before its turn' : this.stopped;
      const cordonedAt = outcome === 'notStarted' ? this.cordonedAt : undefined;
      return { ...NEVER_STARTED, node: name, outcome, reason, cordonedAt, endedAt: sim.now };
    });
  }

  /** Of the nodes that wait those whose turn may come. */
  private eligible({ budgetAccounting }: RollPlan): readonly string[] {
    if (budgetAccounting !== 'unreadyOrCordoned' || this.unavailable.length === 0) return this.waiting;
    const passedOver = new Set(this.unavailable);
    return this.waiting.filter((name) => !passedOver.has(name));
  }

  private startOne(context: RollContext, plan: RollPlan, name: string): void {
    const node: Node | undefined = context.cluster.nodes.get(name);
    if (!node) return;
    this.active.push(name);
    const reset = context.sim.start(`reset/${name}`, this.untilFinished(resetNode(context, node, plan, this.batches), context.sim, plan));
    this.resets.set(name, reset);
  }

  /** Runs `reset`, takes note of how it ended, and keeps its place for the soak. */
  private *untilFinished(reset: Process<NodeReset>, sim: Simulation, { pacing: { soak = ZERO } }: RollPlan): Process<NodeReset> {
    const row = this.cordonedFirst(yield* reset);
    this.active.splice(this.active.indexOf(row.node), 1);
    if (row.outcome === 'failed') this.failed[row.drainedAt === undefined ? 'drain' : 'return'] += 1;
    if (soak > ZERO && this.waiting.length > 0) this.kept.keep(sim, row.node, { soak, onFree: () => this.changed.fire() });
    this.changed.fire();
    return row;
  }

  /** The row of a node that was cordoned with the whole pool, before its turn. */
  private cordonedFirst(row: NodeReset): NodeReset {
    return this.cordonedAt === undefined ? row : { ...row, cordonedAt: this.cordonedAt, startedAt: row.cordonedAt };
  }
}
