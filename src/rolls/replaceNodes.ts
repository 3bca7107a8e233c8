import { type Process, type Running, Signal, type Wait } from '../sim/Process.ts';
import { endingFailure } from './endingFailure.ts';
import { makeNode } from './makeNode.ts';
import { NewNodes } from './NewNodes.ts';
import type { NodeReset } from './NodeReset.ts';
import { NEVER_STARTED } from './neverStarted.ts';
import { orderNodes } from './orderNodes.ts';
import type { ReplacementProgress, ReplacementStep } from './ReplacementStrategy.ts';
import type { RollContext } from './RollContext.ts';
import type { RollFacts } from './RollFacts.ts';
import type { RollPlan, SurgePlan } from './RollPlan.ts';
import { replacementStrategies } from './registry.ts';
import { removeNode } from './removeNode.ts';

/** Runs a `plan` that replaces nodes: asks the strategy what to make and what to let go, until every old node is gone and every new one is up. */
export function* replaceNodes(context: RollContext, plan: RollPlan, surge: SurgePlan): Process<RollFacts> {
  const { closing } = context;
  const replacement = new Replacement(context, plan);
  while (!replacement.isOver) {
    const hasStarted = replacement.take(replacementStrategies[surge.strategy].nextStep(replacement.progress(), { ...plan, surge }));
    if (!hasStarted && !replacement.isOver) yield* replacement.untilChanged();
    const reason = endingFailure(replacement.failed, plan) ?? closing.reason;
    if (reason !== undefined) replacement.giveUp(reason);
  }
  return { resets: replacement.rows(), stopped: replacement.stopped, isWindowClosed: false };
}

/** The state of a replacement: which old nodes wait or go, which new ones are made, and the rows of all that have started. */
class Replacement {
  /** Fires when a node is finished. */
  readonly changed = new Signal();
  /** How many nodes have failed so far at each step. */
  readonly failed = { drain: 0, return: 0 };
  stopped: string | undefined;
  private readonly context: RollContext;
  private readonly plan: RollPlan;
  private readonly order: readonly string[];
  private readonly newNodes: NewNodes;
  /** Old nodes whose turn has not come. */
  private readonly waiting: Set<string>;
  private readonly removals = new Map<string, Running<NodeReset>>();
  private readonly makings = new Map<string, Running<NodeReset>>();
  /** New nodes that have become available. */
  private readonly grown: string[] = [];
  private running = 0;
  private gone = 0;

  constructor(context: RollContext, plan: RollPlan) {
    this.context = context;
    this.plan = plan;
    this.order = orderNodes(context, plan);
    this.waiting = new Set(this.order);
    this.newNodes = new NewNodes(context, plan);
  }

  get isOver(): boolean {
    if (this.running > 0) return false;
    return this.stopped !== undefined || (this.waiting.size === 0 && this.makings.size >= this.order.length);
  }

  progress(): ReplacementProgress {
    const waiting = [...this.waiting];
    return {
      replicas: this.order.length,
      waiting: [...waiting.filter((name) => !this.isReady(name)), ...waiting.filter((name) => this.isReady(name))],
      going: this.removals.size - this.gone,
      made: this.makings.size,
      available: this.grown.filter((name) => this.isReady(name)).length,
    };
  }

  /** Starts what `step` says, unless the roll has been given up. @returns whether anything was started. */
  take({ make, remove }: ReplacementStep): boolean {
    if (this.stopped !== undefined) return false;
    const { size } = this.makings;
    for (let count = 0; count < make; count += 1) this.make();
    for (const name of remove) this.remove(name);
    return this.makings.size > size || remove.length > 0;
  }

  /**
   * Waits until a node is finished or its state changes by itself, or the run closes; if it has closed, all nodes under way come to their end.
   */
  untilChanged(): readonly Wait[] {
    const { closing, watch } = this.context;
    return closing.reason === undefined ? closing.orUntil(this.changed, watch.availability) : [this.changed];
  }

  /** Starts nothing more. */
  giveUp(reason: string): void {
    this.stopped ??= reason;
  }

  /** Old nodes in the order of the roll, then new ones in the order in which they were made. */
  rows(): NodeReset[] {
    const old = this.order.map((name) => this.removals.get(name)?.result() ?? this.neverReached(name));
    return [...old, ...[...this.makings.values()].map((making) => making.result())];
  }

  private neverReached(node: string): NodeReset {
    const { now } = this.context.sim;
    return { ...NEVER_STARTED, node, outcome: 'notStarted', reason: this.stopped, cordonedAt: undefined, endedAt: now };
  }

  private isReady(name: string): boolean {
    return this.context.cluster.nodes.get(name)?.ready === 'True';
  }

  private make(): void {
    const node = this.newNodes.next();
    if (!node) return;
    const { name } = node.description;
    this.makings.set(name, this.start(`make/${name}`, makeNode(this.context, node, this.plan)));
  }

  private remove(name: string): void {
    this.waiting.delete(name);
    const node = this.context.cluster.nodes.get(name);
    const removal = node ? removeNode(this.context, node, this.plan, this.removals.size) : this.alreadyGone(name);
    this.removals.set(name, this.start(`remove/${name}`, removal));
  }

  // biome-ignore lint/correctness/useYield: a process that is over at once
  private *alreadyGone(node: string): Process<NodeReset> {
    const { now } = this.context.sim;
    const reason = 'the node was deleted before its turn';
    return { ...NEVER_STARTED, node, outcome: 'deleted', reason, cordonedAt: undefined, endedAt: now };
  }

  private start(entity: string, process: Process<NodeReset>): Running<NodeReset> {
    this.running += 1;
    return this.context.sim.start(entity, this.untilFinished(process));
  }

  /** Runs `process`, and takes note of how it ended. */
  private *untilFinished(process: Process<NodeReset>): Process<NodeReset> {
    const row = yield* process;
    this.running -= 1;
    const isNew = row.createdAt !== undefined;
    if (row.outcome === 'failed') this.failed[isNew ? 'return' : 'drain'] += 1;
    if (row.outcome === 'inService') this.grown.push(row.node);
    if (row.outcome === 'replaced' || (row.outcome === 'deleted' && !isNew)) this.gone += 1;
    this.changed.fire();
    return row;
  }
}
