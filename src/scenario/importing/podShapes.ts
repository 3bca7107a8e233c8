import type { FieldShapes, Shape } from './Shape.ts';

/** A label selector as objects of the API write it. */
export const selector: Shape = { fields: { matchLabels: 'labels', matchExpressions: ['requirement'] } };

const probe: Shape = {
  fields: {
    initialDelaySeconds: 'value',
    periodSeconds: 'value',
    timeoutSeconds: 'value',
    successThreshold: 'value',
    failureThreshold: 'value',
  },
};

const resources: Shape = { fields: { requests: 'resources', limits: 'resources' } };

/** Without commands, arguments and environment. */
const container: Shape = {
  fields: {
    name: 'word',
    image: 'image',
    imagePullPolicy: 'value',
    resources,
    ports: [{ fields: { containerPort: 'value', hostPort: 'value', hostIP: 'address', protocol: 'value' } }],
    restartPolicy: 'value',
    readinessProbe: probe,
    startupProbe: probe,
    livenessProbe: probe,
    lifecycle: { fields: { preStop: { fields: { sleep: { fields: { seconds: 'value' } }, exec: 'present', httpGet: 'present' } } } },
  },
};

/** One term of a node selector. */
export const nodeSelectorTerm: Shape = { fields: { matchExpressions: ['requirement'], matchFields: ['requirement'] } };

const nodeAffinity: Shape = {
  fields: {
    requiredDuringSchedulingIgnoredDuringExecution: { fields: { nodeSelectorTerms: [nodeSelectorTerm] } },
    preferredDuringSchedulingIgnoredDuringExecution: [{ fields: { weight: 'value', preference: nodeSelectorTerm } }],
  },
};

const podAffinityTerm: Shape = {
  fields: {
    labelSelector: selector,
    topologyKey: 'labelKey',
    namespaces: ['namespace'],
    namespaceSelector: selector,
    matchLabelKeys: ['labelKey'],
    mismatchLabelKeys: ['labelKey'],
  },
};

const podAffinity: Shape = {
  fields: {
    requiredDuringSchedulingIgnoredDuringExecution: [podAffinityTerm],
    preferredDuringSchedulingIgnoredDuringExecution: [{ fields: { weight: 'value', podAffinityTerm } }],
  },
};

const spreadConstraint: Shape = {
  fields: {
    maxSkew: 'value',
    topologyKey: 'labelKey',
    whenUnsatisfiable: 'value',
    labelSelector: selector,
    minDomains: 'value',
    nodeAffinityPolicy: 'value',
    nodeTaintsPolicy: 'value',
    matchLabelKeys: ['labelKey'],
  },
};

/** A node's taint or a pod's toleration. */
export const taint: Shape = {
  fields: { key: 'labelKey', operator: 'value', value: 'word', effect: 'value', tolerationSeconds: 'value', timeAdded: 'value' },
};

const claimSpec: Shape = {
  fields: {
    storageClassName: 'word',
    accessModes: ['value'],
    volumeMode: 'value',
    volumeName: 'volume',
    selector,
    resources: { fields: { requests: 'resources' } },
  },
};

/** A PersistentVolumeClaim, which a StatefulSet also has as a template. */
export const claim: FieldShapes = {
  fields: {
    metadata: { fields: { name: 'claimPart', labels: 'labels', annotations: 'annotations' } },
    spec: claimSpec,
    status: { fields: { phase: 'value' } },
  },
};

/** Secrets, ConfigMaps and other sources that nothing looks into leave only their kind. */
const volume: Shape = {
  fields: {
    name: 'claimPart',
    persistentVolumeClaim: { fields: { claimName: 'claim', readOnly: 'value' } },
    emptyDir: { fields: { medium: 'value' } },
    csi: { fields: { driver: 'driver', readOnly: 'value' } },
    ephemeral: { fields: { volumeClaimTemplate: { fields: { spec: claimSpec } } } },
    gcePersistentDisk: { fields: { pdName: 'word', readOnly: 'value' } },
    awsElasticBlockStore: { fields: { volumeID: 'word', readOnly: 'value' } },
    iscsi: { fields: { iqn: 'word', readOnly: 'value' } },
    rbd: { fields: { image: 'word', pool: 'word', monitors: ['word'], readOnly: 'value' } },
  },
  others: 'present',
};

/** `spec` of a pod or of a template. */
export const podSpec: Shape = {
  fields: {
    containers: [container],
    initContainers: [container],
    overhead: 'resources',
    resources,
    nodeSelector: 'labels',
    affinity: { fields: { nodeAffinity, podAffinity, podAntiAffinity: podAffinity } },
    tolerations: [taint],
    topologySpreadConstraints: [spreadConstraint],
    priority: 'value',
    priorityClassName: 'priorityClass',
    preemptionPolicy: 'value',
    schedulerName: 'scheduler',
    schedulingGates: [{ fields: { name: 'word' } }],
    nodeName: 'node',
    hostNetwork: 'value',
    activeDeadlineSeconds: 'value',
    restartPolicy: 'value',
    terminationGracePeriodSeconds: 'value',
    volumes: [volume],
    resourceClaims: [{ fields: { name: 'word' } }],
    readinessGates: [{ fields: { conditionType: 'word' } }],
  },
};

/** `template` of a workload. */
export const podTemplate: Shape = { fields: { metadata: { fields: { labels: 'labels', annotations: 'annotations' } }, spec: podSpec } };

const containerStatus: Shape = {
  fields: {
    name: 'word',
    state: { fields: { waiting: { fields: { reason: 'value' } } } },
    resources,
    allocatedResources: 'resources',
  },
};

/** `status` of a pod. */
export const podStatus: Shape = {
  fields: {
    phase: 'value',
    conditions: [{ fields: { type: 'condition', status: 'value', reason: 'value' } }],
    startTime: 'value',
    nominatedNodeName: 'node',
    containerStatuses: [containerStatus],
    initContainerStatuses: [containerStatus],
  },
};
