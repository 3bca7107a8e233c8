/** A pod of the ReplicaSet `web` as kubectl prints it, with `more` in its spec. */
export function podOf(name: string, more: Readonly<Record<string, unknown>> = {}) {
  const letters = name.padEnd(5, 'x').replace(/[^a-z0-9]/g, '0');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...identity(name),
      labels: WEB,
      annotations: { 'checksum/config': 'c1', [LAST_APPLIED]: '{"env":"hunter4"}' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u', controller: true }],
      managedFields: [{ manager: 'kubelet', fieldsV1: { 'f:status': {} } }],
    },
    spec: { ...webSpec(`kube-api-access-${letters.slice(-5)}`), nodeName: 'node-a', ...more },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ name: 'main' }],
      startTime: STARTED,
    },
  };
}

/** A small cluster with an object of every kind that is read, and some that are not: what a reader of dumps has to get through. */
export function everyKind(): readonly unknown[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'shop' } } },
    nodeOf('node-a'),
    { apiVersion: 'v1', kind: 'Secret', metadata: identity('login'), data: { password: 'aHVudGVyMg==' } },
    ...['web-1', 'web-2', 'web-3'].map((name) => podOf(name)),
    leavingPod(),
    orphan(),
    ...workloads(),
    ...policies(),
    ...storage(),
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata: identity('quota') },
  ];
}

const STARTED = '2026-01-01T10:00:02Z';
const WEB = { app: 'web', tier: 'front' };
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function identity(name: string) {
  return { namespace: 'shop', name, uid: `uid-${name}`, creationTimestamp: '2026-01-01T10:00:00Z' };
}

function webSpec(tokenVolume: string) {
  return {
    containers: [
      {
        name: 'main',
        image: 'shop/web:1',
        command: ['serve', '--key=hunter3'],
        env: [{ name: 'PASSWORD', value: 'hunter3' }],
        ports: [{ containerPort: 80, hostPort: 8080 }],
        resources: { requests: { cpu: '250m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        readinessProbe: { httpGet: { path: '/' }, periodSeconds: 3 },
        lifecycle: { preStop: { exec: { command: ['sleep', 'hunter3'] } } },
      },
    ],
    tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
    volumes: [
      { name: tokenVolume, projected: { sources: [] } },
      { name: 'scratch', emptyDir: {} },
    ],
    readinessGates: [{ conditionType: 'example.com/gate' }],
    priorityClassName: 'high',
  };
}

function leavingPod() {
  const pod = podOf('web-4');
  const times = { deletionTimestamp: '2026-01-01T23:59:50Z', deletionGracePeriodSeconds: 60 };
  return { ...pod, metadata: { ...pod.metadata, ...times } };
}

function orphan() {
  const pod = podOf('orphan', { affinity: { nodeAffinity: {} } });
  const ownerReferences = [{ apiVersion: 'example.com/v1', kind: 'Cluster', name: 'db', controller: true }];
  return { ...pod, metadata: { ...pod.metadata, ownerReferences } };
}

function nodeOf(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'cce.cloud.com/cce-nodepool': 'workers', 'topology.kubernetes.io/zone': 'a' } },
    spec: { unschedulable: true, taints: [{ key: 'dedicated', value: 'shop', effect: 'NoSchedule' }] },
    status: {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      images: [{ names: ['shop/web:1'], sizeBytes: 1e8 }],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

function workloads(): readonly unknown[] {
  const template = { metadata: { labels: WEB }, spec: webSpec('kube-api-access-abcde') };
  const common = { selector: { matchLabels: WEB }, template };
  const jobSpec = { backoffLimitPerIndex: 1, activeDeadlineSeconds: 60, template: { spec: { ...template.spec, restartPolicy: 'Never' } } };
  const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: identity('web'), spec: { replicas: 4, ...common } },
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: identity('web'), spec: { replicas: 4, ...common } },
    { apiVersion: 'v1', kind: 'ReplicationController', metadata: identity('old'), spec: { ...common, selector: WEB } },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: identity('db'),
      spec: { replicas: 2, ...common, volumeClaimTemplates: [claim] },
    },
    { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: identity('agent'), spec: common },
    { apiVersion: 'batch/v1', kind: 'Job', metadata: identity('once'), spec: jobSpec },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: identity('nightly'),
      spec: { schedule: '0 3 * * *', jobTemplate: { spec: jobSpec } },
    },
  ];
}

function policies(): readonly unknown[] {
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }];
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: identity('web'),
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 9, metrics },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: identity('web'),
      spec: { selector: { matchLabels: WEB }, maxUnavailable: '25%' },
      status: { disruptionsAllowed: 1, disruptedPods: { 'web-4': '2026-01-01T23:59:00Z' } },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: identity('web'), spec: { selector: WEB } },
    { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
  ];
}

function storage(): readonly unknown[] {
  const claimRef = { namespace: 'shop', name: 'data-db-0' };
  return [
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'disk' }, provisioner: 'disk.csi' },
    { apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: { name: 'node-a' }, spec: { drivers: [{ name: 'disk.csi' }] } },
    { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'disk.csi' }, spec: {} },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv-0' },
      spec: { capacity: { storage: '1Gi' }, claimRef, csi: { driver: 'disk.csi', volumeHandle: 'v0' } },
    },
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: identity('data-db-0'), spec: { volumeName: 'pv-0' } },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: 'va-0' },
      spec: { attacher: 'disk.csi', nodeName: 'node-a', source: { persistentVolumeName: 'pv-0' } },
    },
  ];
}
