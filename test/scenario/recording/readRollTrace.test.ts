import { describe, expect, it } from 'vitest';
import { isRollTrace, readRollTrace } from '../../../src/scenario/recording/readRollTrace.ts';
import { NEVER, seconds } from '../../../src/units.ts';

const annotations = { 'trace/ready-seconds': 'never' };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'web:1' }] } };
const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template },
};
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1' },
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' }, conditions: [{ type: 'Ready', status: 'True' }] },
};
const budget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web', namespace: 'default' },
  spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
};
const summary = { durationSeconds: 10, nodes: [], workloads: [], pending: { peak: 0, podSeconds: 0 }, neverScheduled: [] };

function trace(change: { roll?: object; disturbances?: readonly object[]; version?: string } = {}) {
  return {
    format: 'rollcast-trace/roll/1',
    name: 'small',
    kubernetesVersion: change.version ?? '1.34.4',
    timing: { workloads: { 'Deployment/default/web': { startSeconds: 1, readySeconds: 2, exitSeconds: 3 } }, resetSeconds: { n1: 8 } },
    roll: {
      ...{ pacing: 'serial', maxUnavailable: 3, order: ['n1'], drain: [], nodeObject: 'kept', onDrainTimeout: 'failNode' },
      ...change.roll,
    },
    disturbances: change.disturbances,
    runs: [{ startedAt: '2026-11-21T10:00:00Z', objects: [node, web, budget], summary }],
  };
}

function scenario(change: Parameters<typeof trace>[0] = {}) {
  const [first] = readRollTrace(trace(change), 'small.json').runs;
  if (!first) throw new Error('no run was read');
  return first.scenario;
}

