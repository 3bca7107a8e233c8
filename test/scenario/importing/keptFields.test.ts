import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ClusterSnapshot } from '../../../src/scenario/importing/ClusterSnapshot.ts';
import { keptAnnotations } from '../../../src/scenario/importing/keptAnnotations.ts';
import { keptFields } from '../../../src/scenario/importing/keptFields.ts';
import { kinds } from '../../../src/scenario/kubernetes/kinds.ts';
import { ObjectReader } from '../../../src/scenario/kubernetes/ObjectReader.ts';
import { isFields, objectsOf } from '../../../src/scenario/kubernetes/objectsOf.ts';
import { everyKind } from '../../support/everyKind.ts';

const placed = (value: unknown) => ({ value, locate: () => ({ file: 'f', line: 1, column: 1 }) });
const dump: unknown = JSON.parse(readFileSync(new URL('../../../scenarios/dump/cluster.json', import.meta.url), 'utf8'));

describe('keptFields', () => {
  it('has every kind that is read, and no other', () => {
    expect(Object.keys(keptFields).sort()).toEqual(Object.keys(kinds).sort());
  });

  it.each([
    ['an object of every kind', everyKind()],
    ['a dump', [dump]],
    ['objects with every field that is read', everyField()],
  ])('keeps all that is read of %s', (_, values) => {
    const snapshot = snapshotOf(values);
    expect(readOf([JSON.parse(snapshot)])).toEqual(readOf(values));
  });

  it('drops secrets, environments, commands, and annotations that nothing reads', () => {
    const snapshot = snapshotOf(everyKind());
    for (const text of ['hunter', 'aHVudGVy', 'managedFields', 'checksum/config', 'ResourceQuota', 'Secret']) {
      expect(snapshot).not.toContain(text);
    }
  });
});

function snapshotOf(values: readonly unknown[]): string {
  const snapshot = new ClusterSnapshot('plain');
  for (const value of values) for (const object of objectsOf(placed(value))) snapshot.add(object);
  snapshot.finish();
  return [...snapshot.pieces()].join('');
}

/** What is read of objects, without annotations that decide nothing, and without the lots of nodes. */
function readOf(values: readonly unknown[]) {
  const read = new ObjectReader().read(values.map(placed));
  expect(read).toBeDefined();
  const { drafts, neededClaims, counts } = read ?? {};
  return withoutOthers({
    drafts,
    neededClaims,
    effects: [...(counts?.effects ?? [])].filter(([what]) => !/ResourceQuota|LimitRange/.test(what)),
  });
}

function withoutOthers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOthers);
  if (!isFields(value) || value instanceof Map) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, key === 'annotations' ? ofModel(field) : withoutOthers(field)]);
  return Object.fromEntries(fields);
}

function ofModel(annotations: unknown): unknown {
  const given = Object.entries(isFields(annotations) ? annotations : {});
  return Object.fromEntries(given.filter(([key]) => keptAnnotations.has(key) && key !== 'rollcast.io/lot'));
}

/** Objects with the fields that the other inputs lack. */
function everyField(): readonly unknown[] {
  const term = { labelSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] }, topologyKey: 'rack', namespaces: ['x'] };
  const weighed = { weight: 3, podAffinityTerm: { ...term, namespaceSelector: {}, matchLabelKeys: ['b'], mismatchLabelKeys: ['c'] } };
  const nodeTerm = { matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['4'] }], matchFields: [FIELD] };
  const spec = {
    containers: [
      {
        name: 'a',
        image: 'a:1',
        imagePullPolicy: 'Never',
        restartPolicy: 'Always',
        ports: [{ containerPort: 1, hostPort: 2, hostIP: '10.0.0.1', protocol: 'UDP' }],
        resources: { requests: { cpu: 1, 'acme.com/card': 2 }, limits: { memory: '1Gi' } },
        startupProbe: { initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, successThreshold: 1, failureThreshold: 5 },
        livenessProbe: {},
        lifecycle: { preStop: { sleep: { seconds: 4 } } },
      },
    ],
    initContainers: [{ name: 'b', lifecycle: { preStop: { httpGet: { path: '/' } } } }],
    overhead: { cpu: '10m' },
    resources: { requests: { cpu: 2 }, limits: { memory: '2Gi' } },
    nodeSelector: { rack: 'r1' },
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [nodeTerm] },
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: nodeTerm }],
      },
      podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [weighed] },
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
    },
    tolerations: [{ key: 'k', operator: 'Equal', value: 'v', effect: 'NoExecute', tolerationSeconds: 7 }],
    topologySpreadConstraints: [
      {
        maxSkew: 2,
        topologyKey: 'rack',
        whenUnsatisfiable: 'DoNotSchedule',
        minDomains: 2,
        nodeAffinityPolicy: 'Ignore',
        matchLabelKeys: ['m'],
      },
    ],
    priority: 5,
    preemptionPolicy: 'Never',
    schedulerName: 'mine',
    schedulingGates: [{ name: 'g' }],
    hostNetwork: true,
    activeDeadlineSeconds: 9,
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 11,
    resourceClaims: [{ name: 'r' }],
    readinessGates: [{ conditionType: 'c' }],
    volumes: [
      { name: 'claim', persistentVolumeClaim: { claimName: 'c', readOnly: true } },
      { name: 'empty', emptyDir: { medium: 'Memory' } },
      { name: 'own', ephemeral: { volumeClaimTemplate: { spec: { storageClassName: 's' } } } },
      { name: 'config', configMap: { name: 'x' } },
    ],
  };
  const metadata = {
    name: 'full',
    namespace: 'x',
    labels: { app: 'full' },
    finalizers: ['acme.com/f'],
    deletionTimestamp: '2026-01-01T00:00:00Z',
  };
  const status = { replicas: 4, updatedReplicas: 2, currentRevision: 'r1', updateRevision: 'r2' };
  const workload = {
    replicas: 4,
    minReadySeconds: 3,
    selector: { matchLabels: { app: 'full' } },
    template: { metadata: { labels: { app: 'full' } }, spec },
  };
  const metric = { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 60 } } };
  const rules = {
    stabilizationWindowSeconds: 1,
    selectPolicy: 'Min',
    policies: [{ type: 'Pods', value: 1, periodSeconds: 2 }],
    tolerance: '0.2',
  };
  const resized = {
    name: 'a',
    resources: { requests: { cpu: 3 } },
    allocatedResources: { cpu: 2 },
    state: { waiting: { reason: 'ErrImagePull' } },
  };
  const podState = { conditions: [{ type: 'PodResizePending', status: 'True', reason: 'Deferred' }], containerStatuses: [resized] };
  const podMetadata = { ...metadata, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n', controller: true }] };
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: podMetadata,
      spec: { ...spec, nodeName: 'n' },
      status: { phase: 'Pending', nominatedNodeName: 'n', ...podState },
    },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { ...workload, paused: true, strategy: { type: 'Recreate' } }, status },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: { ...workload, podManagementPolicy: 'Parallel', ordinals: { start: 2 }, updateStrategy: { rollingUpdate: { partition: 1 } } },
      status,
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata,
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'full' },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [metric],
        behavior: { scaleUp: rules },
      },
    },
  ];
}

const FIELD = { key: 'metadata.name', operator: 'In', values: ['n'] };
