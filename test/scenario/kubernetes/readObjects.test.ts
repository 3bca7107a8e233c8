import { describe, expect, it } from 'vitest';
import { isTolerated } from '../../../src/cluster/Taint.ts';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';
import { parseText } from '../../../src/scenario/parseText.ts';

const START = Date.parse('2026-11-24T00:00:00Z');

describe('readObjects', () => {
  it('reads a node with its pool, what the pool keeps, and the taint of a cordon', () => {
    const { objects, faults } = read(`
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {cce.cloud.com/cce-nodepool: workers, team: shop, topology.kubernetes.io/zone: a}}
spec: {unschedulable: true, taints: [{key: dedicated, value: shop, effect: NoSchedule}]}
status: {allocatable: {cpu: 3920m, memory: 12Gi, pods: "110"}, conditions: [{type: Ready, status: "True"}], images: [{names: [a], sizeBytes: 7}]}
`);
    expect(faults).toEqual([]);
    expect(objects.nodes[0]).toMatchObject({
      name: 'n1',
      pool: 'workers',
      poolLabels: { 'cce.cloud.com/cce-nodepool': 'workers', 'topology.kubernetes.io/zone': 'a' },
      poolTaints: [],
      unschedulable: true,
      allocatable: { cpu: 3920, memory: 12 * 1024 ** 3, pods: 110 },
      images: [{ names: ['a'], sizeBytes: 7 }],
      ready: 'True',
    });
    expect(objects.nodes[0]?.taints.map(({ key }) => key)).toEqual(['dedicated', 'node.kubernetes.io/unschedulable']);
  });

  it('counts kinds that it does not use, of other groups too, and says what is not modelled', () => {
    const { unused, notModelled, faults } = read(`
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
---
{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: a}}
---
{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}}
`);
    expect(faults).toEqual([]);
    expect(unused).toEqual([
      { kind: 'ConfigMap', count: 2 },
      { kind: 'Service.serving.knative.dev', count: 1 },
    ]);
    expect(notModelled).toEqual([{ what: 'ResourceQuota: new pods are never refused (1)', direction: 'optimistic' }]);
  });

  it('says of Jobs, pods and the Jobs of CronJobs what is not modelled, and asks for the priority class of each', () => {
    const spec = (name: string) => `{containers: [{name: c}], restartPolicy: Never, activeDeadlineSeconds: 60, priorityClassName: ${name}}`;
    const jobSpec = (name: string) => `{backoffLimitPerIndex: null, successPolicy: {rules: []}, template: {spec: ${spec(name)}}}`;
    const { notModelled, faults } = read(`
{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: ${spec('a')}}
---
{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: ${jobSpec('b')}}
---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: c}, spec: {schedule: "@daily", jobTemplate: {spec: ${jobSpec('c')}}}}
`);
    expect(notModelled).toEqual([
      { what: 'Job successPolicy: a Job is done when all of its completions are (2)', direction: 'pessimistic' },
    ]);
    expect(faults.map(({ path }) => path)).toEqual([
      'spec.priorityClassName',
      'spec.template.spec.priorityClassName',
      'spec.jobTemplate.spec.template.spec.priorityClassName',
    ]);
  });

  it('warns that a Deployment makes pods beside those of a ReplicaSet that was not dumped', () => {
    const owner = '[{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, controller: true}]';
    const pod = `{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b}, ownerReferences: ${owner}}, spec: {containers: [{name: c}]}}`;
    const deployment = (label: string) =>
      `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {a: ${label}}}, ` +
      `template: {metadata: {labels: {a: ${label}}}, spec: {containers: [{name: c}]}}}}`;
    const messages = (label: string) => read(`${pod}\n---\n${deployment(label)}\n`).warnings.map(({ message }) => message);
    expect(messages('b')).toEqual([
      expect.stringMatching(/not be replaced .*, and Deployment\/default\/web makes all of its own beside them$/),
    ]);
    expect(messages('c')).toEqual([expect.stringMatching(/not be replaced when they are evicted$/)]);
  });

  it('says when another scheduler places pods, pending ones or those of a template', () => {
    const spec = '{schedulerName: volcano, containers: [{name: c}]}';
    const template = `{metadata: {labels: {a: b}}, spec: ${spec}}`;
    const { notModelled } = read(`
{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: ${spec}}
---
{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: r}, spec: {selector: {matchLabels: {a: b}}, template: ${template}}}
`);
    expect(notModelled).toEqual([
      { what: 'pods of another scheduler: those that have no node or lose it get none (2)', direction: 'pessimistic' },
    ]);
  });

  it('says when objects are being deleted, of which only pods, claims and namespaces are modelled', () => {
    const object = (kind: string, spec: string) =>
      `{apiVersion: v1, kind: ${kind}, metadata: {name: a, deletionTimestamp: "2026-11-24T00:00:00Z"}, spec: ${spec}}\n`;
    const all = [object('Pod', '{containers: [{name: c}]}'), object('Node', '{}'), object('Namespace', '{}')];
    const { notModelled, objects } = read(all.join('---\n'));
    expect(objects.namespaces.map(({ name, isTerminating }) => [name, isTerminating])).toEqual([
      ['a', true],
      ['default', undefined],
    ]);
    expect(notModelled).toEqual([
      { what: 'Node objects that are being deleted: they stay and go on as before (1)', direction: 'pessimistic' },
    ]);
  });

  it.each<[string, object, object, boolean]>([
    ['Deployment', {}, { replicas: 4, updatedReplicas: 3 }, true],
    ['Deployment', { paused: true }, { replicas: 4, updatedReplicas: 3 }, false],
    ['Deployment', {}, { replicas: 3, updatedReplicas: 3 }, false],
    ['DaemonSet', {}, { desiredNumberScheduled: 3, updatedNumberScheduled: 1 }, true],
    ['DaemonSet', { updateStrategy: { type: 'OnDelete' } }, { desiredNumberScheduled: 3 }, false],
    ['StatefulSet', {}, { replicas: 2, currentRevision: 'a', updateRevision: 'b' }, true],
    [
      'StatefulSet',
      { updateStrategy: { rollingUpdate: { partition: 1 } } },
      { replicas: 2, currentRevision: 'a', updateRevision: 'b' },
      false,
    ],
    ['StatefulSet', {}, {}, false],
  ])('says when a %s is being rolled out (%j, %j: %s)', (kind, given, status, isNoted) => {
    const labels = { a: 'b' };
    const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'c' }] } }, ...given };
    const { notModelled } = read(JSON.stringify({ apiVersion: 'apps/v1', kind, metadata: { name: 'x' }, spec, status }));
    expect(notModelled.map(({ what }) => what)).toEqual(isNoted ? [expect.stringMatching(/^rollouts under way: .* \(1\)$/)] : []);
  });

  it('says when others than a Job keep the objects of pods', () => {
    const pod = (name: string, finalizer: string) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, finalizers: [${finalizer}]}, spec: {containers: [{name: c}]}}`;
    const { notModelled } = read(`${pod('a', 'batch.kubernetes.io/job-tracking')}\n---\n${pod('b', 'kueue.x-k8s.io/managed')}\n`);
    expect(notModelled).toEqual([
      { what: 'finalizers of pods: objects go as soon as their containers have ended (1)', direction: 'optimistic' },
    ]);
  });

  it('knows since when a node has a taint that evicts pods', () => {
    const taints = ['NoExecute', 'NoSchedule'].map((effect) => `{key: a, effect: ${effect}, timeAdded: "1970-01-01T00:01:00Z"}`);
    const { objects } = read(`{apiVersion: v1, kind: Node, metadata: {name: n}, spec: {taints: [${taints}]}}`);
    expect(objects.nodes[0]?.taints).toEqual([
      { key: 'a', value: '', effect: 'NoExecute', addedEpoch: 60_000 },
      { key: 'a', value: '', effect: 'NoSchedule' },
    ]);
  });

  it('takes conditions of a node as they come, and one that says something else as unknown', () => {
    const { objects, faults } = read(`
{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {conditions: [{type: Fan, status: Loud}, {type: Disk}, {type: Ready, status: "False"}]}}
---
{apiVersion: v1, kind: Node, metadata: {name: n2}, status: {conditions: [{type: Ready, status: ""}]}}
`);
    expect(faults).toEqual([]);
    expect(objects.nodes.map(({ ready }) => ready)).toEqual(['False', 'Unknown']);
  });

  it('takes note of when a node was created, if that is a time', () => {
    const { objects } = read(`
{apiVersion: v1, kind: Node, metadata: {name: n1, creationTimestamp: "1970-01-01T00:00:02Z"}}
---
{apiVersion: v1, kind: Node, metadata: {name: n2, creationTimestamp: yesterday}}
`);
    expect(objects.nodes.map(({ createdEpoch }) => createdEpoch)).toEqual([2000, undefined]);
  });

  it('finds the objects of lists in a list', () => {
    const { objects, faults } = read(`apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Node, metadata: {name: n1}}]}
  - {apiVersion: v1, kind: NodeList, items: [{metadata: {name: n2}}, {metadata: {name: n3}, spec: {taints: 3}}]}
