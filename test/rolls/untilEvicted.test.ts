import { describe, expect, it } from 'vitest';
import { ClusterWatch } from '../../src/rolls/ClusterWatch.ts';
import { type DrainResult, drainNode } from '../../src/rolls/drainNode.ts';
import { Closing } from '../../src/rolls/RollContext.ts';
import { kubectlPlan } from '../../src/scenario/recording/tracePlan.ts';
import type { Running } from '../../src/sim/Process.ts';
import { instant, seconds, ZERO } from '../../src/units.ts';
import { aBudget, aNode, aPod } from '../support/builders.ts';
import { aControlPlane } from '../support/controlPlane.ts';

describe('untilEvicted', () => {
  // Asked at 0, 10, … and 100 s: the client gives up after ten retries, and kubectl sleeps 5 s after the first answer that it sees.
  it('sees the first refusal after ten unseen ones of a budget that nobody has looked at', () => {
    const { evictedAt, refusals, blocked } = drained(103);
    expect({ evictedAt, refusals, blocked }).toEqual({ evictedAt: instant(105_000), refusals: 1, blocked: seconds(105) });
  });

  it('asks again 10 s later while the client hides the wait, and no refusal is counted', () => {
    const { evictedAt, refusals, blocked } = drained(33);
    expect({ evictedAt, refusals, blocked }).toEqual({ evictedAt: instant(40_000), refusals: 0, blocked: seconds(40) });
  });
});

/** Drains a node of one pod by kubectl; its budget, which allows one disruption, is looked at `second` seconds later. */
function drained(second: number) {
  const pods = [aPod('web', { nodeName: 'n1' })];
  const { sim, cluster, kubelet, at, until, pod } = aControlPlane({ nodes: [aNode('n1')], pods, budgets: [aBudget('web', {})] });
  const watch = new ClusterWatch();
  for (const listener of watch.listeners) cluster.subscribe(listener);
  const context = { sim, cluster, watch, kubelet, resetTime: () => ZERO, destroyedVolumes: new Set<string>(), closing: new Closing() };
  const evicted = pod('web');
  let drain: Running<DrainResult> | undefined;
  at(0, () => {
    const node = cluster.nodes.get('n1');
    if (node) drain = sim.start('drain', drainNode(context, node, kubectlPlan(['--force'])));
  });
  at(second, () => {
    for (const budget of cluster.budgets.values())
      cluster.setBudgetStatus(budget, { ...budget.status, observedGeneration: 1, disruptionsAllowed: 1 });
  });
  until(1000);
  if (!drain?.isDone) throw new Error('the drain goes on');
  return { ...drain.result(), evictedAt: evicted.termination?.requestedAt };
}
