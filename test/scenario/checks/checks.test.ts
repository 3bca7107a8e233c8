import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../../src/cluster/PodSpec.ts';
import type { PersistentVolume } from '../../../src/cluster/Storage.ts';
import type { Job } from '../../../src/cluster/Workload.ts';
import { check } from '../../../src/experiments/check.ts';
import { drainKinds } from '../../../src/rolls/registry.ts';
import { type Check, subjectOf } from '../../../src/scenario/checks/Check.ts';
import * as checks from '../../../src/scenario/checks/registry.ts';
import type { Scenario } from '../../../src/scenario/Scenario.ts';
import {
  aBudget,
  aClaim,
  aClaimTemplate,
  aDaemonSet,
  aDeployment,
  aNode,
  aPod,
  aReplicaSet,
  aStatefulSet,
  aTemplate,
  selecting,
} from '../../support/builders.ts';
import { aScenario } from '../../support/scenarios.ts';

type Objects = Partial<Scenario['cluster']>;

const nodes = ['workers-1', 'workers-2', 'workers-3'].map((name) => aNode(name));

const overRacks: PodSpec['topologySpreadConstraints'][number] = {
  maxSkew: 1,
  topologyKey: 'rack',
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: selecting({ app: 'web' }),
  minDomains: undefined,
  nodeAffinityPolicy: 'Honor',
  nodeTaintsPolicy: 'Ignore',
  matchLabelKeys: [],
};

const volume = (source: string, fields = {}): PodSpec['volumes'] => [
  {
    name: 'data',
    source,
    claimName: source === 'persistentVolumeClaim' ? 'data' : undefined,
    readOnly: false,
    medium: undefined,
    fields,
  },
];

describe('budgetNeverAllows', () => {
  // Replicas and limits by rows of the rounding table of Kubernetes' disruption controller.
  it.each([
    ['maxUnavailable 0', 3, { maxUnavailable: 0 }],
    ['minAvailable of all pods', 3, { minAvailable: 3 }],
    ['minAvailable 100%', 3, { minAvailable: '100%' as const }],
    ['minAvailable 50% of one pod', 1, { minAvailable: '50%' as const }],
    ['minAvailable 80% of four pods', 4, { minAvailable: '80%' as const }],
    ['minAvailable 1 of one pod', 1, { minAvailable: 1 }],
    ['neither limit', 3, {}],
  ])('finds %s', (_, replicas, limits) => {
    expect(found(checks.budgetNeverAllows, { workloads: [aDeployment('web', replicas)], budgets: [aBudget('web', limits)] })).toEqual([
      'error BUDGET_NEVER_ALLOWS PodDisruptionBudget/default/web',
    ]);
  });

  it.each([
    ['maxUnavailable 25% of one pod', 1, { maxUnavailable: '25%' as const }],
    ['minAvailable one less than all', 3, { minAvailable: 2 }],
    ['minAvailable 80% of five pods', 5, { minAvailable: '80%' as const }],
    ['minAvailable 50% of two pods', 2, { minAvailable: '50%' as const }],
    ['a workload that is scaled to nothing', 0, { minAvailable: 1 }],
  ])('does not find %s', (_, replicas, limits) => {
    expect(found(checks.budgetNeverAllows, { workloads: [aDeployment('web', replicas)], budgets: [aBudget('web', limits)] })).toEqual([]);
  });

  it('only warns of a Job whose deadline ends its pods', () => {
    const budgets = [aBudget('sum', { minAvailable: 2 })];
    const job = { ...aJob('sum'), template: aTemplate('sum', { restartPolicy: 'Never' }) };
    expect(found(checks.budgetNeverAllows, { workloads: [job], budgets })).toEqual([
      'error BUDGET_NEVER_ALLOWS PodDisruptionBudget/default/sum',
    ]);
    expect(found(checks.budgetNeverAllows, { workloads: [{ ...job, activeDeadlineSeconds: 60 }], budgets })).toEqual([
      'warning BUDGET_NEVER_ALLOWS PodDisruptionBudget/default/sum',
    ]);
  });

  it('adds up the workloads that one budget selects', () => {
    const shared = (name: string) => ({ ...aDeployment(name, 1), template: aTemplate('web') });
    expect(
      found(checks.budgetNeverAllows, { workloads: [shared('a'), shared('b')], budgets: [aBudget('web', { minAvailable: 1 })] }),
    ).toEqual([]);
  });

  it('counts bare pods as healthy but not as expected', () => {
    const pods = [aPod('web', { nodeName: 'workers-1' })];
    expect(found(checks.budgetNeverAllows, { pods, budgets: [aBudget('web', { maxUnavailable: 1 })] })).toHaveLength(1);
    expect(found(checks.budgetNeverAllows, { pods, budgets: [aBudget('web', { minAvailable: 0 })] })).toEqual([]);
  });

  it('leaves out pods that stand on nodes which are not rolled, and warns while it is not known where they go', () => {
    const budgets = [aBudget('web', { minAvailable: 1 })];
    const roll = { nodes: ['workers-1'] };
    expect(found(checks.budgetNeverAllows, { pods: [aPod('web', { nodeName: 'workers-2' })], budgets }, { roll })).toEqual([]);
    expect(found(checks.budgetNeverAllows, { workloads: [aDeployment('web', 1)], budgets }, { roll })).toEqual([
      'warning BUDGET_NEVER_ALLOWS PodDisruptionBudget/default/web',
    ]);
  });

  it.each([
    ['is large enough for', nodes, { cpu: 5 }],
    ['is named by', nodes, { nodeName: 'elsewhere' }],
    ['has taints tolerated by', nodes.map((node) => ({ ...node, taints: [{ key: 'gpu', value: '', effect: 'NoSchedule' as const }] })), {}],
    ['is open to gated', nodes, { schedulingGates: ['example.com/quota'] }],
    ['has a rack for', nodes, { topologySpreadConstraints: [overRacks] }],
  ])('only warns of pods that no node %s, for they are pending', (_, given, spec) => {
    const objects = { nodes: given, workloads: [aDeployment('web', 1, spec)], budgets: [aBudget('web', { minAvailable: 1 })] };
    expect(found(checks.budgetNeverAllows, objects)).toEqual(['warning BUDGET_NEVER_ALLOWS PodDisruptionBudget/default/web']);
  });

  it('says nothing when the roll deletes pods without asking budgets', () => {
    const drain = { ...aScenario().roll.drain, mode: 'delete' as const };
    const objects = { workloads: [aDeployment('web', 3)], budgets: [aBudget('web', { maxUnavailable: 0 })] };
    expect(found(checks.budgetNeverAllows, objects, { roll: { drain } })).toEqual([]);
  });
});

