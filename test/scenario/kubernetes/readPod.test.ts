import { describe, expect, it } from 'vitest';
import type { PodDescription } from '../../../src/cluster/Pod.ts';
import { podRequests } from '../../../src/cluster/podRequests.ts';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';

const start = Date.parse('2026-11-24T00:00:00Z');
const MI = 1024 ** 2;

describe('readPod', () => {
  it('fills in the defaults of the API server', () => {
    const pod = read({ containers: [{ name: 'c', image: 'web:1' }] });
    expect(pod).toMatchObject({ namespace: 'default', phase: 'Pending', ready: false, createdAt: 0, nodeName: undefined });
    expect(pod.spec).toMatchObject({
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      terminationGracePeriodSeconds: 30,
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      hostNetwork: false,
      affinity: { node: { required: undefined }, pod: { required: [] }, podAnti: { required: [] } },
    });
  });

  it.each([
    ['web', 'Always'],
    ['web:latest', 'Always'],
    ['registry.example.com:5000/web', 'Always'],
    ['registry.example.com:5000/web:1', 'IfNotPresent'],
    ['web@sha256:0123', 'IfNotPresent'],
  ])('pulls %s with policy %s', (image, policy) => {
    expect(read({ containers: [{ name: 'c', image }] }).spec.containers[0]?.imagePullPolicy).toBe(policy);
  });

  it('takes requests from limits where they are not given', () => {
    const resources = { requests: { cpu: '250m' }, limits: { cpu: 1, memory: '64Mi', 'nvidia.com/gpu': '2' } };
    expect(read({ containers: [{ name: 'c', resources }] }).spec.containers[0]?.requests).toEqual({
      cpu: 250,
      memory: 64 * MI,
      'nvidia.com/gpu': 2,
    });
  });

  it.each([
    ['is counted by its spec when nothing is under way', [], { cpu: 500, memory: 100 * MI, sidecar: 50 }],
    [
      'counts the most of all while it is resized',
      [{ type: 'PodResizeInProgress', status: 'True' }],
      { cpu: 900, memory: 200 * MI, sidecar: 70 },
    ],
    [
      'counts what it has when the resize is infeasible',
      [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' }],
      { cpu: 900, memory: 200 * MI, sidecar: 70 },
    ],
    [
      'counts what it asks for when the resize has to wait',
      [{ type: 'PodResizePending', status: 'True', reason: 'Deferred' }],
      { cpu: 4000, memory: 200 * MI, sidecar: 70 },
    ],
  ])('%s', (title, conditions, { cpu, memory, sidecar }) => {
    const asked = title.includes('infeasible') || title.includes('wait') ? '4' : '500m';
    const spec = {
      nodeName: 'n1',
      containers: [{ name: 'c', resources: { requests: { cpu: asked, memory: '100Mi' } } }],
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', resources: { requests: { cpu: '50m' } } },
        { name: 'setup', resources: { requests: { cpu: '60m' } } },
      ],
    };
    const containerStatuses = [
      { name: 'c', resources: { requests: { cpu: '900m', memory: '150Mi' } }, allocatedResources: { cpu: '700m', memory: '200Mi' } },
    ];
    const initContainerStatuses = ['proxy', 'setup'].map((name) => ({
      name,
      resources: { requests: { cpu: '70m' } },
      allocatedResources: { cpu: '70m' },
    }));
    const pod = read(spec, { phase: 'Running', conditions, containerStatuses, initContainerStatuses });
    expect(podRequests(pod.spec, '1.34')).toMatchObject({ milliCpu: cpu + sidecar, memory });
    expect(pod.spec.containers[0]?.requests.cpu).toBe(asked === '4' ? 4000 : 500);
  });

  it.each([
    ['ContainerCreating', undefined],
    ['PodInitializing', undefined],
    ['ImagePullBackOff', 'ImagePullBackOff'],
    ['CreateContainerConfigError', 'CreateContainerConfigError'],
  ])('knows whether a container that waits for %s fails to start', (reason, failsToStart) => {
    const spec = { nodeName: 'n1', containers: [{ name: 'c' }, { name: 'd' }] };
    const waiting = { name: 'd', state: { waiting: { reason } } };
    const statuses = [{ name: 'c', state: { running: { startedAt: null } } }, waiting];
    expect(read(spec, { phase: 'Pending', containerStatuses: statuses }).spec.failsToStart).toBe(failsToStart);
    expect(read(spec, { phase: 'Pending', initContainerStatuses: [waiting], containerStatuses: null }).spec.failsToStart).toBe(
      failsToStart,
    );
    expect(read(spec, { phase: 'Running', containerStatuses: statuses }).spec.failsToStart).toBeUndefined();
  });

  it('keeps the ports that a node has to offer', () => {
    const containers = [{ name: 'c', ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081, protocol: 'UDP' }] }];
    expect(read({ containers }).spec.containers[0]?.ports).toEqual([{ hostIP: '', hostPort: 8081, protocol: 'UDP' }]);
    expect(read({ containers, hostNetwork: true }).spec.containers[0]?.ports).toEqual([
      { hostIP: '', hostPort: 80, protocol: 'TCP' },
      { hostIP: '', hostPort: 8081, protocol: 'UDP' },
    ]);
  });

  it('knows sidecars, preStop sleeps and probes with their defaults', () => {
    const { spec } = read({
      initContainers: [{ name: 'proxy', restartPolicy: 'Always' }],
      containers: [
        { name: 'c', lifecycle: { preStop: { sleep: { seconds: 7 } } }, readinessProbe: { httpGet: { port: 1 }, periodSeconds: 3 } },
      ],
    });
    expect(spec.initContainers[0]?.restartPolicy).toBe('Always');
    expect(spec.containers[0]).toMatchObject({
      preStopSeconds: 7,
      readinessProbe: { initialDelaySeconds: 0, periodSeconds: 3, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 },
      livenessProbe: undefined,
    });
  });

  it('gives spreading its policies, and an absent selector no pod', () => {
    const constraint = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
    expect(read({ containers: [{ name: 'c' }], topologySpreadConstraints: [constraint] }).spec.topologySpreadConstraints).toEqual([
      {
        ...constraint,
        labelSelector: undefined,
        minDomains: undefined,
        nodeAffinityPolicy: 'Honor',
        nodeTaintsPolicy: 'Ignore',
        matchLabelKeys: [],
      },
    ]);
  });

  it('adds the tolerations of admission once', () => {
    const own = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 };
    expect(
      read({ containers: [{ name: 'c' }], tolerations: [own] }).spec.tolerations.map(({ key, tolerationSeconds }) => [
        key,
        tolerationSeconds,
      ]),
    ).toEqual([
      ['node.kubernetes.io/not-ready', 5],
      ['node.kubernetes.io/unreachable', 300],
    ]);
    expect(read({ containers: [{ name: 'c' }], tolerations: [{ operator: 'Exists' }] }).spec.tolerations).toHaveLength(1);
  });

  it('takes a bound pod without status as running, and the status of a dump as it stands', () => {
    const spec = { containers: [{ name: 'c' }], nodeName: 'n1' };
    expect(read(spec)).toMatchObject({ nodeName: 'n1', phase: 'Running', ready: true });
    expect(read(spec).spec.nodeName).toBeUndefined();
    expect(read(spec, { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] })).toMatchObject({ ready: false });
    expect(read(spec, { phase: 'Succeeded' })).toMatchObject({ phase: 'Succeeded', ready: false });
  });

  it('counts creation and deletion from the start', () => {
    const metadata = {
      creationTimestamp: '2026-11-23T23:00:00Z',
      deletionTimestamp: '2026-11-24T00:00:10Z',
      deletionGracePeriodSeconds: 30,
    };
    const conditions = [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }];
    expect(read({ containers: [{ name: 'c' }] }, { conditions }, metadata)).toMatchObject({
      createdAt: -3_600_000,
      termination: { requestedAt: -20_000, gracePeriodSeconds: 30, cause: 'EvictionByEvictionAPI' },
    });
  });

  it.each([
    ['later than it was created', { creationTimestamp: '2026-11-23T23:00:00Z' }, '2026-11-23T23:10:00Z', [-3_600_000, 600]],
    ['before the API server knew of it', { creationTimestamp: '2026-11-23T23:00:00Z' }, '2026-11-23T22:59:00Z', [-3_600_000, -60]],
    ['at t = 0 at the latest', { creationTimestamp: '2026-11-23T23:59:00Z' }, '2026-11-24T00:02:00Z', [-60_000, 60]],
    ['when nothing else tells its age', {}, '2026-11-23T23:00:00Z', [-3_600_000, 0]],
  ])('starts %s', (_, metadata, startTime, expected) => {
    const { createdAt, startDelaySeconds } = read(
      { containers: [{ name: 'c' }], nodeName: 'n1' },
      { phase: 'Running', startTime },
      metadata,
    );
    expect([createdAt, startDelaySeconds]).toEqual(expected);
  });

  it.each([
    [undefined, 30],
    [0, 0],
    [-5, 1],
  ])('has with terminationGracePeriodSeconds %s a grace period of %i s', (terminationGracePeriodSeconds, expected) => {
    expect(read({ containers: [{ name: 'c' }], terminationGracePeriodSeconds }).spec.terminationGracePeriodSeconds).toBe(expected);
  });

  it('starts at t = 0 when it is bound and no kubelet has seen it', () => {
    const metadata = { creationTimestamp: '2026-11-23T23:00:00Z' };
    expect(read({ containers: [{ name: 'c' }], nodeName: 'n1' }, { phase: 'Pending' }, metadata)).toMatchObject({
      startDelaySeconds: 3600,
    });
  });

  it('names the claims of volumes and keeps no part of a Secret or ConfigMap', () => {
    const volumes = [
      { name: 'data', persistentVolumeClaim: { claimName: 'disk', readOnly: true } },
      { name: 'scratch', ephemeral: { volumeClaimTemplate: {} } },
      { name: 'memory', emptyDir: { medium: 'Memory' } },
      { name: 'config', configMap: { name: 'settings' } },
    ];
    expect(read({ containers: [{ name: 'c' }], volumes }).spec.volumes).toMatchObject([
      { source: 'persistentVolumeClaim', claimName: 'disk', readOnly: true },
      { source: 'ephemeral', claimName: 'p-scratch' },
      { source: 'emptyDir', medium: 'Memory' },
      { source: 'configMap', fields: {} },
    ]);
  });

  it('drops resources of the whole pod in 1.33 and lets limits stand for requests later', () => {
    const spec = { containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }], resources: { limits: { cpu: '2', memory: '1Gi' } } };
    expect(read(spec, {}, {}, '1.33').spec.resources).toBeUndefined();
    expect(read(spec).spec.resources).toEqual({ requests: { memory: 1024 * MI }, limits: { cpu: 2000, memory: 1024 * MI } });
  });

  it.each([
    ['spec.containers', {}],
    ['spec.containers[0].resources.requests.cpu', { containers: [{ name: 'c', resources: { requests: { cpu: '1cpu' } } }] }],
    ['spec.containers[0].resources.limits.memory', { containers: [{ name: 'c', resources: { limits: { memory: '-1Gi' } } }] }],
    ['spec.tolerations[0]', { containers: [{ name: 'c' }], tolerations: [{ value: 'x' }] }],
    ['spec.terminationGracePeriodSeconds', { containers: [{ name: 'c' }], terminationGracePeriodSeconds: 1.5 }],
    [
      'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey',
      { containers: [{ name: 'c' }], affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } },
    ],
  ])('finds what is wrong at %s', (path, spec) => {
    const located = { value: podObject(spec), locate: () => ({ file: 'f', line: 1, column: 1 }) };
    const { faults } = readObjects([located], { start, kubernetesVersion: '1.34' });
    expect(faults).toMatchObject([{ code: 'KUBERNETES_INVALID', path }]);
  });
});

function podObject(spec: object, status?: object, metadata: object = {}) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', ...metadata }, spec, status };
}

function read(spec: object, status?: object, metadata: object = {}, kubernetesVersion: '1.33' | '1.34' = '1.34'): PodDescription {
  const located = { value: podObject(spec, status, metadata), locate: () => ({ file: 'f', line: 1, column: 1 }) };
  const { objects, faults } = readObjects([located], { start, kubernetesVersion, otherNodes: ['n1'] });
  expect(faults).toEqual([]);
  const [pod] = objects.pods;
  if (!pod) throw new Error('no pod was read');
  return pod;
}
