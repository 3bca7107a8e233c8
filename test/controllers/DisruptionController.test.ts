import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Pod, PodDescription } from '../../src/cluster/Pod.ts';
import { DisruptionController } from '../../src/controllers/DisruptionController.ts';
import { evict } from '../../src/controllers/evict.ts';
import type { CustomScales } from '../../src/controllers/expectedPods.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { instant, START } from '../../src/units.ts';
import { aBudget, aDeployment, aNode, aPod, aReplicaSet, aStatefulSet, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('DisruptionController', () => {
  it('knows every budget when it is built, before anything changes', () => {
    const world = worldOf({ workloads: [aReplicaSet('web', 3)], pods: webPods(3), budgets: [aBudget('web', { maxUnavailable: 1 })] });
    expect(world.status('web')).toMatchObject({
      observedGeneration: 1,
      expectedPods: 3,
      desiredHealthy: 2,
      currentHealthy: 3,
      disruptionsAllowed: 1,
      condition: { status: 'True', reason: 'SufficientPods', message: '' },
    });
  });

  it('takes a pod back into account only when it is Ready again, in the instant it turns', () => {
    const world = worldOf({ workloads: [aReplicaSet('web', 3)], pods: webPods(3), budgets: [aBudget('web', { maxUnavailable: 1 })] });
    world.cluster.markPodUnready(world.pod('web-0'), START);
    expect(world.status('web').disruptionsAllowed).toBe(1);
    world.sim.run(START);
    expect(world.status('web')).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 0 });
    world.cluster.markPodReady(world.pod('web-0'), START);
    world.sim.run(START);
    expect(world.status('web')).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 1 });
  });

  it('does not notice a change of scale until one of the pods changes', () => {
    const world = worldOf({ workloads: [aReplicaSet('web', 3)], pods: webPods(3), budgets: [aBudget('web', { maxUnavailable: 1 })] });
    world.cluster.updateWorkload(aReplicaSet('web', 5));
    world.sim.run(START);
    expect(world.status('web').expectedPods).toBe(3);
    world.cluster.addPod(webPod('web-3'));
    world.sim.run(START);
    expect(world.status('web')).toMatchObject({ expectedPods: 5, desiredHealthy: 4, currentHealthy: 4, disruptionsAllowed: 0 });
  });

  it('counts a Deployment once, of which there are two ReplicaSets, and a ReplicaSet of its own besides', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const workloads = [
      aDeployment('web', 4),
      ...['old', 'new'].map((name) => ({ ...aReplicaSet(name, 2), owner })),
      aReplicaSet('more', 3),
      aReplicaSet('other', 9),
    ];
    const pods = ['old', 'new', 'more'].map((name) => webPod(name, { owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name } }));
    const world = worldOf({ workloads, pods, budgets: [aBudget('web', { maxUnavailable: 1 })] });
    expect(world.status('web')).toMatchObject({ expectedPods: 7, desiredHealthy: 6 });
  });

  it('forgets an accepted eviction after two minutes when the pod was not deleted', () => {
    const world = worldOf({ workloads: [aReplicaSet('web', 3)], pods: webPods(3), budgets: [aBudget('web', { maxUnavailable: 1 })] });
    const preconditions = { uid: 'somebody-else' };
    expect(evict(world.cluster, world.pod('web-0'), { now: START, preconditions }).code).toBe(409);
    world.sim.run(instant(119_000));
    expect(world.status('web')).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 0 });
    expect([...world.status('web').disruptedPods.keys()]).toEqual(['web-0']);
    world.sim.run(instant(121_000));
    expect(world.status('web')).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 1 });
    expect(world.status('web').disruptedPods.size).toBe(0);
  });

  it('refreshes only the first by name of two budgets over one pod', () => {
    const budgets = ['b', 'a'].map((name) => aBudget(name, { minAvailable: 1, selector: selecting({ app: 'web' }) }));
    const world = worldOf({ pods: webPods(2), budgets });
    world.cluster.markPodUnready(world.pod('web-1'), START);
    world.sim.run(START);
    expect(world.status('a').currentHealthy).toBe(1);
    expect(world.status('b').currentHealthy).toBe(2);
  });

  it('follows a budget that is added, changed and removed', () => {
    const world = worldOf({ workloads: [aReplicaSet('web', 3)], pods: webPods(3) });
    const budget = world.cluster.addBudget(aBudget('web', { maxUnavailable: 1 }));
    expect(evict(world.cluster, world.pod('web-0'), { now: START })).toMatchObject({ code: 429, retryAfterSeconds: 10 });
    world.sim.run(START);
    expect(budget.status.disruptionsAllowed).toBe(1);
    world.cluster.updateBudget(budget, aBudget('web', { minAvailable: 3, generation: 2 }));
    world.sim.run(START);
    expect(budget.status).toMatchObject({ observedGeneration: 2, desiredHealthy: 3, disruptionsAllowed: 0 });
    world.cluster.removeBudget(budget);
    world.sim.run(START);
    expect(evict(world.cluster, world.pod('web-0'), { now: START }).code).toBe(201);
  });

  it('follows pods that lose or gain the label', () => {
    const world = worldOf({ pods: webPods(2), budgets: [aBudget('web', { minAvailable: 1 })] });
    world.cluster.addPod(webPod('stray', { labels: { app: 'other' } }));
    world.cluster.updatePod(world.pod('stray'), { labels: { app: 'web' } });
    world.sim.run(START);
    expect(world.status('web').expectedPods).toBe(3);
  });
});

