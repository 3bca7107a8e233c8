import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import type { Service } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { aBudget, aPod, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('budgetsSelecting', () => {
  it('finds budgets by equality, by other requirements and by an empty selector, in order of name', () => {
    const cluster = clusterOf({
      ...NO_OBJECTS,
      pods: [aPod('web', { labels: { app: 'web', tier: 'front' } })],
      budgets: [
        aBudget('everything', { selector: { requirements: [] } }),
        aBudget('apps', { selector: { requirements: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] } }),
        aBudget('tiers', { selector: { requirements: [{ key: 'tier', operator: 'Exists', values: [] }] } }),
        aBudget('other-tier', { selector: selecting({ app: 'web', tier: 'back' }) }),
        aBudget('elsewhere', { namespace: 'other', selector: { requirements: [] } }),
        aBudget('nothing', { selector: undefined }),
      ],
    });
    expect(selectorsOf(cluster, 'default/web')).toEqual(['apps', 'everything', 'tiers']);
  });

  it('follows a budget whose selector changes and forgets one that is removed', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, pods: [aPod('web')], budgets: [aBudget('api', {}), aBudget('web', {})] });
    const [api, web] = [...cluster.budgets.values()];
    if (!api || !web) throw new Error('budgets are missing');
    cluster.updateBudget(api, aBudget('api', { selector: selecting({ app: 'web' }) }));
    cluster.removeBudget(web);
    expect(selectorsOf(cluster, 'default/web')).toEqual(['api']);
  });
});

describe('onlyBudgetOf', () => {
  it('is the budget that selects a pod, as long as no other one does', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, pods: [aPod('web')], budgets: [aBudget('web', {})] });
    const [pod] = cluster.pods.values();
    const only = () => pod && cluster.onlyBudgetOf(pod)?.name;
    expect(only()).toBe('web');
    const other = cluster.addBudget(aBudget('all', { selector: { requirements: [] } }));
    expect(only()).toBeUndefined();
    cluster.removeBudget(other);
    expect(only()).toBe('web');
  });
});

describe('servicesOfClass', () => {
  it('finds the Services of the namespace that select the pods, the new one where one took the place of another', () => {
    const cluster = clusterOf({
      ...NO_OBJECTS,
      pods: [aPod('web', { labels: { app: 'web', tier: 'front' } })],
      services: [
        { namespace: 'default', name: 'web', selector: selecting({ app: 'web' }) },
        { namespace: 'default', name: 'front', selector: selecting({ tier: 'front' }) },
        { namespace: 'default', name: 'headless', selector: undefined },
        { namespace: 'other', name: 'web', selector: selecting({ app: 'web' }) },
      ],
    });
    const names = () => servicesOf(cluster, 'default/web').map(({ name }) => name);
    expect(names()).toEqual(['front', 'web']);
    cluster.addService({ namespace: 'default', name: 'web', selector: selecting({ app: 'api' }) });
    expect(names()).toEqual(['front']);
  });
});

function servicesOf(cluster: Cluster, pod: string): readonly Service[] {
  const found = cluster.pods.get(pod);
  return found ? cluster.servicesOfClass(found.podClass) : [];
}

function selectorsOf(cluster: Cluster, pod: string): string[] {
  const found = cluster.pods.get(pod);
  return found ? cluster.budgetsSelecting(found).map(({ name }) => name) : [];
}
