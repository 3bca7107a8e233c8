import { describe, expect, it } from 'vitest';

import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import { UncheckedDeletions } from '../../src/rolls/UncheckedDeletions.ts';
import { instant } from '../../src/units.ts';
import { aBudget, aNode, aPod, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

/** Pods `a`, `b` … of budgets that allow so many disruptions each, and who of them goes against a budget if all are deleted at once. */
function against(allowed: readonly number[], pods: readonly Partial<PodDescription>[]) {
  const budgets = allowed.map((_, index) => aBudget(`web-${index}`, { selector: selecting({ app: 'web' }), maxUnavailable: 1 }));
  const described = pods.map((pod, index) => aPod('abc'[index] ?? '', { labels: { app: 'web' }, nodeName: 'n1', ...pod }));
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], pods: described, budgets });
  for (const [index, budget] of [...cluster.budgets.values()].entries())
    cluster.setBudgetStatus(budget, { ...budget.status, observedGeneration: 1, disruptionsAllowed: allowed[index] ?? 0 });
  const deletions = new UncheckedDeletions();
  const judge = (at: number) =>
    [...cluster.pods.values()].filter((pod) => deletions.isAgainstBudget(cluster, pod, instant(at))).map(({ name }) => name);
  return [judge(0), judge(1)];
}

describe('deletions that ask no budget', () => {
  it.each([
    ['are against one that allows nothing', [0], [{}, {}], ['a', 'b']],
    ['of one instant count together', [1], [{}, {}, {}], ['b', 'c']],
    ['are not against one that allows all of them', [2], [{}, {}], []],
    [
      'are no matter for pods that need no budget',
      [0],
      [
        { phase: 'Pending', ready: false },
        { phase: 'Succeeded', ready: false },
      ],
      [],
    ],
    ['are against two budgets over one pod', [9, 9], [{}], ['a']],
    ['are not against budgets that are not there', [], [{}], []],
  ] as const)('%s', (_name, allowed, pods, expected) => {
    const [first, later] = against(allowed, pods);
    expect(first).toEqual(expected);
    expect(later).toEqual(expected);
  });
});
