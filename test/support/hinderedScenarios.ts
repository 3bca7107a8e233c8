import fc from 'fast-check';
import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import type { OwnerReference } from '../../src/cluster/OwnerReference.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import type { PodSpec } from '../../src/cluster/PodSpec.ts';
import type { Toleration } from '../../src/cluster/Taint.ts';
import type { Workload } from '../../src/cluster/Workload.ts';
import type { DrainPlan } from '../../src/rolls/RollPlan.ts';
import { drainKinds } from '../../src/rolls/registry.ts';
import type { PodTiming, Scenario } from '../../src/scenario/Scenario.ts';
import { type Duration, instant, minutes, NEVER, seconds } from '../../src/units.ts';
import { aBudget, aDaemonSet, aDeployment, aJob, aNode, aPod, aPodSpec, aReplicaSet, aStatefulSet, selecting } from './builders.ts';
import { aScenario, aTiming, defaultObjectives } from './scenarios.ts';

/** Mostly nothing, and `arbitrary` once in `times`. */
function seldom<T>(arbitrary: fc.Arbitrary<T>, times = 5): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: times - 1 }, { arbitrary, weight: 1 });
}

const DEDICATED = { key: 'dedicated', value: '', effect: 'NoSchedule' as const };
const TOLERATIONS: Readonly<Record<string, Toleration>> = {
  dedicated: { key: 'dedicated', operator: 'Exists', value: '' },
  cordon: { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', value: '' },
};

const nodes = fc.array(
  fc.record({
    cpu: fc.constantFrom(1, 2, 4),
    pods: fc.constantFrom(110, 3),
    isDedicated: seldom(fc.constant(true)),
    unschedulable: seldom(fc.constant(true), 12),
    isRolled: fc.constantFrom(true, true, false),
  }),
  { minLength: 1, maxLength: 4 },
);

const specs = fc.record({
  cpu: fc.constantFrom(0, 0.5, 1, 1.5, 3, 5),
  host: seldom(fc.constantFrom('n0', 'n1', 'n2'), 6),
  tolerates: seldom(fc.constantFrom('dedicated', 'cordon')),
  priority: fc.constantFrom(0, 0, 100),
  avoids: seldom(fc.constantFrom('w0', 'w1'), 6),
  seeks: seldom(fc.constantFrom('w0', 'w1'), 10),
  isGated: seldom(fc.constant(true), 12),
  hasEmptyDir: seldom(fc.constant(true), 6),
  grace: fc.constantFrom(0, 30, 600),
});

const budgets = fc.array(
  fc.record({
    limits: fc.oneof(
      fc.record({ maxUnavailable: fc.constantFrom(0, 1, '30%' as const) }),
      fc.record({ minAvailable: fc.constantFrom(0, 1, 2, '100%' as const) }),
    ),
    unhealthyPodEvictionPolicy: fc.constantFrom('IfHealthyBudget' as const, 'AlwaysAllow' as const),
  }),
  { maxLength: 2 },
);

const workloads = fc.array(
  fc.record({
    kind: fc.constantFrom('Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'Pod', 'Cluster'),
    replicas: fc.integer({ min: 1, max: 5 }),
    spec: specs,
    bound: seldom(fc.array(fc.record({ node: fc.nat(3), isLeaving: seldom(fc.constant(true)), ready: fc.boolean() }), { maxLength: 4 }), 2),
    budgets,
  }),
  { minLength: 1, maxLength: 3 },
);

type Given<A> = A extends fc.Arbitrary<readonly (infer T)[]> ? T : never;
type GivenNode = Given<typeof nodes>;
type GivenWorkload = Given<typeof workloads>;

const drains = fc
  .record({
    kind: fc.constantFrom(...drainKinds.keys()),
    timeout: seldom(fc.constantFrom(seconds(60), seconds(600), NEVER), 2),
    onTimeout: seldom(fc.constantFrom('force' as const, 'failNode' as const, 'failRoll' as const, 'retryForever' as const), 2),
    mode: seldom(fc.constant('delete' as const), 6),
    unmanaged: seldom(fc.constant('refuseDrain' as const), 3),
    emptyDir: seldom(fc.constant('refuseDrain' as const), 3),
    daemonSets: seldom(fc.constant('refuseDrain' as const), 6),
    podSelector: seldom(fc.constant(selecting({ app: 'w0' })), 10),
  })
  .map(({ kind, unmanaged, emptyDir, daemonSets, ...knobs }): DrainPlan => {
    const plan = drainKinds.get(kind)?.plan ?? aScenario().roll.drain;
    return { ...plan, ...given(knobs), pods: { ...plan.pods, ...given({ unmanaged, emptyDir, daemonSets }) } };
  });

/** The fields that are there. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/**
 * Rolls of small clusters in which much is in the way: budgets that allow nothing, drains that are refused, too little room, pods that are
 * pending, about to go or bound where they may not be.
 */
export const hinderedScenarios: fc.Arbitrary<Scenario> = fc
  .record({
    nodes,
    workloads,
    drain: drains,
    maxUnavailable: fc.integer({ min: 1, max: 3 }),
    pacing: fc.record({ kind: fc.constantFrom('barrier' as const, 'window' as const) }),
    order: fc.constantFrom('listing' as const, 'name' as const, 'lightest' as const),
    cordon: fc.constantFrom('perNode' as const, 'wholePool' as const),
    failure: fc.record({
      readyTimeout: fc.constantFrom(minutes(1), minutes(20), NEVER),
      then: fc.constantFrom('continue' as const, 'stop' as const),
      retries: fc.constant(0),
    }),
    reset: fc.constantFrom(seconds(1), seconds(60), seconds(480)),
    ready: fc.constantFrom(seconds(0), seconds(10), seconds(3600)),
    exit: fc.constantFrom(seconds(2), seconds(500)),
    complete: seldom(fc.constantFrom(seconds(300), seconds(36_000)), 3),
    limit: fc.constantFrom(minutes(1), minutes(20), minutes(600)),
  })
  .map(({ nodes: givenNodes, workloads: givenWorkloads, reset, ready, exit, complete, limit, ...knobs }) => {
    const cluster = clusterOf(givenNodes, givenWorkloads);
    const rolled = cluster.nodes.filter((_, index) => givenNodes[index]?.isRolled).map(({ name }) => name);
    const times = aTiming({ reset, ready, exit });
    return aScenario({
      cluster,
      timing: { ...times, pods: times.pods.map((each) => ({ ...each, ...completion(complete) })) },
      roll: { nodes: rolled.length > 0 ? rolled : ['n0'], ...knobs },
      objectives: [...defaultObjectives, { name: 'in time', probability: 1, goal: { kind: 'maxDuration', limit } }],
      horizon: minutes(180),
    });
  });

function completion(value: Duration | undefined): Partial<PodTiming> {
  return value === undefined ? {} : { complete: { kind: 'constant', value } };
}

type Cluster = Pick<ClusterObjects, 'nodes' | 'workloads' | 'pods' | 'budgets'>;

function clusterOf(givenNodes: readonly GivenNode[], givenWorkloads: readonly GivenWorkload[]): Cluster {
  const made = givenNodes.map(({ cpu, pods, isDedicated, unschedulable = false }, index) => {
    const cordon = unschedulable ? [{ key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' as const }] : [];
    return aNode(`n${index}`, { cpu, pods, unschedulable, taints: [...(isDedicated ? [DEDICATED] : []), ...cordon] });
  });
  const built = givenWorkloads.map((each, index) => build(each, `w${index}`));
  const pods = withRoom(
    built.flatMap((each) => each.pods),
    made,
  );
  return { nodes: made, workloads: built.flatMap(({ workload }) => workload ?? []), pods, budgets: built.flatMap((each) => each.budgets) };
}

const API_VERSIONS: Readonly<Record<string, string>> = { Job: 'batch/v1', Cluster: 'example.com/v1' };

interface Built {
  readonly workload: Workload | undefined;
  readonly pods: readonly PodDescription[];
  readonly budgets: readonly DisruptionBudgetDescription[];
}

function build({ kind, replicas, spec: givenSpec, bound = [], budgets: limits }: GivenWorkload, name: string): Built {
  const spec = specOf(givenSpec);
  const workload = workloadOf(kind, name, { replicas, spec });
  const owner = kind === 'Pod' ? undefined : { apiVersion: API_VERSIONS[kind] ?? 'apps/v1', kind, name };
  const places = workload === undefined && bound.length === 0 ? [{ node: undefined, isLeaving: undefined, ready: false }] : bound;
  return {
    workload,
    pods: kind === 'Deployment' ? [] : places.map((place, index) => podOf(place, `${name}-${index}`, { app: name, owner, spec })),
    budgets: limits.map(({ limits: limit, ...rest }, index) => ({ ...aBudget(name, { ...limit, ...rest }), name: `${name}-${index}` })),
  };
}

function specOf({ cpu, host, tolerates, priority, avoids, seeks, isGated, hasEmptyDir, grace }: GivenWorkload['spec']): PodSpec {
  const near = (app: string | undefined) => (app === undefined ? [] : [termOf(app)]);
  const toleration = tolerates === undefined ? undefined : TOLERATIONS[tolerates];
  return aPodSpec({
    cpu,
    priority,
    nodeSelector: host === undefined ? {} : { 'kubernetes.io/hostname': host },
    tolerations: toleration ? [toleration] : [],
    affinity: {
      node: { required: undefined, preferred: [] },
      pod: { required: near(seeks), preferred: [] },
      podAnti: { required: near(avoids), preferred: [] },
    },
    schedulingGates: isGated ? ['example.com/quota'] : [],
    terminationGracePeriodSeconds: grace,
    volumes: hasEmptyDir
      ? [{ name: 'cache', source: 'emptyDir', claimName: undefined, readOnly: false, medium: undefined, fields: {} }]
      : [],
  });
}

function termOf(app: string): PodSpec['affinity']['pod']['required'][number] {
  const rest = { namespaces: ['default'], namespaceSelector: undefined, matchLabelKeys: [], mismatchLabelKeys: [] };
  return { labelSelector: selecting({ app }), topologyKey: 'kubernetes.io/hostname', ...rest };
}

function workloadOf(
  kind: string,
  name: string,
  { replicas, spec }: { readonly replicas: number; readonly spec: PodSpec },
): Workload | undefined {
  switch (kind) {
    case 'Deployment':
      return aDeployment(name, replicas, spec);
    case 'ReplicaSet':
      return aReplicaSet(name, replicas, spec);
    case 'StatefulSet':
      return aStatefulSet(name, replicas, spec);
    case 'DaemonSet':
      return aDaemonSet(name, spec);
    case 'Job':
      return aJob(name, replicas, { ...spec, restartPolicy: 'Never' });
    default:
      return undefined;
  }
}

interface Place {
  readonly node: number | undefined;
  readonly isLeaving: true | undefined;
  readonly ready: boolean;
}

interface Identity {
  readonly app: string;
  readonly owner: OwnerReference | undefined;
  readonly spec: PodSpec;
}

function podOf({ node, isLeaving, ready }: Place, name: string, { app, owner, spec }: Identity): PodDescription {
  const termination = { requestedAt: instant(-1000), gracePeriodSeconds: 30, cause: 'Delete' as const };
  const restartPolicy = owner?.kind === 'Job' || owner === undefined ? 'Never' : 'Always';
  return aPod(name, {
    labels: { app },
    owner,
    spec: { ...spec, restartPolicy },
    createdAt: instant(-100_000),
    ...(node === undefined ? {} : { nodeName: `n${node}`, ready, ...(isLeaving ? { termination } : {}) }),
  });
}

/** `pods`, of which those are pending that their node is not there for or has no room for. */
function withRoom(pods: readonly PodDescription[], made: Cluster['nodes']): PodDescription[] {
  const left = new Map(made.map(({ name, allocatable }) => [name, { cpu: allocatable['cpu'] ?? 0, pods: allocatable['pods'] ?? 0 }]));
  return pods.map((pod) => {
    const cpu = pod.spec.containers[0]?.requests['cpu'] ?? 0;
    const room = left.get(pod.nodeName ?? '');
    if (!room || room.cpu < cpu || room.pods < 1)
      return { ...pod, nodeName: undefined, phase: 'Pending', ready: false, termination: undefined };
    left.set(pod.nodeName ?? '', { cpu: room.cpu - cpu, pods: room.pods - 1 });
    return pod;
  });
}
