import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { capacityTooSmall } from '../../../src/scenario/checks/capacityTooSmall.ts';
import type { Scenario } from '../../../src/scenario/Scenario.ts';
import { minutes } from '../../../src/units.ts';
import { aBudget, aDaemonSet, aDeployment, aJob, aNode, aPod, aReplicaSet, aStatefulSet } from '../../support/builders.ts';
import { onThursday, thursday } from '../../support/maintenance.ts';
import { aScenario } from '../../support/scenarios.ts';

describe('capacityTooSmall', () => {
  const four = ['a', 'b', 'c', 'd'].map((name) => aNode(name));
  const pods = (count: number, spec: { cpu?: number; memory?: number }) => ({ nodes: four, workloads: [aDeployment('web', count, spec)] });
  const away = (maxUnavailable: number) => ({ roll: { nodes: ['a', 'b', 'c', 'd'], maxUnavailable } });

  it.each([
    ['12 CPU on three of four nodes of 4 CPU', pods(12, { cpu: 1 }), 1, []],
    ['12 CPU on two of them', pods(12, { cpu: 1 }), 2, ['error CAPACITY_TOO_SMALL Cluster/cpu']],
    ['12.5 CPU on three of them', pods(25, { cpu: 0.5 }), 1, ['error CAPACITY_TOO_SMALL Cluster/cpu']],
    ['48 GiB on three nodes of 16 GiB', pods(3, { memory: 16 }), 1, []],
    ['64 GiB on three nodes of 16 GiB', pods(4, { memory: 16 }), 1, ['error CAPACITY_TOO_SMALL Cluster/memory']],
    ['331 pods on three nodes for 110', pods(331, {}), 1, ['error CAPACITY_TOO_SMALL Cluster/pods']],
  ])('judges %s', (_, objects, maxUnavailable, expected) => {
    expect(found(objects, away(maxUnavailable))).toEqual(expected);
  });

  it('takes away the largest nodes of the roll, leaves out pods of DaemonSets and names what fits', () => {
    const objects = {
      nodes: [aNode('small', { cpu: 2 }), aNode('large', { cpu: 8 })],
      workloads: [aDaemonSet('agent', { cpu: 1 }), aDeployment('web', 3, { cpu: 1 })],
    };
    expect(found(objects, { roll: { nodes: ['small'], maxUnavailable: 1 } })).toEqual([]);
    expect(found(objects, { roll: { nodes: ['small', 'large'], maxUnavailable: 1 } })).toHaveLength(1);
    const scenario = aScenario({ cluster: pods(8, { cpu: 1 }), ...away(3) });
    expect(capacityTooSmall(subjectOf(scenario))).toMatchObject([{ hint: 'maxUnavailable 2 or less leaves enough in total' }]);
  });

  it('gives DaemonSets their share of each node first', () => {
    const workloads = (replicas: number) => [aDaemonSet('agent', { cpu: 1 }), aDeployment('web', replicas, { cpu: 1 })];
    expect(found({ nodes: four, workloads: workloads(9) }, away(1))).toEqual([]);
    expect(found({ nodes: four, workloads: workloads(10) }, away(1))).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent' };
    const agents = four.map(({ name }) => aPod(`agent-${name}`, { cpu: 1, nodeName: name, owner }));
    expect(found({ nodes: four, workloads: workloads(10), pods: agents }, away(1))).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('does not count pods for which even an empty cluster has no node, nor those behind a gate', () => {
    const gated = aDeployment('gated', 9, { cpu: 1, schedulingGates: ['example.com/quota'] });
    const objects = { nodes: four, workloads: [aDeployment('huge', 2, { cpu: 5 }), gated, aDeployment('web', 12, { cpu: 1 })] };
    expect(found(objects, away(1))).toEqual([]);
    expect(found(objects, away(2))).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('is an error only for nodes that are away together in every course of the roll', () => {
    const nodes = [aNode('a', { cpu: 8 }), aNode('b', { cpu: 1 }), aNode('c', { cpu: 8 }), aNode('d', { cpu: 1 })];
    const objects = { nodes, workloads: [aDeployment('web', 6, { cpu: 1 })] };
    const listed = { nodes: ['a', 'b', 'c', 'd'], maxUnavailable: 2 };
    expect(found(objects, { roll: listed })).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
    expect(found(objects, { roll: { ...listed, nodes: ['b', 'd', 'a', 'c'] } })).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
    expect(found(objects, { roll: { ...listed, nodes: ['b', 'd', 'a', 'c'], pacing: { kind: 'window' } } })).toEqual([
      'warning CAPACITY_TOO_SMALL Cluster/cpu',
    ]);
    expect(found(objects, { roll: { ...listed, nodes: ['b', 'd', 'a', 'c'], order: 'random' } })).toEqual([
      'warning CAPACITY_TOO_SMALL Cluster/cpu',
    ]);
  });

  it('looks at the largest batch of a ramp', () => {
    const objects = { nodes: four, workloads: [aDeployment('web', 6, { cpu: 1 })] };
    const listed = { nodes: ['a', 'b', 'c', 'd'], maxUnavailable: 4 };
    expect(found(objects, { roll: { ...listed, pacing: { kind: 'ramp', factor: 2 } } })).toEqual([]);
    expect(found(objects, { roll: { ...listed, pacing: { kind: 'ramp', factor: 3 } } })).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('does not count pods that are pending while every node is there', () => {
    const only = (host: string) => ({ nodeSelector: { 'kubernetes.io/hostname': host } });
    const onD = (name: string, count: number) => aDeployment(name, count, { cpu: 1, ...only('d') });
    expect(found({ nodes: four, workloads: [onD('web', 40)] }, away(1))).toEqual([]);
    expect(found({ nodes: four, workloads: [onD('web', 10), onD('shop', 10)] }, away(1))).toEqual([]);
    const both = [onD('web', 40), aDeployment('shop', 12, { cpu: 1 })];
    expect(found({ nodes: four, workloads: both }, away(1))).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('counts pods that are bound to a node which takes no others', () => {
    const taints = [{ key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' as const }];
    const nodes = four.map((node) => (node.name === 'd' ? { ...node, taints } : node));
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const bound = ['a', 'b', 'c', 'd'].map((nodeName) => aPod(`on-${nodeName}`, { cpu: 4, nodeName, owner }));
    const workloads = [aReplicaSet('web', 4, { cpu: 4 })];
    expect(found({ nodes, pods: bound, workloads }, away(1))).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
    expect(found({ nodes, pods: bound }, away(1))).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
    const pending = bound.map((pod) => (pod.nodeName === 'd' ? aPod('waits', { cpu: 4, owner }) : pod));
    expect(found({ nodes, pods: pending }, away(1))).toEqual([]);
  });

  it('does not count bare pods of rolled nodes, which nobody makes anew, but those of other nodes', () => {
    const full = ['a', 'b', 'c', 'd'].map((nodeName) => aPod(`on-${nodeName}`, { cpu: 4, nodeName }));
    expect(found({ nodes: four, pods: full }, away(1))).toEqual([]);
    const onlyA = { roll: { nodes: ['a'], maxUnavailable: 1 } };
    expect(found({ nodes: four, pods: full.slice(1), workloads: [aDeployment('web', 1, { cpu: 1 })] }, onlyA)).toEqual([
      'error CAPACITY_TOO_SMALL Cluster/cpu',
    ]);
  });

  it('does not count pods that may come back to a cordoned node, but what they leave for others', () => {
    const everywhere = { tolerations: [{ key: '', operator: 'Exists' as const, value: '' }] };
    expect(found({ nodes: four, workloads: [aDeployment('web', 16, { cpu: 1, ...everywhere })] }, away(1))).toEqual([]);
    const crowded = [aDeployment('system', 16, { cpu: 1, ...everywhere }), aDeployment('web', 16, { cpu: 1 })];
    expect(found({ nodes: four, workloads: crowded }, away(1))).toEqual([]);
  });

  it('places pods of high priority first', () => {
    const lone = { ...aPod('lone', { cpu: 4 }) };
    const workloads = [aDeployment('web', 16, { cpu: 1, priority: 1 })];
    expect(found({ nodes: four, pods: [lone], workloads }, away(1))).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('says nothing of a roll that drains no node', () => {
    const drain = { ...aScenario().roll.drain, mode: 'none' as const };
    const { roll } = away(1);
    expect(found(pods(16, { cpu: 1 }), { roll })).toHaveLength(1);
    expect(found(pods(16, { cpu: 1 }), { roll: { ...roll, drain } })).toEqual([]);
  });

  it.each<[string, Partial<Scenario['roll']['drain']>, 'error' | 'warning']>([
    ['as long as a reset or longer', { timeout: minutes(8), onTimeout: 'force' }, 'warning'],
    ['for ever', { onTimeout: 'retryForever' }, 'warning'],
    ['less long than a reset', { timeout: minutes(7), onTimeout: 'force' }, 'error'],
    ['not at all', { mode: 'delete' }, 'error'],
  ])('is an error for a whole batch if budgets can hold up its drains %s', (_, knobs, severity) => {
    const objects = { ...pods(12, { cpu: 1 }), budgets: [aBudget('web', { maxUnavailable: 1 })] };
    const roll = { ...away(2).roll, drain: { ...aScenario().roll.drain, ...knobs } };
    expect(found(objects, { roll })).toEqual([`${severity} CAPACITY_TOO_SMALL Cluster/cpu`]);
  });

  it('is an error for the largest node alone if its drain ends by force, however long budgets hold it up', () => {
    const objects = { ...pods(13, { cpu: 1 }), budgets: [aBudget('web', { maxUnavailable: 1 })] };
    expect(found(objects, away(1))).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
    const drain = { ...aScenario().roll.drain, onTimeout: 'failNode' as const };
    expect(found(objects, { roll: { ...away(1).roll, drain } })).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('is a warning if drains may be refused, or if the roll may stop before', () => {
    const drain = aScenario().roll.drain;
    const refusing = { ...drain, pods: { ...drain.pods, unmanaged: 'refuseDrain' as const } };
    const objects = { ...pods(13, { cpu: 1 }), pods: [aPod('lone', { nodeName: 'd' })] };
    expect(found(objects, { roll: { ...away(1).roll, drain: refusing } })).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
    const failure = { readyTimeout: minutes(5), then: 'stop' as const, retries: 0 };
    const nodes = [aNode('a', { cpu: 1 }), aNode('b', { cpu: 8 })];
    const five = { nodes, workloads: [aDeployment('web', 5, { cpu: 1 })] };
    expect(found(five, { roll: { failure } })).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
    expect(found(five, { roll: {} })).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('is an error only for nodes that start in a maintenance window for certain', () => {
    const [small, large] = [aNode('small', { cpu: 1 }), aNode('large', { cpu: 8 })];
    const inWindows = (nodes: typeof four, hours: number) =>
      found(
        { nodes, workloads: [aDeployment('web', 5, { cpu: 1 })] },
        { start: onThursday(2), horizon: minutes(hours * 60), roll: { maintenance: thursday } },
      );
    expect(inWindows([large, small], 24)).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
    expect(inWindows([small, large], 24)).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
    expect(inWindows([large, small], 1)).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('is a warning for pods that only a lucky order of scheduling places', () => {
    const two = [aNode('a'), aNode('b')];
    const roll = { nodes: ['a'], maxUnavailable: 1 };
    const workloads = [aDeployment('large', 1, { cpu: 4 }), aDeployment('small', 2, { cpu: 1 })];
    expect(found({ nodes: two, workloads }, { roll })).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
    const alike = [aDeployment('large', 1, { cpu: 2 }), aDeployment('small', 2, { cpu: 2 })];
    expect(found({ nodes: two, workloads: alike }, { roll })).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('is a warning for pods that are not made anew at once', () => {
    expect(found({ nodes: four, workloads: [aJob('sum', 13, { cpu: 1 })] }, away(1))).toEqual(['warning CAPACITY_TOO_SMALL Cluster/cpu']);
    expect(found({ nodes: four, workloads: [aStatefulSet('db', 13, { cpu: 1 })] }, away(1))).toEqual([
      'warning CAPACITY_TOO_SMALL Cluster/cpu',
    ]);
    const parallel = { ...aStatefulSet('db', 13, { cpu: 1 }), podManagementPolicy: 'Parallel' as const };
    expect(found({ nodes: four, workloads: [parallel] }, away(1))).toEqual(['error CAPACITY_TOO_SMALL Cluster/cpu']);
  });

  it('counts extended resources', () => {
    const gpu = (name: string) => aNode(name, { allocatable: { 'nvidia.com/gpu': 2 } });
    const { template, ...web } = aDeployment('web', 3);
    const containers = template.spec.containers.map((each) => ({ ...each, requests: { 'nvidia.com/gpu': 1 } }));
    const workloads = [{ ...web, template: { ...template, spec: { ...template.spec, containers } } }];
    const roll = { nodes: ['a', 'b'], maxUnavailable: 1 };
    expect(found({ nodes: [gpu('a'), gpu('b')], workloads }, { roll })).toEqual(['error CAPACITY_TOO_SMALL Cluster/nvidia.com/gpu']);
  });
});

function found(
  cluster: Partial<Scenario['cluster']>,
  given: { readonly roll: Partial<Scenario['roll']> } & Partial<Pick<Scenario, 'start' | 'horizon'>>,
): string[] {
  return capacityTooSmall(subjectOf(aScenario({ cluster, ...given }))).map(({ severity, code, object }) => `${severity} ${code} ${object}`);
}
