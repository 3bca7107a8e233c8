import { describe, expect, it } from 'vitest';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';

const selector = { matchLabels: { app: 'web' } };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c' }] } };

describe('reading workloads', () => {
  it('fills in the defaults of a Deployment', () => {
    expect(workload('apps/v1', 'Deployment', { selector, template })).toMatchObject({
      replicas: 1,
      minReadySeconds: 0,
      paused: false,
      strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
      selector: { requirements: [{ key: 'app', operator: 'In', values: ['web'] }] },
    });
    expect(workload('apps/v1', 'Deployment', { selector, template, strategy: { type: 'Recreate' } })).toMatchObject({
      strategy: { type: 'Recreate' },
    });
  });

  it('takes the revision of a ReplicaSet from its annotation and its owner from the controller reference', () => {
    const metadata = {
      annotations: { 'deployment.kubernetes.io/revision': '7' },
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Other', name: 'x' },
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true },
      ],
    };
    expect(workload('apps/v1', 'ReplicaSet', { replicas: 0, selector, template }, metadata)).toMatchObject({
      revision: 7,
      replicas: 0,
      owner: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    });
  });

  it('takes the size that a ReplicaSet was scaled for from its annotations, when both are there', () => {
    const desired = { 'deployment.kubernetes.io/desired-replicas': '10' };
    const annotations = { ...desired, 'deployment.kubernetes.io/max-replicas': '13' };
    expect(workload('apps/v1', 'ReplicaSet', { selector, template }, { annotations })).toMatchObject({
      scaledFor: { desiredReplicas: 10, maxReplicas: 13 },
    });
    expect(workload('apps/v1', 'ReplicaSet', { selector, template }, { annotations: desired })).not.toHaveProperty('scaledFor');
  });

  it('lets a ReplicationController select the labels of its template', () => {
    expect(workload('v1', 'ReplicationController', { template })).toMatchObject({
      kind: 'ReplicationController',
      selector: { requirements: [{ key: 'app', operator: 'In', values: ['web'] }] },
    });
  });

  it('fills in the defaults of a Job, and runs nothing of one that has ended', () => {
    const spec = { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c' }] } } };
    expect(workload('batch/v1', 'Job', spec)).toMatchObject({
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      podReplacementPolicy: 'TerminatingOrFailed',
      selector: { requirements: [{ key: 'batch.kubernetes.io/job-name', operator: 'In', values: ['w'] }] },
      template: { labels: { 'batch.kubernetes.io/job-name': 'w' } },
    });
    expect(workload('batch/v1', 'Job', { ...spec, parallelism: 3 })).toMatchObject({ parallelism: 3, completions: undefined });
    const status = { conditions: [{ type: 'Complete', status: 'True' }] };
    expect(workload('batch/v1', 'Job', { ...spec, parallelism: 3 }, {}, status)).toMatchObject({ parallelism: 0 });
  });

  it.each([1e5 + 1, 1e99])('refuses a StatefulSet of %d replicas, and makes no claims for them', (replicas) => {
    const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Ki' } } } };
    const value = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: { replicas, selector, template, volumeClaimTemplates: [claim] },
    };
    const { faults } = readAll([value]);
    expect(faults).toMatchObject([{ path: 'spec.replicas', message: 'StatefulSet default/db: must be at most 100000' }]);
  });

  it('makes the claims of a StatefulSet that are missing, in the default class', () => {
    const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Ki' } } } };
    const { objects } = readAll([
      object('apps/v1', 'StatefulSet', { replicas: 2, ordinals: { start: 1 }, selector, template, volumeClaimTemplates: [claim] }),
      object('v1', 'PersistentVolumeClaim', { volumeName: 'disk' }, { name: 'data-w-1' }),
      {
        ...object(
          'storage.k8s.io/v1',
          'StorageClass',
          {},
          { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
        ),
        provisioner: 'example.com',
      },
    ]);
    expect(objects.workloads).toMatchObject([
      { firstOrdinal: 1, podManagementPolicy: 'OrderedReady', volumeClaimTemplates: [{ name: 'data', request: 2048 }] },
    ]);
    expect(objects.claims).toMatchObject([
      { name: 'data-w-1', volumeName: 'disk', phase: 'Bound', storageClassName: undefined },
      {
        name: 'data-w-2',
        volumeName: undefined,
        phase: 'Pending',
        storageClassName: 'fast',
        request: 2048,
        accessModes: ['ReadWriteOnce'],
      },
    ]);
  });

  it('leaves the tolerations of templates to the controllers, which add theirs first', () => {
    expect(workload('apps/v1', 'DaemonSet', { selector, template })).toMatchObject({ template: { spec: { tolerations: [] } } });
  });

  it('allows any number of failures to a Job with a limit for each index', () => {
    expect(workload('batch/v1', 'Job', { template, backoffLimitPerIndex: 1 })).toMatchObject({ backoffLimit: 2147483647 });
  });

  it('reads how an Indexed Job counts by index, and which indexes are over', () => {
    const spec = { template, backoffLimitPerIndex: 1, maxFailedIndexes: 2, completionMode: 'Indexed', completions: 9 };
    const status = { completedIndexes: '0,3-5,7-20,x', failedIndexes: '1,2', succeeded: 6 };
    expect(workload('batch/v1', 'Job', spec, {}, status)).toMatchObject({
      perIndex: {
        backoffLimit: 1,
        maxFailedIndexes: 2,
        completed: [
          { first: 0, last: 0 },
          { first: 3, last: 5 },
          { first: 7, last: 8 },
        ],
        failed: [1, 2],
      },
    });
    expect(workload('batch/v1', 'Job', { ...spec, completionMode: null })).not.toHaveProperty('perIndex');
  });

  it('reads the deadline of a Job and when it started, unless it runs nothing', () => {
    const given = { template, activeDeadlineSeconds: 600 };
    const status = { startTime: '1970-01-01T00:01:00Z', active: 1 };
    expect(workload('batch/v1', 'Job', given, {}, status)).toMatchObject({ activeDeadlineSeconds: 600, startedEpoch: 60_000 });
    expect(workload('batch/v1', 'Job', given)).not.toHaveProperty('startedEpoch');
    expect(workload('batch/v1', 'Job', { ...given, suspend: true }, {}, status)).not.toHaveProperty('activeDeadlineSeconds');
  });

  it.each(['Complete', 'Failed', 'SuccessCriteriaMet', 'FailureTarget'])('takes a Job with the condition %s as ended', (type) => {
    const status = { conditions: [{ type, status: 'True' }] };
    expect(workload('batch/v1', 'Job', { template, parallelism: 3 }, {}, status)).toMatchObject({ parallelism: 0 });
    expect(workload('batch/v1', 'Job', { template, parallelism: 3 }, {}, { conditions: [{ type, status: 'False' }] })).toMatchObject({
      parallelism: 3,
    });
  });

  it('reads how many pods of a Job have ended', () => {
    const ended = (status: object) => workload('batch/v1', 'Job', { template, completions: 5 }, {}, status);
    expect(ended({ succeeded: 4 })).toMatchObject({ ended: { succeeded: 4, failed: 0 } });
    expect(ended({ active: 1, failed: 2 })).toMatchObject({ ended: { succeeded: 0, failed: 2 } });
    expect(ended({ active: 1, startTime: '2026-11-24T00:00:00Z' })).toMatchObject({ ended: { succeeded: 0, failed: 0 } });
    expect(ended({})).not.toHaveProperty('ended');
  });

  it('reads the pod failure policy of a Job; rules on other conditions never hold', () => {
    const rules = [
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
      { action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } },
      { action: 'Count', onPodConditions: [{ type: 'ConfigIssue' }] },
    ];
    expect(workload('batch/v1', 'Job', { template, podFailurePolicy: { rules } })).toMatchObject({
      podReplacementPolicy: 'Failed',
      podFailurePolicy: [
        { action: 'Ignore', on: 'disruption' },
        { action: 'FailJob', on: 'exitCode', operator: 'In', codes: [42] },
      ],
    });
  });

  it('reads how a StatefulSet and a DaemonSet roll a template out, and where they stand', () => {
    const status = { updateRevision: 'w-7c9' };
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
    expect(workload('apps/v1', 'StatefulSet', { selector, template, updateStrategy }, {}, status)).toMatchObject({
      updateStrategy: { type: 'RollingUpdate', partition: 2, maxUnavailable: 1 },
      updateRevision: 'w-7c9',
    });
    const generation = { annotations: { 'deprecated.daemonset.template.generation': '4' } };
    const surging = { rollingUpdate: { maxSurge: '10%', maxUnavailable: 0 } };
    expect(workload('apps/v1', 'DaemonSet', { selector, template, updateStrategy: surging }, generation)).toMatchObject({
      updateStrategy: { type: 'RollingUpdate', maxUnavailable: 0, maxSurge: '10%' },
      templateGeneration: 4,
    });
    expect(workload('apps/v1', 'DaemonSet', { selector, template, updateStrategy: { type: 'OnDelete' } })).toMatchObject({
      updateStrategy: { type: 'OnDelete' },
    });
  });

  it.each([
    ['spec.maxUnavailable', { maxUnavailable: 1, minAvailable: 1 }],
    ['spec.maxUnavailable', { maxUnavailable: -1 }],
    ['spec.minAvailable', { minAvailable: '50' }],
    ['spec.selector.matchExpressions[0].values', { selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }],
    ['spec.selector.matchExpressions[0].operator', { selector: { matchExpressions: [{ key: 'a', operator: 'Like' }] } }],
  ])('finds what is wrong with a budget at %s', (path, spec) => {
    const { faults } = readAll([object('policy/v1', 'PodDisruptionBudget', spec)]);
    expect(faults).toMatchObject([{ code: 'KUBERNETES_INVALID', path }]);
  });

  it('tells a budget without selector from one that selects everything', () => {
    const { objects } = readAll([
      object('policy/v1', 'PodDisruptionBudget', { minAvailable: '50%' }, { name: 'none' }),
      object('policy/v1', 'PodDisruptionBudget', { maxUnavailable: 0, selector: {} }, { name: 'all' }),
    ]);
    expect(objects.budgets).toMatchObject([
      { name: 'none', selector: undefined, minAvailable: '50%', unhealthyPodEvictionPolicy: 'IfHealthyBudget', status: undefined },
      { name: 'all', selector: { requirements: [] }, maxUnavailable: 0 },
    ]);
  });
});

function object(apiVersion: string, kind: string, spec: object, metadata: object = {}, status?: object) {
  return { apiVersion, kind, metadata: { name: 'w', ...metadata }, spec, status };
}

function readAll(values: readonly object[]) {
  const locate = () => ({ file: 'f', line: 1, column: 1 });
  return readObjects(
    values.map((value) => ({ value, locate })),
    { start: 0, kubernetesVersion: '1.34' },
  );
}

function workload(apiVersion: string, kind: string, spec: object, ...[metadata, status]: [metadata?: object, status?: object]) {
  const { objects, faults } = readAll([object(apiVersion, kind, spec, metadata, status)]);
  expect(faults).toEqual([]);
  return objects.workloads[0];
}