describe('budgetFailsClosed', () => {
  it('finds a percentage over pods of a Job, and takes a whole number', () => {
    const workloads = [aJob('import')];
    expect(found(checks.budgetFailsClosed, { workloads, budgets: [aBudget('import', { maxUnavailable: 1 })] })).toEqual([
      'error BUDGET_FAILS_CLOSED PodDisruptionBudget/default/import',
    ]);
    expect(found(checks.budgetFailsClosed, { workloads, budgets: [aBudget('import', { minAvailable: 1 })] })).toEqual([]);
  });

  it('only warns about a DaemonSet, whose pods no drain evicts', () => {
    const objects = { workloads: [aDaemonSet('agent')], budgets: [aBudget('agent', { minAvailable: '50%' })] };
    expect(found(checks.budgetFailsClosed, objects)).toEqual(['warning BUDGET_FAILS_CLOSED PodDisruptionBudget/default/agent']);
  });
});

describe('twoBudgets', () => {
  it('finds pods of two budgets, and nothing when the second selects others', () => {
    const workloads = [aDeployment('web', 3)];
    const first = aBudget('web', { maxUnavailable: 1 });
    const everything = { ...aBudget('all', { minAvailable: 1 }), selector: { requirements: [] } };
    const other = { ...everything, namespace: 'other' };
    expect(found(checks.twoBudgets, { workloads, budgets: [first, everything] })).toEqual(['error TWO_BUDGETS Deployment/default/web']);
    expect(found(checks.twoBudgets, { workloads, budgets: [first, other] })).toEqual([]);
  });

  // A full budget makes kubectl come back, any other error makes it give the pod up.
  it.each<[string, Partial<Scenario['roll']['drain']>, string]>([
    ['kubectl', {}, 'the drain of their node fails at once'],
    ['kubectl', { onTimeout: 'force' }, 'the drain fails at once and its pods are killed'],
    ['eks', {}, 'the roll fails after 15m'],
    ['cluster-autoscaler', {}, 'their nodes fail after 2m'],
    ['cluster-api', {}, 'the roll waits for it for ever'],
  ])('says what comes of it under %s with %j', (kind, knobs, consequence) => {
    const everything = { ...aBudget('all', { minAvailable: 1 }), selector: { requirements: [] } };
    const objects = { workloads: [aDeployment('web', 3)], budgets: [aBudget('web', { maxUnavailable: 1 }), everything] };
    const plan = drainKinds.get(kind)?.plan;
    if (!plan) throw new Error(`no drain kind ${kind}`);
    const [finding] = checks.twoBudgets(subjectOf(scenarioOf(objects, { roll: { drain: { ...plan, ...knobs } } })));
    expect(finding?.message).toContain(`every eviction fails; ${consequence}`);
  });
});