describe('a binding, which no budget counts', () => {
  const everything = { requirements: [] };
  const late = webPod('late', { nodeName: undefined });
  const web = { workloads: [aReplicaSet('web', 3)], pods: [...webPods(3), late], budgets: [aBudget('web', { maxUnavailable: 1 })] };

  it('brings a budget up to date after a change of scale', () => {
    const world = worldOf(web);
    world.cluster.updateWorkload(aReplicaSet('web', 5));
    world.bind('late');
    expect(world.status('web').expectedPods).toBe(5);
  });

  it('brings a budget up to date that a pod has left for another one', () => {
    const world = worldOf(web);
    world.cluster.updatePod(world.pod('web-0'), { labels: { app: 'other' } });
    world.sim.run(START);
    expect(world.status('web').currentHealthy).toBe(3);
    world.bind('late');
    expect(world.status('web').currentHealthy).toBe(2);
  });

  it('brings a budget up to date that is the second one of a pod that has changed', () => {
    const api = aPod('api-0', { labels: { app: 'api' }, nodeName: 'n1' });
    const a = aBudget('a', { minAvailable: 1, selector: selecting({ app: 'api' }) });
    const world = worldOf({ pods: [api, late], budgets: [a, aBudget('b', { minAvailable: 1, selector: everything })] });
    world.cluster.markPodUnready(world.pod('api-0'), START);
    world.sim.run(START);
    expect(world.status('b').currentHealthy).toBe(1);
    world.bind('late');
    expect(world.status('b').currentHealthy).toBe(0);
  });

  it('brings a budget up to date that was the second one of its pods and is the first now', () => {
    const limits = { minAvailable: 1, selector: everything };
    const world = worldOf({ pods: [...webPods(3), late], budgets: [aBudget('a', limits), aBudget('b', { ...limits, status: WORKING })] });
    world.cluster.removeBudget(found(world.cluster.budgets, 'a'));
    world.bind('late');
    expect(world.status('b').currentHealthy).toBe(3);
  });

  it('lets a budget forget an accepted eviction in the instant in which it expires', () => {
    const world = worldOf(web);
    evict(world.cluster, world.pod('web-0'), { now: START, preconditions: { uid: 'somebody-else' } });
    world.sim.schedule({ kind: 'test', entity: 'late', fire: () => world.bind('late') }, instant(120_000), 'Change');
    world.sim.run(instant(120_000));
    expect(world.status('web').currentHealthy).toBe(3);
  });
});

