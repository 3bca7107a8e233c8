import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import type { HorizontalPodAutoscaler } from '../../src/cluster/HorizontalPodAutoscaler.ts';
import type { LabelSelector, Labels } from '../../src/cluster/LabelSelector.ts';
import type { NodeDescription } from '../../src/cluster/Node.ts';
import { givenBoundAt, Pod, type PodDescription } from '../../src/cluster/Pod.ts';
import { PodClass } from '../../src/cluster/PodClass.ts';
import type { Container, PodSpec, PodTemplate, Volume } from '../../src/cluster/PodSpec.ts';
import type { ClaimTemplate, PersistentVolume, PersistentVolumeClaim, VolumeAttachment } from '../../src/cluster/Storage.ts';
import type { DaemonSet, Deployment, Job, ReplicaSet, StatefulSet } from '../../src/cluster/Workload.ts';
import { START } from '../../src/units.ts';

const GI = 1024 ** 3;

/** A node of 4 CPU, 16 GiB and 110 pods unless told otherwise; `cpu` in CPUs, `memory` in GiB. */
export function aNode(name: string, { cpu = 4, memory = 16, pods = 110, ...rest }: NodeOptions = {}): NodeDescription {
  const labels = { 'kubernetes.io/hostname': name, ...rest.labels };
  return {
    uid: undefined,
    providerID: undefined,
    pool: 'workers',
    annotations: {},
    taints: [],
    unschedulable: false,
    images: [],
    ready: 'True',
    poolTaints: [],
    poolLabels: labels,
    ...rest,
    name,
    labels,
    allocatable: { cpu: cpu * 1000, memory: memory * GI, pods, ...rest.allocatable },
  };
}

type NodeOptions = Partial<NodeDescription> & { cpu?: number; memory?: number; pods?: number };

/** A spec with one container that asks for `cpu` CPUs and `memory` GiB, and the API server's defaults for the rest. */
export function aPodSpec({ cpu = 0, memory = 0, image = 'registry.local/app:1', ...rest }: SpecOptions = {}): PodSpec {
  const requests = { ...(cpu > 0 ? { cpu: cpu * 1000 } : {}), ...(memory > 0 ? { memory: memory * GI } : {}) };
  return {
    containers: [aContainer({ image, requests })],
    initContainers: [],
    overhead: {},
    resources: undefined,
    nodeSelector: {},
    affinity: {
      node: { required: undefined, preferred: [] },
      pod: { required: [], preferred: [] },
      podAnti: { required: [], preferred: [] },
    },
    tolerations: [],
    topologySpreadConstraints: [],
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
    schedulerName: 'default-scheduler',
    schedulingGates: [],
    nodeName: undefined,
    hostNetwork: false,
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    volumes: [],
    resourceClaims: [],
    readinessGates: [],
    failsToStart: undefined,
    activeDeadlineSeconds: undefined,
    ...rest,
  };
}

type SpecOptions = Partial<PodSpec> & { cpu?: number; memory?: number; image?: string };

export function aContainer(options: Partial<Container> = {}): Container {
  return {
    name: 'main',
    image: 'registry.local/app:1',
    imagePullPolicy: 'IfNotPresent',
    requests: {},
    limits: {},
    ports: [],
    restartPolicy: undefined,
    readinessProbe: undefined,
    startupProbe: undefined,
    livenessProbe: undefined,
    preStopSeconds: 0,
    ...options,
  };
}

/** A pending bare pod in namespace `default`, labelled `app: NAME`, unless told otherwise. */
export function aPod(name: string, options: Partial<PodDescription> & SpecOptions = {}): PodDescription {
  const { cpu, memory, image, spec, ...rest } = options;
  return {
    namespace: 'default',
    name,
    labels: { app: name },
    annotations: {},
    owner: undefined,
    nodeName: undefined,
    nominatedNodeName: undefined,
    phase: rest.nodeName === undefined ? 'Pending' : 'Running',
    ready: rest.nodeName !== undefined,
    createdAt: START,
    startDelaySeconds: undefined,
    termination: undefined,
    ...rest,
    spec:
      spec ??
      aPodSpec({
        ...(cpu === undefined ? {} : { cpu }),
        ...(memory === undefined ? {} : { memory }),
        ...(image === undefined ? {} : { image }),
      }),
  };
}

/** The live pod that `description` describes, in no cluster. */
export function podOutside(description: PodDescription): Pod {
  const { namespace, name, createdAt } = description;
  const pod = new Pod(new PodClass(description, -1), `${namespace}/${name}`, createdAt, description);
  return Object.assign(pod, { boundAt: givenBoundAt(description) });
}

/** Labels and spec of pods `app: NAME`. */
export function aTemplate(app: string, spec: SpecOptions = {}): PodTemplate {
  return { labels: { app }, annotations: {}, spec: aPodSpec(spec) };
}

export function selecting(labels: Labels): LabelSelector {
  return { requirements: Object.entries(labels).map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })) };
}

function workload(name: string, spec: SpecOptions) {
  return {
    namespace: 'default',
    name,
    labels: { app: name },
    owner: undefined,
    selector: selecting({ app: name }),
    template: aTemplate(name, spec),
  };
}