describe('budgetSelectsNothing', () => {
  it('finds a budget whose label no pod bears', () => {
    const workloads = [aDeployment('web', 3)];
    expect(found(checks.budgetSelectsNothing, { workloads, budgets: [aBudget('wep', { maxUnavailable: 1 })] })).toEqual([
      'warning BUDGET_SELECTS_NOTHING PodDisruptionBudget/default/wep',
    ]);
    expect(found(checks.budgetSelectsNothing, { workloads, budgets: [aBudget('web', { maxUnavailable: 1 })] })).toEqual([]);
  });
});

describe('budgetSelectsNothing of a workload at 0 replicas', () => {
  const budgets = [aBudget('web', { maxUnavailable: 1 })];

  it('does not find a budget over the pods that it would have', () => {
    expect(found(checks.budgetSelectsNothing, { workloads: [aDeployment('web', 0)], budgets })).toEqual([]);
  });

  it('finds one over an old revision, which has the labels of before', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' };
    const workloads = [aDeployment('shop', 3), { ...aReplicaSet('web', 0), owner }];
    expect(found(checks.budgetSelectsNothing, { workloads, budgets })).toHaveLength(1);
  });
});

describe('noBudget and singleReplica', () => {
  it('remarks on several replicas without a budget, not on those with one', () => {
    expect(found(checks.noBudget, { workloads: [aDeployment('web', 2)] })).toEqual(['info NO_BUDGET Deployment/default/web']);
    expect(found(checks.noBudget, { workloads: [aDeployment('web', 2)], budgets: [aBudget('web', { maxUnavailable: 1 })] })).toEqual([]);
  });

  it('separates the thousands of the pods', () => {
    const [finding] = checks.noBudget(subjectOf(scenarioOf({ workloads: [aDeployment('web', 1200)] })));
    expect(finding?.message).toBe('no disruption budget: all 1,200 pods may be evicted at once');
  });

  it('warns of one replica, not of two', () => {
    expect(found(checks.singleReplica, { workloads: [aStatefulSet('db', 1)] })).toEqual(['warning SINGLE_REPLICA StatefulSet/default/db']);
    expect(found(checks.singleReplica, { workloads: [aStatefulSet('db', 2)] })).toEqual([]);
  });
});

describe('a roll that leaves pods alone', () => {
  const drain = { ...aScenario().roll.drain, mode: 'none' as const };
  const objects = {
    workloads: [aDeployment('web', 2, { volumes: volume('emptyDir') }), aStatefulSet('db', 1)],
    pods: [aPod('tool', { nodeName: 'workers-1' })],
  };
  const rules = [checks.barePod, checks.localData, checks.noBudget, checks.singleReplica];

  it('is no danger to single replicas, bare pods, scratch data or workloads without a budget', () => {
    const over = (machine: 'goesAway' | 'keepsRunning') =>
      rules.map((rule) => found(rule, objects, { roll: { machine, drain } }).length > 0);
    expect(over('goesAway')).toEqual([true, true, true, true]);
    expect(over('keepsRunning')).toEqual([false, false, false, false]);
  });
});

describe('barePod', () => {
  const pods = [aPod('tool', { nodeName: 'workers-1' })];
  const owner = { apiVersion: 'v1', kind: 'Node', name: 'workers-1' };

  it('warns of a pod without controller, and calls it an error when the drain refuses it', () => {
    const drain = aScenario().roll.drain;
    const refusing = { ...drain, pods: { ...drain.pods, unmanaged: 'refuseDrain' as const } };
    expect(found(checks.barePod, { pods })).toEqual(['warning BARE_POD Pod/default/tool']);
    expect(found(checks.barePod, { pods }, { roll: { drain: refusing } })).toEqual(['error BARE_POD Pod/default/tool']);
  });

  it('says nothing of static pods, of finished pods and of nodes that are not rolled', () => {
    expect(found(checks.barePod, { pods: pods.map((pod) => ({ ...pod, owner })) })).toEqual([]);
    expect(found(checks.barePod, { pods: pods.map((pod) => ({ ...pod, phase: 'Succeeded' as const })) })).toEqual([]);
    expect(found(checks.barePod, { pods }, { roll: { nodes: ['workers-2'] } })).toEqual([]);
  });
});

