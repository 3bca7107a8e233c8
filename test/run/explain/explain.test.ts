import { describe, expect, it } from 'vitest';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { eventRows } from '../../../src/run/EventColumns.ts';
import { explainNode } from '../../../src/run/explain/explainNode.ts';
import { explainPod } from '../../../src/run/explain/explainPod.ts';
import { explainWorkload } from '../../../src/run/explain/explainWorkload.ts';
import { parseSubject } from '../../../src/run/explain/Subject.ts';
import { run } from '../../../src/run/run.ts';
import { aBudget, aDeployment, aNode, aPod, aPodSpec, aStatefulSet } from '../../support/builders.ts';
import { aScenario } from '../../support/scenarios.ts';

/** Two nodes of 4 CPU; a database of 3 CPU on n1 and a bystander of 2 CPU on n2, which leaves it no room while n1 is away. */
const crowded: Partial<ClusterObjects> = {
  nodes: [aNode('n1'), aNode('n2')],
  workloads: [aStatefulSet('db', 1, { cpu: 3 })],
  pods: [aPod('other', { nodeName: 'n2', cpu: 2 })],
};
const scenario = aScenario({ cluster: crowded, roll: { nodes: ['n1'] } });
const explain = (subject: string, attempt?: number) => explainPod(scenario, '1', parseSubject(subject), attempt);

describe('explainPod', () => {
  it('lists the attempts of all pods of the name, with what woke each', () => {
    expect(explain('pod/db-0').attempts.map(({ number, at, outcome, node, wokenBy }) => [number, at, outcome, node, wokenBy])).toEqual([
      [1, 0, 'bound', 'n1', 'UnschedulablePodAdd'],
      [2, 2_000, 'unschedulable', undefined, 'UnschedulablePodAdd'],
      // The node is found missing 50 s after its kubelet went; 5 minutes later the next flush, one in 30 s, tries once more.
      [3, 50_000, 'unschedulable', undefined, 'NodeUpdateNodeTaint'],
      [4, 360_000, 'unschedulable', undefined, 'UnschedulableTimeout'],
      [5, 482_000, 'bound', 'n1', 'NodeUpdateNodeTaint'],
    ]);
  });

  it('shows the last attempt that failed: who refused each node, and what would help', () => {
    const { shown } = explain('pod/db-0');
    expect(shown?.attempt.number).toBe(4);
    expect(shown?.nodes.map(({ node, refusals }) => [node, refusals.map(({ plugin }) => plugin)])).toEqual([
      ['n1', ['NodeUnschedulable', 'TaintToleration']],
      ['n2', ['NodeResourcesFit']],
    ]);
    expect(shown?.remedies.map(({ node, changes }) => [node, changes.map(({ text }) => text)])).toEqual([
      ['n2', ["free 1 cpu, or lower the pod's request from 3 to 2"]],
      ['n1', ['uncordon the node', 'let the node become Ready again']],
    ]);
  });

  it('shows the attempt that is asked for, with the scores of every node that fits', () => {
    const shown = explain('pod/db-0', 1).shown;
    expect(shown?.best).toEqual(['n1']);
    const scores = new Map(shown?.nodes[0]?.scores.map(({ plugin, weight, raw }) => [plugin, [weight, raw]]));
    // Least allocated by hand: CPU (4 - 3) / 4 = 25, memory all but 200 MiB of 16 GiB = 98; their mean.
    expect(scores.get('NodeResourcesFit')).toEqual([1, 61]);
    expect(shown?.remedies.map(({ node }) => node)).toEqual(['n2']);
  });

  it('tells the history of the name, also of a pod that was never tried', () => {
    expect(explain('pod/default/db-0').history.map(({ kind }) => kind)).toEqual([
      'podTerminating',
      'podGone',
      'podCreated',
      'podBound',
      'podReady',
    ]);
    expect(explain('pod/other')).toMatchObject({ pod: 'default/other', attempts: [], history: [], shown: undefined });
  });

  it.each([
    ['gated', { schedulingGates: ['example.com/quota'] }, 'it is waiting for its scheduling gates: example.com/quota'],
    ['foreign', { schedulerName: 'volcano' }, 'the scheduler volcano is to place it, which is not modelled'],
  ])('says why a %s pod is never tried, instead of taking it for placed', (name, spec, untried) => {
    const cluster = { nodes: [aNode('n1')], pods: [aPod(name, { spec: aPodSpec(spec) }), aPod('bound', { nodeName: 'n1' })] };
    const never = aScenario({ cluster });
    expect(explainPod(never, '1', parseSubject(`pod/${name}`), undefined)).toMatchObject({ attempts: [], untried });
    expect(explainPod(never, '1', parseSubject('pod/bound'), undefined).untried).toBeUndefined();
    expect(explainWorkload(never, '1', parseSubject(`workload/${name}`)).workload.outages).toEqual([]);
  });

  it('tells the same as the event log of the run, which also has the attempts', () => {
    const logged = [...eventRows(run(scenario, '1').events)];
    const about = (object: string) => logged.filter((row) => row.object === object && row.kind !== 'failedScheduling');
    expect(explain('pod/db-0').history).toEqual(about('Pod/default/db-0'));
    expect(explainNode(scenario, '1', parseSubject('node/n1')).history).toEqual(about('Node/n1'));
    expect(about('Node/n1').length).toBeGreaterThan(2);
  });

  it('leaves the run as it was: replaying twice gives the same', () => {
    expect(explain('pod/db-0')).toEqual(explain('pod/db-0'));
  });

  it('refuses a pod or an attempt that the run did not have', () => {
    expect(() => explain('pod/db-1')).toThrow('the run had no pod db-1');
    expect(() => explain('pod/db-0', 6)).toThrow('pod default/db-0 had no attempt 6');
  });
});