export function aDeployment(name: string, replicas: number, spec: SpecOptions = {}): Deployment {
  return {
    ...workload(name, spec),
    kind: 'Deployment',
    replicas,
    minReadySeconds: 0,
    paused: false,
    strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
  };
}

export function aReplicaSet(name: string, replicas: number, spec: SpecOptions = {}): ReplicaSet {
  return { ...workload(name, spec), kind: 'ReplicaSet', replicas, minReadySeconds: 0, revision: 1 };
}

export function aStatefulSet(name: string, replicas: number, spec: SpecOptions = {}): StatefulSet {
  return {
    ...workload(name, spec),
    kind: 'StatefulSet',
    replicas,
    minReadySeconds: 0,
    podManagementPolicy: 'OrderedReady',
    firstOrdinal: 0,
    volumeClaimTemplates: [],
  };
}

export function aDaemonSet(name: string, spec: SpecOptions = {}): DaemonSet {
  return { ...workload(name, spec), kind: 'DaemonSet', minReadySeconds: 0 };
}

/** A Job of `parallelism` pods that is not done before as many have succeeded. */
export function aJob(name: string, parallelism: number, spec: SpecOptions = {}): Job {
  return {
    ...workload(name, { restartPolicy: 'Never', ...spec }),
    kind: 'Job',
    parallelism,
    completions: parallelism,
    backoffLimit: 6,
    podReplacementPolicy: 'TerminatingOrFailed',
  };
}

/** A budget over pods labelled `app: NAME`. */
export function aBudget(name: string, limits: Partial<DisruptionBudgetDescription>): DisruptionBudgetDescription {
  return {
    namespace: 'default',
    name,
    selector: selecting({ app: name }),
    maxUnavailable: undefined,
    minAvailable: undefined,
    unhealthyPodEvictionPolicy: 'IfHealthyBudget',
    generation: 1,
    status: undefined,
    ...limits,
  };
}

/** A free disk `pv-NAME` of the driver `disk`, for one node at a time, unless told otherwise. */
export function aVolume(name: string, options: Partial<PersistentVolume> = {}): PersistentVolume {
  return {
    name: `pv-${name}`,
    labels: {},
    storageClassName: 'disk',
    capacity: GI,
    accessModes: ['ReadWriteOnce'],
    volumeMode: 'Filesystem',
    claimRef: undefined,
    phase: 'Available',
    nodeAffinity: undefined,
    source: 'csi',
    fields: { driver: 'disk', volumeHandle: `vol-${name}` },
    ...options,
  };
}

/** The claim `NAME` in namespace `default`, not bound unless told otherwise. */
export function aClaim(name: string, options: Partial<PersistentVolumeClaim> = {}): PersistentVolumeClaim {
  return {
    namespace: 'default',
    name,
    labels: {},
    annotations: {},
    owner: undefined,
    storageClassName: 'disk',
    request: GI,
    accessModes: ['ReadWriteOnce'],
    volumeMode: 'Filesystem',
    selector: undefined,
    volumeName: undefined,
    phase: 'Pending',
    isBeingDeleted: false,
    ...options,
  };
}

/** A claim template of 1 GiB in the class `disk` unless told otherwise. */
export function aClaimTemplate(name: string, options: Partial<ClaimTemplate> = {}): ClaimTemplate {
  const { storageClassName, request, accessModes, volumeMode, selector } = aClaim(name);
  return { name, storageClassName, request, accessModes, volumeMode, selector, ...options };
}

/** The claim `NAME` and the disk `pv-NAME`, bound to each other. */
export function aDisk(name: string, options: Partial<PersistentVolume> = {}): { claim: PersistentVolumeClaim; volume: PersistentVolume } {
  return {
    claim: aClaim(name, { volumeName: `pv-${name}`, phase: 'Bound' }),
    volume: aVolume(name, { claimRef: `default/${name}`, phase: 'Bound', ...options }),
  };
}

/** A VolumeAttachment of the disk `pv-NAME` to `nodeName`, done. */
export function anAttachment(name: string, nodeName: string): VolumeAttachment {
  return { name: `csi-${name}-${nodeName}`, attacher: 'disk', nodeName, persistentVolumeName: `pv-${name}`, attached: true };
}

/** A volume of a pod that mounts the claim `name`. */
export function claimed(name: string): Volume {
  return { name, source: 'persistentVolumeClaim', claimName: name, readOnly: false, medium: undefined, fields: { claimName: name } };
}

/** An autoscaler NAME of Deployment NAME: 2 to 10 replicas at 60 % of the CPU request, with the default rules. */
export function anAutoscaler(name: string, options: Partial<HorizontalPodAutoscaler> = {}): HorizontalPodAutoscaler {
  return {
    namespace: 'default',
    name,
    target: { kind: 'Deployment', name },
    minReplicas: 2,
    maxReplicas: 10,
    cpu: { kind: 'utilization', percent: 60 },
    otherMetrics: [],
    behavior: undefined,
    ...options,
  };
}
