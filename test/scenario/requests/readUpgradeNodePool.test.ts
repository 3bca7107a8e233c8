import { describe, expect, it } from 'vitest';
import { faultsIn, readScenario, summaryOf } from '../../support/scenarioText.ts';

const POOL = 'cccccccc-cccc-cccc-cccc-cccccccccccc';
const cluster = `{nodePools: [{name: workers, id: ${POOL}, nodes: 10, allocatable: {cpu: 4, memory: 16Gi}}]}`;
const roll = '{request: upgrade.json, system: cce}';

/** A node of no pool: it belongs to the default pool. */
const objects = 'objects: [{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {allocatable: {cpu: "4"}}}]';
const poolless = `{${objects}}`;
const bothPools = cluster.replace('}]}', `}], ${objects}}`);

function request(spec: object): string {
  return JSON.stringify({ spec: { maxUnavailable: 3, nodePoolID: POOL, ...spec } }, null, 2);
}

function reading(spec: object, sections: Readonly<Record<string, string>> = {}) {
  return readScenario({ cluster, roll, ...sections }, { files: new Map([['upgrade.json', request(spec)]]) });
}

function faults(spec: object, sections: Readonly<Record<string, string>> = {}) {
  return faultsIn({ cluster, roll, ...sections }, { files: new Map([['upgrade.json', request(spec)]]) });
}

function template({ lifeCycle = {}, login = { sshKey: 'key' } }: { lifeCycle?: unknown; login?: unknown } = {}) {
  return { nodePoolID: 'DefaultPool', nodeTemplate: { lifeCycle, login } };
}

const base64 = (length: number) => 'A'.repeat(length);