describe('daemonSetInTheWay', () => {
  const { drain } = aScenario().roll;
  const refusing = { ...drain, pods: { ...drain.pods, daemonSets: 'refuseDrain' as const } };
  const workloads = [aDaemonSet('agent')];

  it('calls it an error when the drain refuses nodes with pods of a DaemonSet, also where it has pods elsewhere', () => {
    expect(found(checks.daemonSetInTheWay, { workloads }, { roll: { drain: refusing } })).toEqual([
      'error DAEMONSET_IN_THE_WAY DaemonSet/default/agent',
    ]);
    expect(found(checks.daemonSetInTheWay, { workloads }, { roll: { drain: refusing, nodes: ['workers-1'] } })).toEqual([
      'error DAEMONSET_IN_THE_WAY DaemonSet/default/agent',
    ]);
  });

  it('says nothing when the drain leaves them alone, and nothing of other pods', () => {
    expect(found(checks.daemonSetInTheWay, { workloads })).toEqual([]);
    expect(found(checks.daemonSetInTheWay, { workloads }, { roll: { drain: { ...refusing, mode: 'none' } } })).toEqual([]);
    expect(found(checks.daemonSetInTheWay, { workloads: [aDeployment('web', 2)] }, { roll: { drain: refusing } })).toEqual([]);
  });
});

describe('localData', () => {
  const web = (volumes: PodSpec['volumes']) => ({ workloads: [aDeployment('web', 2, { volumes })] });
  const wipe = { systemDisk: true, dataDisks: true, imageCache: true, localVolumes: true, userLabels: true, userTaints: true };

  it.each([
    ['an emptyDir', volume('emptyDir')],
    ['a hostPath', volume('hostPath', { path: '/data' })],
  ])('warns of %s', (_, volumes) => {
    expect(found(checks.localData, web(volumes), { roll: { wipe } })).toEqual(['warning LOCAL_DATA Deployment/default/web']);
  });

  it.each([
    ['a ConfigMap', volume('configMap')],
    ['a directory of the host system', volume('hostPath', { path: '/proc' })],
    ['an emptyDir in memory', volume('emptyDir').map((each) => ({ ...each, medium: 'Memory' }))],
  ])('does not warn of %s', (_, volumes) => {
    expect(found(checks.localData, web(volumes), { roll: { wipe } })).toEqual([]);
  });

  it('warns of a claim on a disk of a node, not of one on a network disk', () => {
    const objects = (source: string) => ({
      ...web(volume('persistentVolumeClaim')),
      persistentVolumes: [aDisk(source)],
      claims: [boundClaim],
    });
    expect(found(checks.localData, objects('local'), { roll: { wipe } })).toEqual(['warning LOCAL_DATA Deployment/default/web']);
    expect(found(checks.localData, objects('csi'), { roll: { wipe } })).toEqual([]);
    expect(found(checks.localData, objects('local'), { roll: { wipe: { ...wipe, localVolumes: false } } })).toEqual([]);
  });
});