describe('explainWorkload', () => {
  const cluster = {
    nodes: [aNode('n1'), aNode('n2')],
    workloads: [aDeployment('web', 1, { cpu: 1 }), aDeployment('idle', 1)],
    budgets: [aBudget('web', { maxUnavailable: 1 }), aBudget('idle', { maxUnavailable: 1 })],
  };

  it('gathers outages with their causes, the budgets that select it, and its pods', () => {
    const found = explainWorkload(aScenario({ cluster }), '1', parseSubject('deployment/web'));
    expect(found.workload.outages.length).toBeGreaterThan(0);
    expect(found.workload.outages[0]?.cause[0]).toContain('was cordoned');
    expect(found.budgets.map(({ name }) => name)).toEqual(['web']);
    expect(new Set(found.pods.map(({ workload }) => workload))).toEqual(new Set(['Deployment/default/web']));
  });
});

describe('explainNode', () => {
  it('follows a node through its reset: who left, who came back', () => {
    const found = explainNode(scenario, '1', parseSubject('node/n1'));
    expect(found.reset).toMatchObject({ outcome: 'inService', cordonedAt: 0, drainedAt: 2_000, inServiceAt: 482_000 });
    expect(found.traffic).toEqual([
      { at: 0, what: 'terminating', pod: 'default/db-0', cause: 'EvictionByEvictionAPI' },
      { at: 2_000, what: 'gone', pod: 'default/db-0', cause: 'EvictionByEvictionAPI' },
      { at: 482_000, what: 'bound', pod: 'default/db-0', cause: undefined },
    ]);
  });

  it('says that pods were deleted which were killed with the node', () => {
    const cluster = {
      nodes: [aNode('n1'), aNode('n2')],
      workloads: [aDeployment('web', 2, { cpu: 1 })],
      budgets: [aBudget('web', { maxUnavailable: 0 })],
    };
    const { reset, traffic } = explainNode(aScenario({ cluster }), '1', parseSubject('node/n1'));
    const gone = traffic.filter(({ what }) => what === 'gone');
    expect(gone.map(({ cause }) => cause)).toEqual(Array.from({ length: reset?.forcedKills ?? 0 }, () => 'Delete'));
    expect(gone.length).toBeGreaterThan(0);
  });

  it('knows a node that is not to be reset', () => {
    expect(explainNode(scenario, '1', parseSubject('node/n2'))).toMatchObject({ node: 'n2', reset: undefined, traffic: [] });
    expect(() => explainNode(scenario, '1', parseSubject('node/n3'))).toThrow('the run had no node n3');
  });
});
