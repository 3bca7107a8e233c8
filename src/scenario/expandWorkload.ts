import type { LocatedObject } from './LocatedObject.ts';
import type { GivenWorkload } from './schema/cluster.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The ordinary Kubernetes objects that a workload in short form stands for: the workload itself (or bare pods NAME-1 … NAME-n), its
 * budget NAME and its autoscaler NAME, all labelled `app: NAME`. A Deployment of one replica in namespace `default` unless told otherwise.
 */
export function expandWorkload(workload: GivenWorkload, locate: LocatedObject['locate']): readonly LocatedObject[] {
  const located = (value: Fields, at: (path: readonly PropertyKey[]) => readonly PropertyKey[]): LocatedObject => ({
    value,
    locate: (path) => locate(at(path)),
  });
  const objects = podMakers(workload).map((value) => located(value, inWorkload));
  if (workload.budget) objects.push(located(budgetObject(workload, workload.budget), inBudget));
  if (workload.autoscale) objects.push(located(autoscalerObject(workload, workload.autoscale), () => ['autoscale']));
  return objects;
}

function podMakers(workload: GivenWorkload): readonly Fields[] {
  const { kind = 'Deployment', name, replicas = 1 } = workload;
  if (kind !== 'Pod') return [controllerObject(workload, kind, replicas)];
  return Array.from({ length: replicas }, (_, index) => ({
    apiVersion: 'v1',
    kind,
    metadata: metadataOf(workload, replicas === 1 ? name : `${name}-${index + 1}`),
    spec: podSpec(workload),
  }));
}

function controllerObject(workload: GivenWorkload, kind: string, replicas: number): Fields {
  const selector = { matchLabels: { app: workload.name } };
  const template = { metadata: { labels: podLabels(workload) }, spec: podSpec(workload) };
  const minReady = workload.minReady === undefined ? {} : { minReadySeconds: Math.round(workload.minReady / 1000) };
  const metadata = metadataOf(workload, workload.name);
  switch (kind) {
    case 'Job':
      return { apiVersion: 'batch/v1', kind, metadata, spec: { parallelism: replicas, completions: replicas, selector, template } };
    case 'DaemonSet':
      return { apiVersion: 'apps/v1', kind, metadata, spec: { selector, template, ...minReady } };
    case 'StatefulSet':
      return { apiVersion: 'apps/v1', kind, metadata, spec: { replicas, selector, template, ...minReady, ...statefulFields(workload) } };
    default:
      return { apiVersion: 'apps/v1', kind, metadata, spec: { replicas, selector, template, ...minReady } };
  }
}

function statefulFields({ name, podManagementPolicy, claims = [] }: GivenWorkload): Fields {
  const volumeClaimTemplates = claims.map((claim) => ({
    metadata: { name: claim.name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      ...(claim.storageClass === undefined ? {} : { storageClassName: claim.storageClass }),
      resources: { requests: { storage: claim.storage } },
    },
  }));
  return { serviceName: name, volumeClaimTemplates, ...(podManagementPolicy === undefined ? {} : { podManagementPolicy }) };
}

function metadataOf(workload: GivenWorkload, name: string): Fields {
  return { name, namespace: workload.namespace ?? 'default', labels: podLabels(workload) };
}

function podLabels({ name, labels }: GivenWorkload): Fields {
  return { ...labels, app: name };
}

function podSpec(workload: GivenWorkload): Fields {
  const { kind, nodeSelector, priority, priorityClassName, tolerations, volumes } = workload;
  return {
    containers: [containerOf(workload)],
    ...(kind === 'Job' ? { restartPolicy: 'Never' } : {}),
    ...present({ nodeSelector, priority, priorityClassName, tolerations, volumes }),
    ...present({
      affinity: affinityOf(workload),
      topologySpreadConstraints: spreadOf(workload),
      terminationGracePeriodSeconds: workload.grace === undefined ? undefined : Math.round(workload.grace / 1000),
    }),
  };
}

function containerOf({ name, image = `${name}:1`, requests, limits, preStop }: GivenWorkload): Fields {
  const lifecycle = preStop === undefined ? undefined : { preStop: { sleep: { seconds: Math.round(preStop / 1000) } } };
  return { name, image, resources: present({ requests, limits }), ...present({ lifecycle }) };
}

function affinityOf({ name, affinity, antiAffinity }: GivenWorkload): Fields | undefined {
  if (!antiAffinity) return affinity;
  const term = { labelSelector: { matchLabels: { app: name } }, topologyKey: topologyKey(antiAffinity.by) };
  const podAntiAffinity =
    antiAffinity.rule === 'preferred'
      ? { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] }
      : { requiredDuringSchedulingIgnoredDuringExecution: [term] };
  return { ...affinity, podAntiAffinity };
}

function spreadOf({ name, spread }: GivenWorkload): readonly Fields[] | undefined {
  return spread?.map(({ by, maxSkew = 1, whenUnsatisfiable = 'ScheduleAnyway' }) => ({
    maxSkew,
    topologyKey: topologyKey(by),
    whenUnsatisfiable,
    labelSelector: { matchLabels: { app: name } },
  }));
}

function topologyKey(by: string): string {
  if (by === 'zone') return 'topology.kubernetes.io/zone';
  return by === 'hostname' ? 'kubernetes.io/hostname' : by;
}

function budgetObject(workload: GivenWorkload, budget: NonNullable<GivenWorkload['budget']>): Fields {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(workload, workload.name),
    spec: { ...budget, selector: { matchLabels: { app: workload.name } } },
  };
}

function autoscalerObject(workload: GivenWorkload, { min, max, utilization = 80 }: NonNullable<GivenWorkload['autoscale']>): Fields {
  const target = { type: 'Utilization', averageUtilization: utilization };
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(workload, workload.name),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: workload.kind ?? 'Deployment', name: workload.name },
      minReplicas: min,
      maxReplicas: max,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
    },
  };
}

function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Where a path of the workload object comes from in the short form. */
function inWorkload(path: readonly PropertyKey[]): readonly PropertyKey[] {
  const found = path.find((segment) =>
    ['name', 'namespace', 'replicas', 'requests', 'limits', 'tolerations', 'volumes', 'nodeSelector', 'affinity'].includes(String(segment)),
  );
  return found === undefined ? [] : [found, ...path.slice(path.indexOf(found) + 1)];
}

function inBudget(path: readonly PropertyKey[]): readonly PropertyKey[] {
  return path[0] === 'spec' ? ['budget', ...path.slice(1)] : ['budget'];
}