`);
    expect(objects.nodes.map(({ name }) => name)).toEqual(['n1', 'n2']);
    expect(faults).toMatchObject([{ path: 'items[1].items[1].spec.taints', position: { line: 5, column: 108 } }]);
  });

  it('takes tolerations that compare numbers as tolerating nothing, and says so', () => {
    const { objects, notModelled, faults } = read(
      '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c}], tolerations: [{key: level, operator: Gt, value: "5"}]}}',
    );
    expect(faults).toEqual([]);
    expect(notModelled).toEqual([{ what: 'tolerations with operator Gt or Lt: they tolerate nothing (1)', direction: 'pessimistic' }]);
    const tolerations = objects.pods[0]?.spec.tolerations ?? [];
    expect(isTolerated({ key: 'level', value: '5', effect: 'NoSchedule' }, tolerations)).toBe(false);
  });

  it.each([
    'null',
    '7',
    '[1]',
    '{kind: 5}',
    '{apiVersion: v1, kind: constructor, metadata: {name: x}}',
    '{apiVersion: v1, kind: List, items: [null, x]}',
  ])('answers %s with a fault or counts it, and never throws', (text) => {
    const located = parseText(text, 'odd.yaml').documents;
    const { faults, unused } = readObjects(located, { start: START, kubernetesVersion: '1.34' });
    expect(faults.length + unused.length >= located.length).toBe(true);
  });

  it.each([
    ['spec: {containers: 3}', 'expected a list, found a number', 'write a list instead; kubectl explain pod.spec.containers tells'],
    ['spec: {containers: []}', 'must have at least 1 item', 'give 1 item or more; kubectl explain pod.spec.containers tells'],
    [
      'spec: {containers: [{name: c, resources: {requests: {cpu: s3cr3t}}}]}',
      'this is no Kubernetes quantity',
      'quantities are numbers with',
    ],
    [
      'spec: {containers: [{name: c}], tolerations: [{key: k, operator: In}]}',
      'not one of the known values',
      'Known: Equal, Exists, Gt, Lt; kubectl',
    ],
    ['spec: {containers: [{name: 7}]}', 'expected text, found a number', 'put it in quotes; kubectl explain pod.spec.containers.name'],
  ])('words the fault of a pod with %s', (rest, message, hint) => {
    const { faults } = read(`{apiVersion: v1, kind: Pod, metadata: {name: p}, ${rest}}`);
    expect(faults).toMatchObject([{ message: `Pod default/p: ${message}`, hint: expect.stringContaining(hint) }]);
  });

  it('reports what is wrong with all parts of a pod', () => {
    const { faults } = read(
      '{apiVersion: v1, kind: Pod, metadata: {name: p, labels: 1}, spec: {containers: [{name: c, image: 3}]}, status: {phase: zzz}}',
    );
    expect(faults.map(({ path }) => path)).toEqual(['status.phase', 'metadata.labels', 'spec.containers[0].image']);
  });

  it('reports every fault at once with code, path and position', () => {
    const { faults } = read(`apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Node, metadata: {name: n1}}
  - {apiVersion: v1, kind: Node, metadata: {name: n1}}
  - {apiVersion: v1, kind: Node, metadata: {name: n2}, status: {allocatable: {cpu: 4x, memory: -1Gi}}}
  - {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: gone, containers: [{name: c}]}}
  - {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: -1, selector: {matchLabels: {app: x}}, template: {spec: {containers: [{name: c}]}}}}
  - {metadata: {name: nothing}}
