import type { Pod } from '../cluster/Pod.ts';
import type { Process } from '../sim/Process.ts';
import { after, between, type Instant } from '../units.ts';
import type { Drain } from './Drain.ts';
import { isSkipped } from './drainFilter.ts';
import { momentBefore, sleepUntil, Ticker } from './untilGone.ts';

/**
 * Deletes `pods` in their order without asking budgets, as fast as the client may, and then waits for all of them together: every `poll` it
 * looks at each that was there the last time. Its time-out counts from the last deletion and is one for all; kubectl lists the pending pods
 * below its error.
 *
 * Deletions and looks go through one client, so that many deletions make the first looks late.
 * @see kubernetes/kubectl pkg/drain/drain.go (deletePods, waitForDelete)
 */
export function* deleteInTurn(drain: Drain, pods: readonly Pod[]): Process<void> {
  const { context, ledger, turns } = drain;
  const begin = context.sim.now;
  const deleted: Pod[] = [];
  for (const pod of pods) {
    yield* sleepUntil(drain, pod, after(begin, turns.looks.take(begin)));
    if (drain.isOver) return;
    if (!pod.exists) continue;
    drain.deleteUnasked(pod);
    ledger.evicted(context.sim.now);
    deleted.push(pod);
  }
  yield* untilAllGone(drain, deleted, after(drain.deadline, between(begin, context.sim.now)));
}

function* untilAllGone(drain: Drain, pods: readonly Pod[], deadline: Instant): Process<void> {
  const { sim } = drain.context;
  const ticks = new Ticker(sim.now, drain.plan.poll);
  let left = yield* stillThere(drain, pods, sim.now);
  for (let [first] = left; first && !drain.isOver; [first] = left) {
    const lookAt = ticks.next(sim.now);
    if (lookAt >= deadline) {
      yield* sleepUntil(drain, first, deadline);
      return drain.abandon(`context deadline exceeded, pending pods: ${left.map(({ key }) => key).join(', ')}`);
    }
    left = yield* stillThere(drain, left, lookAt);
  }
}

/** Looks at one of `pods` after the other from `at` on, and gives those that were there the moment before. */
function* stillThere(drain: Drain, pods: readonly Pod[], at: Instant): Process<readonly Pod[]> {
  const { ledger, plan, turns, context } = drain;
  const left: Pod[] = [];
  let askAt = at;
  for (const pod of pods) {
    askAt = after(at, turns.looks.take(at));
    yield* sleepUntil(drain, pod, momentBefore(askAt));
    if (pod.exists && !isSkipped(pod, plan, askAt)) left.push(pod);
    else ledger.gone(context.sim.now);
  }
  for (const last of pods.slice(-1)) yield* sleepUntil(drain, last, askAt);
  return left;
}