describe('an UpgradeNodePool request', () => {
  it('is a plan: its nodes in its order, by uid, name, provider id and the map of the scenario', () => {
    const nodes = [
      '{apiVersion: v1, kind: Node, metadata: {name: n1, uid: uid-1, labels: {rollcast.io/pool: workers}}}',
      '{apiVersion: v1, kind: Node, metadata: {name: n2, labels: {rollcast.io/pool: workers}}, spec: {providerID: "cce://eu/server-2"}}',
      '{apiVersion: v1, kind: Node, metadata: {name: n3, labels: {rollcast.io/pool: workers}}}',
      '{apiVersion: v1, kind: Node, metadata: {name: n4, labels: {rollcast.io/pool: workers}}}',
    ];
    const plan = reading(
      { nodePoolID: 'workers', nodeIDs: ['id-4', 'server-2', 'uid-1', 'n3'] },
      { cluster: `{objects: [${nodes.join(', ')}]}`, roll: '{request: upgrade.json, system: cce, pool: workers, nodeIDs: {id-4: n4}}' },
    ).roll;
    expect(plan).toMatchObject({ preset: 'cce-sync', pool: 'workers', maxUnavailable: 3, nodes: ['n4', 'n2', 'n1', 'n3'] });
  });

  it('means all nodes of the pool without node ids, less the skipped ones', () => {
    expect(reading({ skippedNodes: ['workers-2'] }).roll.nodes).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `workers-${number}`));
  });

  it.each([
    [0, 'must be at least 1'],
    [21, 'must be at most 20'],
    [1.5, 'expected a whole number, found a fraction'],
    ['2', 'expected a number, found text'],
    [undefined, 'missing, expected a number'],
  ])('refuses maxUnavailable %s', (maxUnavailable, message) => {
    expect(faults({ maxUnavailable })).toMatchObject([
      { code: 'REQUEST_INVALID', path: 'spec.maxUnavailable', message, position: { file: 'upgrade.json' } },
    ]);
  });

  it('points into the request file with line and column', () => {
    expect(faults({ maxUnavailable: 21 })[0]?.position).toEqual({ file: 'upgrade.json', line: 3, column: 23 });
  });

  it.each([1, 20])('takes maxUnavailable %i', (maxUnavailable) => {
    expect(reading({ maxUnavailable }).roll.maxUnavailable).toBe(maxUnavailable);
  });

  it('lets the scenario override what the request says', () => {
    const overridden = '{request: upgrade.json, system: cce, maxUnavailable: 7, drain: {onTimeout: force}}';
    expect(reading({ force: false }, { roll: overridden }).roll).toMatchObject({ maxUnavailable: 7, drain: { onTimeout: 'force' } });
  });

  it.each([
    [5120, 5120, 0],
    [10_240, 0, 0],
    [5120, 5124, 1],
    [10_244, 0, 1],
  ])('allows 10,240 characters of scripts together: %i and %i give %i faults', (pre, post, count) => {
    const lifeCycle = { preInstall: base64(pre), postInstall: base64(post) };
    const found = faults(template({ lifeCycle }), { cluster: poolless });
    expect(found.map(({ path }) => path)).toEqual(Array.from({ length: count }, () => 'spec.nodeTemplate.lifeCycle'));
  });

  it('counts each script by itself if the scenario says so, and warns of those that are too long together', () => {
    const sections = { cluster: poolless, roll: '{request: upgrade.json, system: cce, scriptLimit: each}' };
    const long = template({ lifeCycle: { preInstall: base64(10_240), postInstall: base64(10_240) } });
    expect(reading(long, sections).warnings.map(({ code }) => code)).toEqual(['REQUEST_SCRIPTS_LONG']);
    const longer = template({ lifeCycle: { preInstall: base64(10_244), postInstall: base64(10_240) } });
    expect(summaryOf(faults(longer, sections))).toEqual([
      'spec.nodeTemplate.lifeCycle.preInstall: the script has 10244 characters of Base64, at most 10240 are allowed',
    ]);
  });

  it.each([
    ['no login', { nodeTemplate: { lifeCycle: {} } }, ['spec.nodeTemplate.login']],
    ['no lifeCycle', { nodeTemplate: { login: { sshKey: 'key' } } }, ['spec.nodeTemplate.lifeCycle']],
    ['both credentials', template({ login: { sshKey: 'key', userPassword: { password: 'Abcdef1!' } } }), ['spec.nodeTemplate.login']],
    ['no credential', template({ login: {} }), ['spec.nodeTemplate.login']],
    ['the default pool without a template', { nodePoolID: 'DefaultPool' }, ['spec.nodeTemplate']],
    ['a script that is not Base64', template({ lifeCycle: { preInstall: 'echo hello' } }), ['spec.nodeTemplate.lifeCycle.preInstall']],
    ['a script that was cut off', template({ lifeCycle: { postInstall: 'ZWNobyAxC' } }), ['spec.nodeTemplate.lifeCycle.postInstall']],
    [
      'one character of Base64 too many',
      template({ lifeCycle: { postInstall: base64(10_241) } }),
      ['spec.nodeTemplate.lifeCycle', 'spec.nodeTemplate.lifeCycle.postInstall'],
    ],
    [
      'removeSSHKey with the key',
      template({ login: { sshKey: 'key', removeSSHKey: true } }),
      Array(2).fill('spec.nodeTemplate.login.removeSSHKey'),
    ],
    [
      'removeUserPassword',
      template({ login: { sshKey: 'key', removeUserPassword: false } }),
      ['spec.nodeTemplate.login.removeUserPassword'],
    ],
    ['a node twice', { nodeIDs: ['workers-1', 'workers-1'] }, ['spec.nodeIDs[1]']],
    ['an id of no node', { nodeIDs: ['workers-1', 'workers-11'] }, ['spec.nodeIDs[1]']],
    ['a skipped id of no node', { skippedNodes: ['nobody'] }, ['spec.skippedNodes[0]']],
    ['a pool that is not there', { nodePoolID: 'other' }, ['spec.nodePoolID']],
    ['an unknown key', { maxUnavailble: 3 }, ['spec.maxUnavailble']],
  ])('refuses %s', (_, spec, paths) => {
    expect(faults(spec, { cluster: bothPools }).map(({ path }) => path)).toEqual(paths);
  });

  it('tells all that is wrong at once, in the order of the file, whatever the type of other parts', () => {
    const { nodeTemplate } = template({
      lifeCycle: { preInstall: base64(10_240), postInstall: `${base64(8)} `, waitPostInstallFinish: 'no' },
      login: { sshKey: 5, userPassword: { username: 1, password: 'S3cret', pass: 'S3cret' }, removeSSHKey: true },
    });
    const found = faults(
      { maxUnavailable: '3', nodePoolID: 'DefaultPool', nodeIDs: ['n1', 'n2', 'n1', 'n3', 'n1'], force: 'yes', nodeTemplate },
      { cluster: bothPools },
    );
    expect(summaryOf(found)).toEqual([
      'spec.maxUnavailable: expected a number, found text',
      'spec.nodeIDs[1]: no node of the pool has the id "n2"',
      'spec.nodeIDs[2]: this node is there twice',
      'spec.nodeIDs[3]: no node of the pool has the id "n3"',
      'spec.nodeIDs[4]: this node is there twice',
      'spec.force: expected true or false, found text',
      'spec.nodeTemplate.lifeCycle: the scripts have 10249 characters of Base64 together, at most 10240 are allowed',
      'spec.nodeTemplate.lifeCycle.postInstall: not Base64',
      'spec.nodeTemplate.lifeCycle.waitPostInstallFinish: expected true or false, found text',
      'spec.nodeTemplate.login: exactly one of sshKey and userPassword is needed',
      'spec.nodeTemplate.login.sshKey: expected text, found a number',
      'spec.nodeTemplate.login.userPassword.username: expected text, found a number',
      'spec.nodeTemplate.login.userPassword.password: a password has 8 to 26 characters',
      'spec.nodeTemplate.login.userPassword.pass: unknown key "pass"',
      'spec.nodeTemplate.login.removeSSHKey: supported only when a node pool is updated, not when its nodes are synchronized',
      'spec.nodeTemplate.login.removeSSHKey: excludes sshKey',
    ]);
    expect(JSON.stringify(found)).not.toContain('S3cret');
  });

  it('tells that the default pool needs a template although maxUnavailable is no number', () => {
    const found = faults({ maxUnavailable: '3', nodePoolID: 'DefaultPool' }, { cluster: bothPools });
    expect(found.map(({ path }) => path)).toEqual(['spec.nodeTemplate', 'spec.maxUnavailable']);
  });

  it.each([
    ['names no node', { nodeIDs: [] }, 'spec.nodeIDs: names no node'],
    ['skips all that it names', { nodeIDs: ['workers-1'], skippedNodes: ['workers-1'] }, 'spec.skippedNodes: all nodes are skipped'],
  ])('is refused when it %s', (_, spec, problem) => {
    expect(summaryOf(faults(spec))).toEqual([problem]);
  });

  it('is refused when two ids mean one node', () => {
    const found = faults({ nodeIDs: ['workers-1', 'id-1'] }, { roll: '{request: upgrade.json, system: cce, nodeIDs: {id-1: workers-1}}' });
    expect(summaryOf(found)).toEqual(['spec.nodeIDs[1]: the same node as "workers-1"']);
  });

  it('says where a node is not found that the scenario names for an id', () => {
    const found = faults({ nodeIDs: ['id-1'] }, { roll: '{request: upgrade.json, system: cce, nodeIDs: {id-1: worker-1}}' });
    expect(found).toMatchObject([
      {
        code: 'SCENARIO_UNKNOWN_NODE',
        path: 'roll.nodeIDs.id-1',
        message: 'no node of the request’s pool is named "worker-1"',
        position: { file: 'case.yaml', line: 6 },
      },
    ]);
    expect(found[0]?.hint).toContain('did you mean workers-1?');
  });

  it('says once that none of its ids is known, and how to say which nodes they mean', () => {
    const found = faults({ nodeIDs: ['id-1', 'id-2', 'id-3'] });
    expect(summaryOf(found)).toEqual(['spec.nodeIDs: no node of the pool has any of these 3 ids']);
    expect(found[0]?.hint).toContain('a key of roll.nodeIDs, such as {id-1: workers-1}');
  });

  it('says what the default pool is, and which other pools there are', () => {
    const hintFor = (nodePoolID: string) => faults({ ...template(), nodePoolID })[0]?.hint;
    expect(hintFor('DefaultPool')).toContain('say id: DefaultPool');
    expect(hintFor('worker')).toContain('did you mean workers?');
  });

  it('says where fields belong that stand beside spec', () => {
    const files = new Map([['upgrade.json', JSON.stringify({ maxUnavailable: 3, nodePoolID: POOL })]]);
    expect(faultsIn({ cluster, roll }, { files }).map(({ path, hint }) => `${path}: ${hint}`)).toEqual([
      'spec: give an object',
      'maxUnavailable: put it into spec',
      'nodePoolID: put it into spec',
    ]);
  });

  it.each(['nodeIDs: {a: workers-1}', 'scriptLimit: each'])('has to be there for %s to be of use', (knob) => {
    const found = faultsIn({ cluster, roll: `{preset: cce-sync, pool: workers, maxUnavailable: 1, ${knob}}` });
    expect(found.map(({ message }) => message)).toEqual(['only of use to a request']);
  });

  it('is checked against the ids of the scenario although another knob is wrong', () => {
    const wrong = '{request: upgrade.json, system: cce, nodeIDs: {id-1: worker-1}, order: upwards}';
    const paths = faults({ nodeIDs: ['id-1'] }, { roll: wrong }).map(({ path }) => path);
    expect(paths).toEqual(['roll.nodeIDs.id-1', 'roll.order']);
  });

  it('asks for its system alone where that is missing', () => {
    const found = faultsIn({ cluster, roll: '{request: upgrade.json}' }, { files: new Map([['upgrade.json', request({})]]) });
    expect(summaryOf(found)).toEqual(['roll.request: a request needs the system it is for']);
  });

  it('is one document', () => {
    const found = faultsIn({ cluster, roll }, { files: new Map([['upgrade.json', `${request({})}\n---\n${request({})}`]]) });
    expect(found).toMatchObject([
      { code: 'REQUEST_INVALID', message: 'more than one document', position: { file: 'upgrade.json', line: 8 } },
    ]);
  });

  it('refuses a pool that is not the one of the scenario', () => {
    const pools = `{nodePools: [{name: workers, id: ${POOL}, nodes: 2, allocatable: {cpu: 4, memory: 16Gi}}, {name: other, nodes: 2, allocatable: {cpu: 4, memory: 16Gi}}]}`;
    const found = faults({}, { cluster: pools, roll: '{request: upgrade.json, system: cce, pool: other}' });
    expect(found.map(({ path }) => path)).toEqual(['spec.nodePoolID']);
  });

  it.each([
    ['Ab1!toor99', 1],
    ['Ab1!root99', 1],
    ['Abcdef1!', 0],
    ['Abc1!', 1],
    ['abcdefgh', 1],
    ['abcdefg1', 1],
    ['Abcdefg1', 0],
    [`Ab1${'x'.repeat(23)}`, 0],
    [`Ab1${'x'.repeat(24)}`, 1],
    ['xxxxx', 0],
    ['$6$c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNo', 0],
  ])('checks the password %s: %i faults, and never repeats it', (password, count) => {
    const found = faults(template({ login: { userPassword: { password } } }), { cluster: poolless });
    expect(found.map(({ path }) => path)).toEqual(Array.from({ length: count }, () => 'spec.nodeTemplate.login.userPassword.password'));
    expect(JSON.stringify(found)).not.toContain(password);
  });

  it('keeps no password, key or script in the scenario', () => {
    const login = { userPassword: { username: 'admin', password: 'Sup3r!secret' } };
    const scenario = reading(template({ lifeCycle: { preInstall: 'c2VjcmV0LXNjcmlwdA==' }, login }), { cluster: poolless });
    expect(JSON.stringify(scenario)).not.toMatch(/Sup3r|c2VjcmV0|secret/);
  });

  it.each([
    ['a credential under a wrong key', { login: { userPassword: { pasword: 'S3cretValue' } } }],
    ['a credential of a wrong type', { login: 'S3cretValue' }],
    ['a script that is not Base64', { lifeCycle: { preInstall: 'S3cretValue!' } }],
    ['a script in a list', { lifeCycle: { postInstall: ['S3cretValue'] } }],
  ])('never repeats %s in a message', (_, parts) => {
    const found = faults(template(parts), { cluster: poolless });
    expect(found.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toContain('S3cret');
  });

  it('finds a pool by the identifier that the provider writes on its nodes', () => {
    const labels = `{cce.cloud.com/cce-nodepool: blue, cce.cloud.com/cce-nodepool-id: ${POOL}}`;
    const dumped = `{objects: [{apiVersion: v1, kind: Node, metadata: {name: n1, labels: ${labels}}}]}`;
    expect(reading({}, { cluster: dumped, roll: '{request: upgrade.json, system: cce, pool: blue}' }).roll).toMatchObject({
      pool: 'blue',
      nodes: ['n1'],
    });
  });

  it('limits the check of disks to 200 nodes', () => {
    const pool = (nodes: number) => `{nodePools: [{name: workers, id: ${POOL}, nodes: ${nodes}, allocatable: {cpu: 4, memory: 16Gi}}]}`;
    expect(faults({ validateStorage: true }, { cluster: pool(201) }).map(({ path }) => path)).toEqual(['spec.validateStorage']);
    expect(faults({ validateStorage: true }, { cluster: pool(200) })).toEqual([]);
    expect(faults({ validateStorage: false }, { cluster: pool(201) })).toEqual([]);
  });

  it('warns of a template for a pool that has settings of its own', () => {
    const { nodeTemplate } = template();
    expect(reading({ nodeTemplate }).warnings.map(({ code }) => code)).toEqual(['REQUEST_TEMPLATE_UNUSED']);
  });

  it('lets the setting of the pool win over waitPostInstallFinish of the request', () => {
    const waiting = cluster.replace('nodes: 10', 'nodes: 10, waitPostInstallFinish: false');
    const { nodeTemplate } = template({ lifeCycle: { postInstall: 'ZWNobyAx', waitPostInstallFinish: true } });
    const gate = '{request: upgrade.json, system: cce, gate: {postInstall: 6m}}';
    expect(reading({ nodeTemplate }, { roll: gate }).roll.gate).toMatchObject({ waitPostInstallFinish: true, postInstall: 360_000 });
    const overruled = reading({ nodeTemplate }, { cluster: waiting, roll: gate });
    expect(overruled.roll.gate.waitPostInstallFinish).toBe(false);
    expect(overruled.warnings.map(({ code }) => code)).toContain('REQUEST_WAIT_OVERRULED');
  });

  it.each([
    ['the request', { lifeCycle: { postInstall: 'ZWNobyAx', waitPostInstallFinish: true } }, cluster],
    ['the pool', {}, cluster.replace('nodes: 10', 'nodes: 10, waitPostInstallFinish: true')],
  ])('says when %s lets pods wait for a script of which nobody says how long it runs', (_, parts, pools) => {
    const { nodeTemplate } = template(parts);
    const codesWith = (knobs: string) => reading({ nodeTemplate }, { cluster: pools, roll: knobs }).warnings.map(({ code }) => code);
    expect(codesWith(roll)).toEqual(['REQUEST_TEMPLATE_UNUSED', 'SCRIPT_LENGTH_UNKNOWN']);
    expect(codesWith('{request: upgrade.json, system: cce, gate: {postInstall: 6m}}')).toEqual(['REQUEST_TEMPLATE_UNUSED']);
  });

  it('does not ask how long a script runs for which no pod waits', () => {
    const { nodeTemplate } = template({ lifeCycle: { postInstall: 'ZWNobyAx' } });
    expect(reading({ nodeTemplate }).warnings.map(({ code }) => code)).toEqual(['REQUEST_TEMPLATE_UNUSED']);
  });

  it.each([
    [true, 'force', 'assumed'],
    [false, 'failNode', 'assumed'],
    [undefined, 'force', 'default'],
  ])('takes force %s as: a drain that takes too long ends in %s (%s)', (force, onTimeout, origin) => {
    const { roll: plan, inputs } = reading({ force });
    expect(plan.drain.onTimeout).toBe(onTimeout);
    expect(inputs).toContainEqual({ name: 'roll.drain.onTimeout', origin, value: onTimeout });
  });

  it('reports a request that cannot be read at its name in the scenario', () => {
    expect(faultsIn({ cluster, roll })).toMatchObject([
      { code: 'FILE_UNREADABLE', path: 'roll.request', position: { line: 6, column: 19 } },
    ]);
  });

  it.each([
    ['a comma too many', (text: string) => text.replace(/\n {2}}\n}$/, ',\n  }\n}'), ['REQUEST_NOT_JSON']],
    ['a byte order mark', (text: string) => `\uFEFF${text}\n`, []],
    ['nothing unusual', (text: string) => text, []],
    ['a form of its own', () => `spec: {maxUnavailable: 3, nodePoolID: ${POOL}}`, []],
  ])('is read with %s, and warned of what the API would not take', (_, change, codes) => {
    const files = new Map([['upgrade.json', change(request({}))]]);
    expect(readScenario({ cluster, roll }, { files }).warnings.map(({ code }) => code)).toEqual(codes);
  });

  it('reports truncated JSON in the request file', () => {
    const found = faultsIn({ cluster, roll }, { files: new Map([['upgrade.json', '{"spec": {"maxUnavailable": 1,']]) });
    expect(found).toMatchObject([{ code: 'SCENARIO_SYNTAX', position: { file: 'upgrade.json', line: 1 } }]);
  });
});