`);
    expect(faults.map(({ code, path, position }) => `${position?.line} ${code} ${path}`)).toEqual([
      '5 KUBERNETES_CONFLICT items[1].metadata.name',
      '6 KUBERNETES_INVALID items[2].status.allocatable.cpu',
      '6 KUBERNETES_INVALID items[2].status.allocatable.memory',
      '8 KUBERNETES_INVALID items[4].spec.replicas',
      '8 KUBERNETES_INVALID items[4].spec.selector',
      '9 KUBERNETES_INVALID items[5]',
      '7 KUBERNETES_CONFLICT items[3].spec.nodeName',
    ]);
  });

  it('refuses a workload whose selector does not match its own template', () => {
    const { faults } = read(`
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: r}
spec: {selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: y}}, spec: {containers: [{name: c}]}}}
`);
    expect(faults).toMatchObject([{ code: 'KUBERNETES_INVALID', path: 'spec.selector' }]);
  });

  it.each([
    ['Deployment', 'terminationGracePeriodSeconds: 1.5'],
    ['ReplicaSet', 'priority: 1e99'],
    ['StatefulSet', 'tolerations: [{key: a, operator: Exists, value: b}, {tolerationSeconds: 1e99}]'],
    ['DaemonSet', 'initContainers: [{name: i, ports: [{containerPort: 1e99}]}]'],
  ])('does not compare the selector of a %s with a template that cannot be read', (kind, wrong) => {
    const { faults } = read(`