describe('autoscalerKeepsNode', () => {
  const plan = drainKinds.get('cluster-autoscaler')?.plan ?? aScenario().roll.drain;
  const deployment = (annotations = {}, namespace = 'default') => {
    const web = aDeployment('web', 2);
    return { ...web, namespace, template: { ...web.template, annotations } };
  };
  const budget = { ...aBudget('web', { maxUnavailable: 1 }), namespace: 'kube-system' };
  const unsafe = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' };

  it('finds workloads for which the autoscaler keeps a node, if it is the one that drains', () => {
    const objects = { workloads: [deployment({}, 'kube-system')] };
    const drain = { roll: { drain: plan } };
    const keeps = ['error AUTOSCALER_KEEPS_NODE Deployment/kube-system/web'];
    expect(found(checks.autoscalerKeepsNode, objects, drain)).toEqual(keeps);
    expect(found(checks.autoscalerKeepsNode, { ...objects, budgets: [budget] }, drain)).toEqual([]);
    expect(found(checks.autoscalerKeepsNode, objects)).toEqual([]);
    expect(found(checks.autoscalerKeepsNode, { workloads: [deployment(unsafe)] }, drain)).toEqual([
      'error AUTOSCALER_KEEPS_NODE Deployment/default/web',
    ]);
    expect(found(checks.autoscalerKeepsNode, { workloads: [deployment()] }, drain)).toEqual([]);
  });

  it('leaves bare pods to their own check, which lets those go that are safe to evict', () => {
    const bare = aPod('tool', { nodeName: 'workers-1' });
    const safe = { ...bare, annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' } };
    const drain = { roll: { drain: plan } };
    expect(found(checks.autoscalerKeepsNode, { pods: [bare] }, drain)).toEqual([]);
    expect(found(checks.barePod, { pods: [bare] }, drain)).toEqual(['error BARE_POD Pod/default/tool']);
    expect(found(checks.barePod, { pods: [safe] }, drain)).toEqual(['warning BARE_POD Pod/default/tool']);
  });
});

describe('localData of a StatefulSet', () => {
  it('is on the disks that the claims of its templates are bound to', () => {
    const db = (ordinal: number) => ({
      workloads: [{ ...aStatefulSet('db', 1), firstOrdinal: ordinal, volumeClaimTemplates: [aClaimTemplate('data')] }],
      persistentVolumes: [aDisk('local')],
      claims: [{ ...boundClaim, name: 'data-db-0' }],
    });
    expect(found(checks.localData, db(0))).toEqual(['warning LOCAL_DATA StatefulSet/default/db']);
    expect(found(checks.localData, db(1))).toEqual([]);
  });
});

describe('lostLabel', () => {
  const byHand = { nodes: [aNode('workers-1', { labels: { disk: 'fast' }, poolLabels: {} })] };
  const byPool = { nodes: [aNode('workers-1', { labels: { disk: 'fast' }, poolLabels: { disk: 'fast' } })] };
  const required = [{ matchExpressions: [{ key: 'disk', operator: 'Exists' as const, values: [] }], matchFields: [] }];
  const affinity = { node: { required, preferred: [] }, pod: { required: [], preferred: [] }, podAnti: { required: [], preferred: [] } };

  it.each([
    ['node selector', { nodeSelector: { disk: 'fast' } }],
    ['required node affinity', { affinity }],
  ])('warns of a %s for a label that was put there by hand, not for one of the pool', (_, spec) => {
    const workloads = [aDeployment('web', 2, spec)];
    expect(found(checks.lostLabel, { ...byHand, workloads })).toEqual(['warning LABEL_LOST Deployment/default/web']);
    expect(found(checks.lostLabel, { ...byPool, workloads })).toEqual([]);
    expect(found(checks.lostLabel, { ...byHand, workloads: [aDeployment('web', 2)] })).toEqual([]);
  });
});

describe('check', () => {
  it('puts errors first, then warnings, then remarks', () => {
    const workloads = [aDeployment('plain', 2), aDeployment('single', 1), aDeployment('web', 2)];
    const severities = check(scenarioOf({ workloads, budgets: [aBudget('web', { maxUnavailable: 0 })] })).map(({ severity }) => severity);
    expect(severities).toEqual(['error', 'warning', 'info']);
  });
});

type Overrides = { readonly roll?: Partial<Scenario['roll']> };

function scenarioOf(objects: Objects, { roll }: Overrides = {}): Scenario {
  return aScenario({ cluster: { nodes, ...objects }, roll: { nodes: (objects.nodes ?? nodes).map(({ name }) => name), ...roll } });
}

function found(rule: Check, objects: Objects, overrides: Overrides = {}): string[] {
  return rule(subjectOf(scenarioOf(objects, overrides))).map(({ severity, code, object }) => `${severity} ${code} ${object}`);
}

function aJob(name: string): Job {
  return {
    kind: 'Job',
    namespace: 'default',
    name,
    labels: {},
    owner: undefined,
    selector: selecting({ app: name }),
    template: aTemplate(name),
    parallelism: 2,
    completions: 2,
    backoffLimit: 6,
    podReplacementPolicy: 'TerminatingOrFailed',
  };
}

const boundClaim = aClaim('data', { storageClassName: 'any', request: 1, volumeName: 'disk', phase: 'Bound' });

function aDisk(source: string): PersistentVolume {
  return {
    name: 'disk',
    labels: {},
    storageClassName: 'any',
    capacity: 1,
    accessModes: ['ReadWriteOnce'],
    volumeMode: 'Filesystem',
    claimRef: 'default/data',
    phase: 'Bound',
    nodeAffinity: undefined,
    source,
    fields: {},
  };
}
