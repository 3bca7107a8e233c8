import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parseScenario.ts';
import { faultsIn, readScenario, scenarioText, summaryOf } from '../support/scenarioText.ts';

const minute = 60_000;

describe('parseScenario', () => {
  it('fills in the defaults and lists them as such', () => {
    const scenario = readScenario();
    expect(scenario.horizon).toBe(24 * 60 * minute);
    expect(scenario.start.text).toBe('2026-01-05T00:00:00+00:00[UTC]');
    expect(scenario.timing.nodes).toEqual([{ match: {}, reset: { kind: 'constant', value: 8 * minute }, origin: 'default' }]);
    expect(scenario.timing.pods).toEqual([
      { match: {}, ready: { kind: 'constant', value: 10_000 }, exit: { kind: 'constant', value: 2000 }, origin: 'default' },
    ]);
    expect(scenario.timing.images).toBeUndefined();
    expect(scenario.objectives.map(({ goal, probability }) => [goal.kind, probability])).toEqual([
      ['rollCompletes', 1],
      ['noPodPending', 1],
      ['noOutageOfReplicated', 1],
    ]);
    expect(scenario.inputs).toContainEqual({ name: 'timing.nodes.others.reset', origin: 'default', value: '8m' });
    expect(scenario.inputs).toContainEqual({ name: 'start', origin: 'default', value: '2026-01-05T00:00:00+00:00[UTC]' });
  });

  it('lists how long a roll waits for a node only where one may never come back', () => {
    const readyTimeout = (spec: Readonly<Record<string, string>>) =>
      readScenario(spec).inputs.filter(({ name }) => name === 'roll.failure.readyTimeout');
    const timing = '{nodes: [{reset: {constant: 8m, never: 0.1}}]}';
    const roll = '{preset: cce-sync, pool: workers, maxUnavailable: 3, failure: {readyTimeout: 30m}}';
    expect(readyTimeout({})).toEqual([]);
    expect(readyTimeout({ timing })).toMatchObject([{ origin: 'default', value: '1h' }]);
    expect(readyTimeout({ timing, roll })).toMatchObject([{ origin: 'assumed', value: '30m' }]);
  });

  it('takes every knob of the preset and lets the scenario turn single ones', () => {
    const { roll } = readScenario({
      roll: '{preset: cce-sync, pool: workers, maxUnavailable: 3, pacing: window, drain: {timeout: never, pods: {emptyDir: refuseDrain}}, wipe: {dataDisks: false}}',
    });
    expect(roll).toMatchObject({
      preset: 'cce-sync',
      pool: 'workers',
      maxUnavailable: 3,
      pacing: { kind: 'window' },
      drain: { timeout: Number.POSITIVE_INFINITY, retry: 5000, onTimeout: 'force', pods: { unmanaged: 'evict', emptyDir: 'refuseDrain' } },
      wipe: { systemDisk: true, dataDisks: false },
    });
  });

  it('takes the pause between nodes with the pacing of the preset or with another', () => {
    const pacingOf = (pacing: string) => readScenario({ roll: `{preset: cce-sync, pool: workers, maxUnavailable: 3, pacing: ${pacing}}` });
    expect(pacingOf('{soak: 5m}').roll.pacing).toEqual({ kind: 'barrier', soak: 300_000 });
    expect(pacingOf('{kind: window, soak: 5m}').roll.pacing).toEqual({ kind: 'window', soak: 300_000 });
    expect(pacingOf('{soak: 5m}').inputs).toContainEqual({ name: 'roll.pacing', origin: 'assumed', value: 'barrier, soak 5m' });
  });

  it('gives plain data that is frozen to the bottom', () => {
    const scenario = readScenario();
    expect(Object.isFrozen(scenario.cluster.nodes[0]?.allocatable)).toBe(true);
    expect(Object.isFrozen(scenario.roll.drain.pods)).toBe(true);
    expect(structuredClone(scenario)).toEqual(scenario);
  });

  it.each([
    ['names in their order', '{names: [workers-3, workers-1]}', ['workers-3', 'workers-1']],
    ['labels in the order of the cluster', '{labels: {topology.kubernetes.io/zone: b}}', ['workers-2', 'workers-4']],
  ])('selects nodes by %s', (_, nodes, expected) => {
    const scenario = readScenario({
      cluster: '{nodePools: [{name: workers, nodes: 4, zones: [a, b], allocatable: {cpu: 4, memory: 16Gi}}]}',
      roll: `{preset: cce-sync, nodes: ${nodes}, maxUnavailable: 1}`,
    });
    expect(scenario.roll.nodes).toEqual(expected);
  });

  it.each([
    [
      'an unknown pool',
      '{preset: cce-sync, pool: worker, maxUnavailable: 1}',
      'roll.pool',
      'no node is in a pool "worker"',
      'did you mean workers?',
    ],
    [
      'an unknown node',
      '{preset: cce-sync, nodes: {names: [workers-11]}, maxUnavailable: 1}',
      'roll.nodes.names[0]',
      'no node named "workers-11"',
      'did you mean workers-1',
    ],
    [
      'a node twice',
      '{preset: cce-sync, nodes: {names: [workers-1, workers-1]}, maxUnavailable: 1}',
      'roll.nodes.names[1]',
      'node "workers-1" is there twice',
      'leave one out',
    ],
    ['no nodes at all', '{preset: cce-sync, maxUnavailable: 1}', 'roll', 'no nodes to roll', 'name a pool (there are workers)'],
    [
      'labels of no node',
      '{preset: cce-sync, nodes: {labels: {a: b}}, maxUnavailable: 1}',
      'roll.nodes',
      'no node has these labels',
      'labels of the nodes',
    ],
    [
      'an unknown preset',
      '{preset: cce-snyc, pool: workers, maxUnavailable: 1}',
      'roll.preset',
      'no preset named "cce-snyc"',
      'did you mean cce-sync?',
    ],
    ['no preset', '{pool: workers, maxUnavailable: 1}', 'roll.preset', 'missing preset', 'cce-sync'],
    [
      'a knob that is not modelled',
      '{preset: cce-sync, pool: workers, maxUnavailable: 1, failure: {autoRepair: true}}',
      'roll.failure.autoRepair',
      'this version does not model it',
      undefined,
    ],
  ])('refuses %s', (_, roll, path, message, hint) => {
    const faults = faultsIn({ roll });
    expect(summaryOf(faults)).toEqual([`${path}: ${message}`]);
    if (hint !== undefined) expect(faults[0]?.hint).toContain(hint);
  });

  it.each([
    ['0', 'must be at least 1'],
    ['21', 'must be at most 20'],
    ['1.5', 'expected a whole number, found a fraction'],
    ['"2"', 'expected a whole number'],
    ['30%', 'a percentage is not taken here'],
  ])('refuses maxUnavailable %s for CCE and names the field', (value, message) => {
    const faults = faultsIn({ roll: `{preset: cce-sync, pool: workers, maxUnavailable: ${value}}` });
    expect(faults).toMatchObject([
      { path: 'roll.maxUnavailable', message, position: { file: 'case.yaml', line: 6, column: 59 }, hint: 'a whole number 1 to 20' },
    ]);
  });

  it('refuses a missing maxUnavailable and names the field', () => {
    expect(summaryOf(faultsIn({ roll: '{preset: cce-sync, pool: workers}' }))).toEqual([
      'roll.maxUnavailable: missing, expected a whole number',
    ]);
  });

  it.each([1, 20])('takes maxUnavailable %i for CCE', (value) => {
    expect(readScenario({ roll: `{preset: cce-sync, pool: workers, maxUnavailable: ${value}}` }).roll.maxUnavailable).toBe(value);
  });

  it('reports the faults of all sections together, in file order, with positions and hints', () => {
    const faults = faultsIn({
      seeed: '1',
      horizon: '-5m',
      cluster: '{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 4x, memory: 16Gi}}]}',
      timing: '{nodes: [{reset: {triangular: {min: 5m, mode: 3m, max: 15m}}}]}',
      roll: '{preset: cce-sync, pool: workers, maxUnavailable: 0}',
    });
    expect(faults.map(({ code, path, position }) => [code, path, position?.line, position?.column])).toEqual([
      ['SCENARIO_INVALID', 'cluster.nodePools[0].allocatable.cpu', 5, 70],
      ['SCENARIO_INVALID', 'roll.maxUnavailable', 6, 59],
      ['SCENARIO_UNKNOWN_KEY', 'seeed', 7, 3],
      ['SCENARIO_INVALID', 'horizon', 8, 12],
      ['SCENARIO_INVALID', 'timing.nodes[0].reset.triangular', 9, 41],
    ]);
    expect(faults[2]?.hint).toMatch(/^did you mean seed\?/);
    expect(faults[3]?.message).toBe('a duration must not be negative');
  });

  it('reports what is wrong with a roll together, of keys and of their values', () => {
    const paths = (roll: string) => faultsIn({ roll }).map(({ path }) => path);
    expect(paths('{preset: cce-snyc, pool: worker, drain: {timout: 3m}, maxUnavailable: 0}')).toEqual([
      'roll.preset',
      'roll.pool',
      'roll.drain.timout',
    ]);
    expect(paths('{preset: cce-sync, pool: workers, pacin: window, maxUnavailable: 21}')).toEqual(['roll.pacin', 'roll.maxUnavailable']);
    expect(paths('{preset: cce-sync, nodes: {names: a}, maxUnavailable: 1}')).toEqual(['roll.nodes.names']);
    expect(paths('{preset: cce-sync, pool: [workers], maxUnavailable: 1}')).toEqual(['roll.pool']);
    expect(paths('{system: cce, request: 5, pool: workers}')).toEqual(['roll.request']);
  });

  it('reports two nodes of one name and a pod bound to a node that is not there', () => {
    const node = '{apiVersion: v1, kind: Node, metadata: {name: workers-2}}';
    const pod = '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: gone, containers: [{name: c, image: i}]}}';
    const faults = faultsIn({
      cluster: `{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 4, memory: 16Gi}}], objects: [${node}, ${pod}]}`,
    });
    expect(faults.map(({ code, path }) => [code, path])).toEqual([
      ['KUBERNETES_CONFLICT', 'cluster.objects[0].metadata.name'],
      ['KUBERNETES_CONFLICT', 'cluster.objects[1].spec.nodeName'],
    ]);
    expect(faults[0]?.position?.file).toBe('case.yaml');
  });

  it.each([
    ['truncated text', '{"apiVersion": "rollcast/v1", "spec": {', 'SCENARIO_SYNTAX'],
    ['100,000 nested brackets', '['.repeat(100_000), 'SCENARIO_TOO_LARGE'],
    ['an empty file', '# nothing\n', 'SCENARIO_SYNTAX'],
    ['two documents', `${scenarioText()}---\na: 1\n`, 'SCENARIO_SYNTAX'],
  ])('reports %s as one fault with a position', (_, text, code) => {
    expect(() => parseScenario({ text, file: 'case.yaml' })).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ code, position: expect.objectContaining({ file: 'case.yaml' }) })] }),
    );
  });

  it('lets the command line replace values, and points at it when they are wrong', () => {
    const overrides = new Map([
      ['roll.maxUnavailable', '5'],
      ['roll.drain.timeout', '3m'],
    ]);
    expect(readScenario({}, { overrides }).roll).toMatchObject({ maxUnavailable: 5, drain: { timeout: 3 * minute } });
    const [fault] = faultsIn({}, { overrides: new Map([['roll.maxUnavailable', '21']]) });
    expect(fault).toMatchObject({ path: 'roll.maxUnavailable', message: 'must be at most 20' });
    expect(fault?.position).toBeUndefined();
  });

  it('refuses timings and disturbances of nodes that are not there', () => {
    const faults = faultsIn({
      timing: '{nodes: [{match: {names: [workers-99]}, reset: 20m}]}',
      disturbances: '[{at: 5m, deleteNode: workers-98}, {at: 5m, scale: shopp, replicas: 2}]',
    });
    expect(faults.map(({ path }) => path)).toEqual([
      'timing.nodes[0].match.names[0]',
      'disturbances[0].deleteNode',
      'disturbances[1].scale',
    ]);
  });

  it('refuses objectives and demand that match no workload, since they would hold without saying anything', () => {
    const faults = faultsIn(
      {
        demand:
          '[{match: {labels: {app: shpo}}, curve: {file: d.csv}, perReplica: 1}, {match: {kind: StatefulSet}, curve: {file: d.csv}, perReplica: 1}]',
        objectives: '[{workloads: {name: shpo}, maxOutage: 0s}, {workloads: {name: shop}, maxOutage: 0s}]',
      },
      {
        files: new Map([['d.csv', ['hourOfWeek,requestsPerSecond', ...Array.from({ length: 168 }, (_, hour) => `${hour},1`)].join('\n')]]),
      },
    );
    expect(faults.map(({ path, hint }) => [path, hint])).toEqual([
      ['demand[0].match', 'did you mean shop? there are shop'],
      ['demand[1].match', 'there are shop'],
      ['objectives[0].workloads', 'did you mean shop? there are shop'],
    ]);
  });

  it('reports what is missing altogether once', () => {
    expect(summaryOf(faultsIn({ cluster: 'null' }))).toEqual(['cluster: expected an object, found nothing']);
    expect(() => parseScenario({ text: '[1]', file: 'case.yaml' })).toThrow(/^expected an object, found a list$/);
  });

  it.each(['pool: workers', 'nodes: {labels: {a: b}}', 'nodes: {names: [a]}'])('refuses a cluster without nodes for %s', (nodes) => {
    const faults = faultsIn({ cluster: '{objects: []}', roll: `{preset: cce-sync, ${nodes}, maxUnavailable: 1}` });
    expect(summaryOf(faults)).toEqual(['cluster: the cluster has no nodes']);
  });

  it('says what to do about a pool when no node has the label of one', () => {
    const cluster = '{objects: [{apiVersion: v1, kind: Node, metadata: {name: a}, status: {allocatable: {cpu: 4, pods: 110}}}]}';
    const [fault] = faultsIn({ cluster, roll: '{preset: cce-sync, pool: workers, maxUnavailable: 1}' });
    expect(fault?.hint).toContain('name nodes by names or labels (roll.nodes)');
  });

  it('refuses an empty choice of nodes instead of taking all', () => {
    expect(summaryOf(faultsIn({ roll: '{preset: cce-sync, nodes: {}, maxUnavailable: 1}' }))).toEqual([
      'roll.nodes: give names, labels or both',
    ]);
  });

  it('reads objectives with their goals', () => {
    const scenario = readScenario({
      start: '2026-11-24T01:00:00[Europe/Berlin]',
      objectives:
        '[{name: up, workloads: {name: shop}, maxOutage: 0s, probability: 0.9}, {endBefore: "2026-11-24T05:00:00[Europe/Berlin]"}, {minHeadroom: {cpu: 10%}}]',
    });
    expect(scenario.objectives).toEqual([
      { name: 'up', probability: 0.9, goal: { kind: 'maxOutage', workloads: { name: 'shop' }, limit: 0 } },
      {
        name: 'endBefore',
        probability: 1,
        goal: { kind: 'endBefore', limit: expect.objectContaining({ epochMilliseconds: Date.UTC(2026, 10, 24, 4) }) },
      },
      { name: 'minHeadroom', probability: 1, goal: { kind: 'minHeadroom', resource: 'cpu', limit: 0.1 } },
    ]);
  });
});

describe('latencies', () => {
  it('are none unless measured ones are asked for, in the file or as an option', () => {
    expect(readScenario({}).latencies).toBeUndefined();
    expect(readScenario({ latencies: 'none' }).latencies).toBeUndefined();
    expect(readScenario({ latencies: 'measured' }).latencies).toBe('measured');
    expect(readScenario({}, { overrides: new Map([['latencies', 'measured']]) }).latencies).toBe('measured');
    expect(faultsIn({ latencies: 'guessed' })).toMatchObject([{ path: 'latencies' }]);
  });
});