apiVersion: apps/v1
kind: ${kind}
metadata: {name: r}
spec: {selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c}], ${wrong}}}}
`);
    expect(faults).not.toEqual([]);
    expect(faults.filter(({ path }) => !path?.startsWith('spec.template.spec'))).toEqual([]);
  });

  it('takes the kind of the items from the list when they name none', () => {
    const { objects } = read('{apiVersion: v1, kind: NodeList, items: [{metadata: {name: n1}}]}');
    expect(objects.nodes.map(({ name }) => name)).toEqual(['n1']);
  });

  it('takes the priority from the spec, else from the class, else from the global default', () => {
    const pod = (name: string, spec: string) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{name: c}]${spec}}}\n---\n`;
    const { objects, faults } = read(
      `${pod('a', ', priority: 5, priorityClassName: high')}${pod('b', ', priorityClassName: high')}${pod('c', '')}${pod('d', ', priorityClassName: system-node-critical')}
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000, preemptionPolicy: Never}
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: usual}, value: 10, globalDefault: true}`,
    );
    expect(faults).toEqual([]);
    expect(objects.pods.map(({ spec }) => [spec.priority, spec.preemptionPolicy])).toEqual([
      [5, 'Never'],
      [1000, 'Never'],
      [10, 'PreemptLowerPriority'],
      [2_000_001_000, 'PreemptLowerPriority'],
    ]);
  });

  it('shares the spec of pods that were made from one template', () => {
    const pod = (suffix: string) => `
apiVersion: v1
kind: Pod
metadata: {name: web-${suffix}, namespace: shop}
spec:
  nodeName: n-${suffix}
  containers: [{name: c, image: web, resources: {limits: {cpu: 1}}}]
  volumes: [{name: kube-api-access-${suffix}, projected: {sources: []}}]
---`;
    const { objects } = readObjects(parseText(pod('abcde') + pod('fghij'), 'f').documents, {
      start: START,
      kubernetesVersion: '1.34',
      otherNodes: ['n-abcde', 'n-fghij'],
    });
    expect(objects.pods.map(({ nodeName }) => nodeName)).toEqual(['n-abcde', 'n-fghij']);
    expect(objects.pods[0]?.spec).toBe(objects.pods[1]?.spec);
    expect(objects.pods[0]?.spec.containers[0]).toMatchObject({ requests: { cpu: 1000 }, imagePullPolicy: 'Always' });
    expect(objects.namespaces).toEqual([{ name: 'shop', labels: { 'kubernetes.io/metadata.name': 'shop' } }]);
  });

  it('warns of pods whose owner is missing', () => {
    const { warnings } = read(
      '{apiVersion: v1, kind: Pod, metadata: {name: p, ownerReferences: [{kind: CloneSet, name: web, controller: true}]}, spec: {containers: [{name: c}]}}',
    );
    expect(warnings).toMatchObject([{ code: 'OWNER_MISSING', object: 'CloneSet/default/web' }]);
  });
});

function read(text: string) {
  const { documents, faults } = parseText(text, 'dump.yaml');
  expect(faults).toEqual([]);
  return readObjects(documents, { start: START, kubernetesVersion: '1.34' });
}