describe('readRollTrace', () => {
  it('knows a recorded roll by its format', () => {
    expect([isRollTrace(trace()), isRollTrace({ format: 'rollcast-trace/queue/1' }), isRollTrace('text')]).toEqual([true, false, false]);
  });

  it('makes a scenario of each run, counted to the end of the roll', () => {
    const { name, kubernetesVersion, countsUntil, cluster, roll, start } = scenario();
    expect({ name, kubernetesVersion, countsUntil }).toEqual({ name: 'small', kubernetesVersion: '1.34', countsUntil: 'rollEnd' });
    expect(cluster.workloads.map((workload) => workload.name)).toEqual(['web']);
    expect(start.text).toBe('2026-11-21T09:59:59.850Z');
    expect(roll).toMatchObject({ preset: 'kubectl-drain', nodes: ['n1'], maxUnavailable: 1, pacing: { kind: 'window' } });
  });

  it('reads the flags of kubectl drain', () => {
    const flags = ['--timeout=12s', '--grace-period=5', '--force', '--ignore-daemonsets', '--pod-selector=app=web,tier!=db'];
    expect(scenario({ roll: { drain: flags, onDrainTimeout: 'forceDelete' } }).roll.drain).toMatchObject({
      mode: 'evict',
      timeout: seconds(12),
      onTimeout: 'force',
      gracePeriodSeconds: 5,
      pods: { unmanaged: 'evict', emptyDir: 'refuseDrain', daemonSets: 'ignore' },
      podSelector: {
        requirements: [
          { key: 'app', operator: 'In', values: ['web'] },
          { key: 'tier', operator: 'NotIn', values: ['db'] },
        ],
      },
    });
    expect(scenario({ roll: { drain: ['--disable-eviction', '--timeout=0'] } }).roll.drain).toMatchObject({
      mode: 'delete',
      timeout: NEVER,
    });
  });

  it('reads every form of a pod selector, and refuses anything else', () => {
    const drainOf = (selector: string) => scenario({ roll: { drain: [`--pod-selector=${selector}`] } }).roll.drain;
    expect(drainOf('app,!old,tier in (a,b)').podSelector?.requirements).toEqual([
      { key: 'app', operator: 'Exists', values: [] },
      { key: 'old', operator: 'DoesNotExist', values: [] },
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
    ]);
    expect(() => drainOf('tier in a')).toThrow('--pod-selector=tier in a is no label selector');
  });

  it('takes times by workload, and those of annotations that a patch brings', () => {
    const body = { spec: { template: { metadata: { annotations } } } };
    const { timing, disturbances } = scenario({ disturbances: [{ at: 3, patch: { kind: 'Deployment', name: 'web', body } }] });
    expect(timing.pods.slice(0, 2)).toMatchObject([
      { match: { workload: 'Deployment/default/web', annotations }, ready: { never: 1 }, exit: { value: 3000 } },
      { match: { workload: 'Deployment/default/web' }, start: { value: 1000 }, ready: { value: 2000 }, exit: { value: 3000 } },
    ]);
    expect(disturbances).toMatchObject([{ at: 3000, kind: 'change', workload: { name: 'web', template: { annotations } } }]);
  });

  it('takes the times of what is created during the roll from its annotations, else those of any pod without', () => {
    const create = (name: string, annotations?: object) => {
      const { metadata, spec } = template;
      return { ...web, metadata: { name }, spec: { ...web.spec, template: { metadata: { ...metadata, annotations }, spec } } };
    };
    const { timing } = scenario({ disturbances: [{ at: 1, create: [create('late', { 'trace/exit-seconds': '7' }), create('plain')] }] });
    expect(timing.pods.slice(-2)).toMatchObject([
      { match: { annotations: { 'trace/exit-seconds': '7' } }, start: { value: 0 }, ready: { value: 2000 }, exit: { value: 7000 } },
      { match: {}, start: { value: 0 }, ready: { value: 2000 }, exit: { value: 1000 } },
    ]);
  });

  it('looks for pods with all of a set of annotations before those with a part of it', () => {
    const exit = { 'trace/exit-seconds': '7' };
    const body = (of: object) => ({ spec: { template: { metadata: { annotations: of } } } });
    const patch = (at: number, of: object) => ({ at, patch: { kind: 'Deployment', name: 'web', body: body(of) } });
    const { timing } = scenario({ disturbances: [patch(1, exit), patch(2, { ...exit, ...annotations })] });
    expect(timing.pods.slice(0, 2).map(({ match }) => match.annotations)).toEqual([{ ...exit, ...annotations }, exit]);
  });

  it('takes replicas from a patch that names them, and leaves them as they are otherwise', () => {
    const patch = (at: number, spec: object) => ({ at, patch: { kind: 'Deployment', name: 'web', body: { spec } } });
    const { disturbances } = scenario({ disturbances: [patch(1, { replicas: 3 }), patch(2, { paused: true })] });
    expect(disturbances).toMatchObject([
      { kind: 'change', replicas: 3 },
      { kind: 'change', workload: { paused: true } },
    ]);
    expect(disturbances[1]).not.toHaveProperty('replicas');
  });

  it('takes patches of budgets and nodes, of these what they name', () => {
    const patch = (kind: string, name: string, body: object) => ({ at: 1, patch: { kind, name, body } });
    const { disturbances, notModelled } = scenario({
      disturbances: [
        patch('PodDisruptionBudget', 'web', { spec: { minAvailable: null, maxUnavailable: 2 } }),
        patch('Node', 'n1', { metadata: { labels: { disk: 'ssd' } } }),
        patch('Node', 'n1', { spec: { unschedulable: true, taints: [{ key: 'gpu', effect: 'NoSchedule' }] } }),
        patch('Node', 'n1', { metadata: { annotations: { note: 'x' } } }),
      ],
    });
    expect(disturbances).toMatchObject([
      { kind: 'changeBudget', budget: { name: 'web', minAvailable: undefined, maxUnavailable: 2 } },
      { kind: 'changeNode', node: 'n1', change: { labels: { disk: 'ssd' } } },
      {
        kind: 'changeNode',
        node: 'n1',
        change: { unschedulable: true, taints: [{ key: 'gpu' }, { key: 'node.kubernetes.io/unschedulable' }] },
      },
    ]);
    expect(disturbances[1]).not.toHaveProperty('change.taints');
    expect(notModelled).toHaveLength(1);
  });

  it('knows which nodes the run before has left in quarantine', () => {
    const { runs, ...rest } = trace();
    const collected = (t: number, name: string) => ({ t, kind: 'evicted', cause: 'DeletionByPodGC', node: name });
    const events = [collected(52.5, 'n1'), collected(20, 'n2'), { t: 60, kind: 'evicted', cause: 'Delete', node: 'n3' }];
    const [first] = runs;
    const both = {
      ...rest,
      runs: [
        { ...first, events },
        { ...first, startedAt: '2026-11-21T10:01:20Z' },
      ],
    };
    const [one, two] = readRollTrace(both, 'small.json').runs;
    expect(one?.scenario.quarantineEnds).toEqual({});
    // 10:00:52.5 and 40 s; this run begins at 10:01:19.85, after the other one is over.
    expect(two?.scenario.quarantineEnds).toEqual({ n1: 12_650 });
  });

  it('says of a disturbance that it does not know that it is left out', () => {
    const { notModelled } = scenario({ disturbances: [{ at: 1, throttle: 'n1' }] });
    expect(notModelled.map(({ what }) => what)).toEqual(['the disturbance {"at":1,"throttle":"n1"}']);
  });

  it('refuses a version whose rules it does not have, and a file without runs', () => {
    expect(() => readRollTrace(trace({ version: '1.29.0' }), 'small.json')).toThrow('no rules for Kubernetes 1.29.0');
    expect(() => readRollTrace({ ...trace(), runs: [] }, 'small.json')).toThrow();
  });
});
