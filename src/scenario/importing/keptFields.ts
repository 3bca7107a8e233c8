import { claim, nodeSelectorTerm, podSpec, podStatus, podTemplate, selector, taint } from './podShapes.ts';
import type { FieldShapes, Role, Shape } from './Shape.ts';

/**
 * What a snapshot keeps of the objects of each kind: the fields that the readers in `kubernetes/` look at, and no others. Kinds that are not
 * here are not kept at all, so nothing of Secrets and ConfigMaps is.
 */
export const keptFields: Readonly<Record<string, FieldShapes>> = {
  Namespace: object('namespace', {}),
  Node: object('node', {
    spec: fields({ providerID: 'word', unschedulable: 'value', taints: [taint] }),
    status: fields({
      allocatable: 'resources',
      capacity: 'resources',
      conditions: [fields({ type: 'condition', status: 'value' })],
      images: [fields({ names: ['image'], sizeBytes: 'value' })],
    }),
  }),
  Pod: object('object', { spec: podSpec, status: podStatus }),
  Service: object('word', { spec: fields({ selector: 'labels' }) }),
  ReplicationController: workload({ selector: 'labels' }),
  Deployment: workload({ paused: 'value', strategy: fields({ type: 'value', rollingUpdate: limits('maxSurge', 'maxUnavailable') }) }),
  ReplicaSet: workload({}),
  StatefulSet: workload({
    podManagementPolicy: 'value',
    ordinals: limits('start'),
    volumeClaimTemplates: [claim],
    updateStrategy: fields({ type: 'value', rollingUpdate: limits('partition', 'maxUnavailable') }),
  }),
  DaemonSet: workload({ updateStrategy: fields({ type: 'value', rollingUpdate: limits('maxUnavailable', 'maxSurge') }) }),
  Job: object('object', { spec: jobSpec(), status: jobStatus() }),
  CronJob: object('object', {
    spec: fields({
      schedule: 'value',
      timeZone: 'value',
      concurrencyPolicy: 'value',
      startingDeadlineSeconds: 'value',
      suspend: 'value',
      jobTemplate: fields({ spec: jobSpec() }),
    }),
    status: fields({ lastScheduleTime: 'value' }),
  }),
  PodDisruptionBudget: object('word', {
    spec: fields({ selector, maxUnavailable: 'value', minAvailable: 'value', unhealthyPodEvictionPolicy: 'value' }),
    status: fields({
      observedGeneration: 'value',
      expectedPods: 'value',
      desiredHealthy: 'value',
      currentHealthy: 'value',
      disruptionsAllowed: 'value',
      disruptedPods: 'disrupted',
      conditions: [fields({ type: 'condition', status: 'value', reason: 'value', message: 'remark' })],
    }),
  }),
  HorizontalPodAutoscaler: object('word', { spec: autoscalerSpec() }),
  PriorityClass: object('priorityClass', { value: 'value', globalDefault: 'value', preemptionPolicy: 'value' }),
  PersistentVolumeClaim: object('claim', { spec: claim.fields.spec ?? 'present', status: fields({ phase: 'value' }) }),
  PersistentVolume: object('volume', {
    spec: {
      fields: {
        capacity: fields({ storage: 'value' }),
        accessModes: ['value'],
        claimRef: fields({ namespace: 'namespace', name: 'claim' }),
        storageClassName: 'word',
        volumeMode: 'value',
        nodeAffinity: fields({ required: fields({ nodeSelectorTerms: [nodeSelectorTerm] }) }),
        persistentVolumeReclaimPolicy: 'value',
      },
      others: fields({ driver: 'driver', volumeHandle: 'word' }),
    },
    status: fields({ phase: 'value' }),
  }),
  StorageClass: object('word', {
    provisioner: 'driver',
    volumeBindingMode: 'value',
    allowedTopologies: [fields({ matchLabelExpressions: ['requirement'] })],
  }),
  CSINode: object('node', { spec: fields({ drivers: [fields({ name: 'driver', allocatable: fields({ count: 'value' }) })] }) }),
  CSIDriver: object('driver', { spec: fields({ attachRequired: 'value' }) }),
  VolumeAttachment: object('word', {
    spec: fields({ attacher: 'driver', nodeName: 'node', source: fields({ persistentVolumeName: 'volume' }) }),
    status: fields({ attached: 'value' }),
  }),
};

function object(name: Role, rest: Readonly<Record<string, Shape>>): FieldShapes {
  const metadata = fields({
    name,
    namespace: 'namespace',
    ...(name === 'node' ? { uid: 'word' } : {}),
    generation: 'value',
    labels: 'labels',
    annotations: 'annotations',
    ownerReferences: ['owner'],
    creationTimestamp: 'value',
    deletionTimestamp: 'value',
    deletionGracePeriodSeconds: 'value',
    finalizers: ['condition'],
  });
  return fields({ apiVersion: 'value', kind: 'value', metadata, ...rest });
}

function workload(more: Readonly<Record<string, Shape>>): FieldShapes {
  return object('object', {
    spec: fields({ replicas: 'value', minReadySeconds: 'value', selector, template: podTemplate, ...more }),
    status: fields({
      replicas: 'value',
      updatedReplicas: 'value',
      desiredNumberScheduled: 'value',
      updatedNumberScheduled: 'value',
      currentRevision: 'word',
      updateRevision: 'word',
    }),
  });
}

function jobSpec(): FieldShapes {
  const rule = fields({
    action: 'value',
    onExitCodes: fields({ operator: 'value', values: ['value'] }),
    onPodConditions: [fields({ type: 'condition', status: 'value' })],
  });
  return fields({
    parallelism: 'value',
    completions: 'value',
    backoffLimit: 'value',
    backoffLimitPerIndex: 'value',
    activeDeadlineSeconds: 'value',
    podReplacementPolicy: 'value',
    podFailurePolicy: fields({ rules: [rule] }),
    successPolicy: 'present',
    suspend: 'value',
    selector,
    template: podTemplate,
  });
}

function jobStatus(): FieldShapes {
  const conditions: Shape = [fields({ type: 'condition', status: 'value' })];
  return fields({ conditions, startTime: 'value', succeeded: 'value', failed: 'value' });
}

function autoscalerSpec(): FieldShapes {
  const metric = fields({ name: 'resource', container: 'word', target: limits('averageUtilization', 'averageValue') });
  const rules = fields({
    stabilizationWindowSeconds: 'value',
    selectPolicy: 'value',
    policies: [limits('type', 'value', 'periodSeconds')],
    tolerance: 'value',
  });
  return fields({
    scaleTargetRef: fields({ kind: 'kind', name: 'object' }),
    minReplicas: 'value',
    maxReplicas: 'value',
    metrics: [fields({ type: 'value', resource: metric, containerResource: metric })],
    targetCPUUtilizationPercentage: 'value',
    behavior: fields({ scaleUp: rules, scaleDown: rules }),
  });
}

function limits(...names: readonly string[]): FieldShapes {
  return fields(Object.fromEntries(names.map((name) => [name, 'value' as const])));
}

function fields(shapes: Readonly<Record<string, Shape>>): FieldShapes {
  return { fields: shapes };
}