describe('a budget whose owners have no scale', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', name: 'task' };
  const failed = { status: 'False', reason: 'SyncFailed', message: 'jobs.batch does not implement the scale subresource' };

  it('stays unobserved when it never worked', () => {
    const world = worldOf({ pods: webPods(2, { owner: job }), budgets: [aBudget('web', { maxUnavailable: 1 })] });
    expect(world.status('web')).toMatchObject({ observedGeneration: 0, disruptionsAllowed: 0, condition: failed });
  });

  it('keeps what it last knew and closes when such a pod joins, and recovers when the pod is gone', () => {
    const budgets = [aBudget('web', { maxUnavailable: 1 })];
    const world = worldOf({ workloads: [aReplicaSet('web', 3)], pods: webPods(3), budgets });
    const intruder = world.cluster.addPod(webPod('task-1', { owner: job }));
    world.sim.run(START);
    expect(world.status('web')).toMatchObject({ observedGeneration: 1, currentHealthy: 3, disruptionsAllowed: 0, condition: failed });
    world.cluster.removePod(intruder);
    world.sim.run(START);
    expect(world.status('web')).toMatchObject({ disruptionsAllowed: 1, condition: { reason: 'SufficientPods' } });
  });

  it('works with a custom owner whose scale is given', () => {
    const owner = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'web' };
    const objects = { pods: webPods(3, { owner }), budgets: [aBudget('web', { maxUnavailable: 1 })] };
    expect(worldOf(objects, new Map([['Widget/default/web', 3]])).status('web').disruptionsAllowed).toBe(1);
    expect(worldOf(objects).status('web').condition?.message).toBe('widgets.example.com does not implement the scale subresource');
  });

  it('learns the scale of a custom owner from a recorded status that shows it', () => {
    const owner = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'web' };
    const status = { ...WORKING, expectedPods: 4 };
    const budgets = [aBudget('web', { maxUnavailable: '50%', status }), aBudget('api', { maxUnavailable: 1 })];
    const api = webPods(2, { owner: { ...owner, name: 'api' }, labels: { app: 'api' } }).map((pod, index) => ({
      ...pod,
      name: `api-${index}`,
    }));
    const world = worldOf({ pods: [...webPods(4, { owner }), ...api], budgets });
    expect(world.status('web')).toMatchObject({ expectedPods: 4, desiredHealthy: 2, disruptionsAllowed: 2 });
    expect(world.status('api').condition?.reason).toBe('SyncFailed');
  });

  it('fails when a built-in owner is not in the cluster', () => {
    const world = worldOf({ pods: webPods(2), budgets: [aBudget('web', { maxUnavailable: 1 })] });
    expect(world.status('web').condition?.message).toBe('found no controllers for pod "web-0"');
  });

  it('takes the scale of a StatefulSet', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' };
    const world = worldOf({
      workloads: [aStatefulSet('db', 4)],
      pods: webPods(4, { owner, labels: { app: 'db' } }),
      budgets: [aBudget('db', { maxUnavailable: '50%' })],
    });
    expect(world.status('db')).toMatchObject({ expectedPods: 4, desiredHealthy: 2 });
  });
});

const WORKING = {
  observedGeneration: 1,
  expectedPods: 0,
  desiredHealthy: 0,
  currentHealthy: 0,
  disruptionsAllowed: 0,
  disruptedPods: new Map(),
  condition: { status: 'True' as const, reason: 'SufficientPods', message: '' },
};

function webPod(name: string, options: Partial<PodDescription> = {}): PodDescription {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
  return aPod(name, { labels: { app: 'web' }, nodeName: 'n1', owner, ...options });
}

function webPods(count: number, options: Partial<PodDescription> = {}): PodDescription[] {
  return Array.from({ length: count }, (_, index) => webPod(`web-${index}`, options));
}

function worldOf(objects: Partial<ClusterObjects>, customScales: CustomScales = new Map()) {
  const cluster: Cluster = clusterOf({ ...NO_OBJECTS, ...objects });
  const sim = new Simulation('test');
  const controller = new DisruptionController({ sim, cluster, customScales });
  cluster.subscribe(controller);
  return {
    sim,
    cluster,
    status: (name: string) => found(cluster.budgets, name).status,
    pod: (name: string): Pod => found(cluster.pods, name),
    bind: (name: string): void => {
      cluster.bindPod(found(cluster.pods, name), cluster.addNode(aNode('n2')), START);
      sim.run(START);
    },
  };
}

function found<T>(things: { get(key: string): T | undefined }, name: string): T {
  const thing = things.get(`default/${name}`);
  if (!thing) throw new Error(`${name} is not there`);
  return thing;
}
