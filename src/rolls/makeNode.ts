import { type Process, timeout } from '../sim/Process.ts';
import type { NewNode } from './NewNodes.ts';
import type { NodeReset } from './NodeReset.ts';
import { NEVER_STARTED } from './neverStarted.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';

/**
 * Makes one node: its machine boots, and joins as a new Node object that takes pods as soon as it is Ready. It counts as available when it
 * has been Ready for `gate.minReady`; the row ends there.
 */
export function* makeNode(context: RollContext, { description, model }: NewNode, plan: RollPlan): Process<NodeReset> {
  const { sim, cluster, closing } = context;
  const { name } = description;
  const made = { ...NEVER_STARTED, node: name, cordonedAt: undefined, createdAt: sim.now };
  const isUp = yield* untilBooted(context, { description, model }, plan);
  if (!isUp) {
    const outcome = closing.reason === undefined ? ('failed' as const) : ('stuck' as const);
    return { ...made, outcome, reason: closing.reason ?? 'the new machine did not become Ready in time', endedAt: sim.now };
  }
  const node = cluster.addNode(description);
  const readyAt = sim.now;
  if (plan.gate.minReady > 0) yield* closing.orUntil(timeout(plan.gate.minReady));
  const row = { ...made, readyAt, inServiceAt: readyAt, endedAt: sim.now };
  if (cluster.nodes.get(name) !== node)
    return { ...row, inServiceAt: undefined, outcome: 'deleted', reason: 'the node was deleted during the roll' };
  return { ...row, outcome: 'inService', reason: undefined };
}

/** Waits for the machine, and for another one after a failure if the plan allows. @returns whether it is Ready. */
function* untilBooted({ bootTime, closing }: RollContext, { description, model }: NewNode, { failure }: RollPlan): Process<boolean> {
  for (let attempt = 0; attempt <= failure.retries; attempt += 1) {
    const time = bootTime(model, description.name);
    const wait = time <= failure.readyTimeout ? time : failure.readyTimeout;
    yield* closing.orUntil(...(Number.isFinite(wait) ? [timeout(wait)] : []));
    if (closing.reason !== undefined) return false;
    if (time <= failure.readyTimeout) return true;
  }
  return false;
}
