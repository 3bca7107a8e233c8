import type { ClusterObjects } from '../../cluster/ClusterObjects.ts';
import { workloadKey } from '../../cluster/Workload.ts';

/** Something that a dump lacks and a forecast would go by. */
export interface Gap {
  /** What is missing, and what that does to the forecast. */
  readonly what: string;
  /** The command that gets or shows it. */
  readonly command?: string;
}

/** What the objects of a dump do not tell although it matters, most harmful first. */
export function findGaps(objects: ClusterObjects): readonly Gap[] {
  return [...ownerGaps(objects), ...podGaps(objects), ...budgetGaps(objects), ...volumeGaps(objects), ...requestGaps(objects)];
}

/** Resources that bring the owners of pods and of ReplicaSets. */
const RESOURCES: Readonly<Record<string, string>> = {
  CronJob: 'cronjobs',
  DaemonSet: 'daemonsets',
  Deployment: 'deployments,replicasets',
  Job: 'jobs',
  ReplicaSet: 'replicasets,deployments',
  ReplicationController: 'replicationcontrollers',
  StatefulSet: 'statefulsets',
};

function ownerGaps({ pods, workloads }: ClusterObjects): Gap[] {
  const known = new Set(workloads.map(workloadKey));
  const missing = new Map<string, number>();
  for (const { owner, namespace } of pods) {
    if (!owner || owner.kind === 'Node' || known.has(workloadKey({ kind: owner.kind, namespace, name: owner.name }))) continue;
    missing.set(owner.kind, (missing.get(owner.kind) ?? 0) + 1);
  }
  return [...missing].map(([kind, count]) => {
    const resource = RESOURCES[kind];
    if (resource) return { what: `the ${kind} of ${podsOf(count)}: they look unmanaged and are not replaced`, command: dumpOf(resource) };
    return { what: `the ${kind} of ${podsOf(count)} is none of Kubernetes' own: they are not replaced; describe it as a StatefulSet` };
  });
}

function podGaps({ pods }: ClusterObjects): Gap[] {
  if (pods.length > 0) return [];
  return [{ what: 'pods: the workloads are placed anew before the roll, not where they run now', command: dumpOf('pods') }];
}

function budgetGaps({ budgets }: ClusterObjects): Gap[] {
  if (budgets.length > 0) return [];
  return [{ what: 'PodDisruptionBudgets: nothing holds a drain back', command: dumpOf('poddisruptionbudgets') }];
}

function volumeGaps({ pods, claims, persistentVolumes }: ClusterObjects): Gap[] {
  const existing = new Map(claims.map((claim) => [`${claim.namespace}/${claim.name}`, claim.volumeName]));
  const volumes = new Set(persistentVolumes.map(({ name }) => name));
  const lacks = (namespace: string, claimName: string | undefined) => {
    if (claimName === undefined) return false;
    const volume = existing.get(`${namespace}/${claimName}`);
    return !existing.has(`${namespace}/${claimName}`) || (volume !== undefined && !volumes.has(volume));
  };
  const count = pods.filter(({ namespace, spec }) => spec.volumes.some(({ claimName }) => lacks(namespace, claimName))).length;
  if (count === 0) return [];
  const resources = 'persistentvolumes,persistentvolumeclaims,storageclasses,csinodes,csidrivers,volumeattachments';
  return [{ what: `the claims or PersistentVolumes of ${podsOf(count)}: what ties them to a zone or a node`, command: dumpOf(resources) }];
}

function requestGaps({ pods }: ClusterObjects): Gap[] {
  const asksNothing = (pod: (typeof pods)[number]) =>
    pod.spec.containers.every(({ requests }) => !requests.cpu && !requests.memory) && !pod.spec.resources;
  const count = pods.filter(asksNothing).length;
  if (count === 0) return [];
  return [{ what: `requests of ${podsOf(count)}: the scheduler takes them to need nothing`, command: 'kubectl top pods --all-namespaces' }];
}

function podsOf(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`;
}

function dumpOf(resources: string): string {
  return `kubectl get ${resources} --all-namespaces -o json`;
}
