import { describe, expect, it } from 'vitest';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { PodSpec } from '../../../src/cluster/PodSpec.ts';
import { UNSCHEDULABLE } from '../../../src/cluster/Taint.ts';
import { findRemedies } from '../../../src/run/remedies/findRemedies.ts';
import { Trial } from '../../../src/run/remedies/Trial.ts';
import { SchedulerState } from '../../../src/scheduler/SchedulerState.ts';
import { scheduleOne } from '../../../src/scheduler/scheduleOne.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import { anAffinity, aPodAffinityTerm, aSpreadConstraint } from '../../support/placement.ts';

/** What is proposed for the pod `p` on `n1`. */
function proposedFor(spec: Partial<PodSpec> & { cpu?: number; memory?: number }, objects: Partial<ClusterObjects>): readonly string[] {
  const pods = [...(objects.pods ?? []), aPod('p', { spec: aPodSpec(spec) })];
  const trial = new Trial(clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], ...objects, pods }), 'default/p', '1.34');
  return findRemedies(trial, ['n1'])[0]?.changes.map(({ text }) => text) ?? [];
}

const cordoned = aNode('n1', { unschedulable: true, taints: [UNSCHEDULABLE] });
const tainted = (key: string, value = '') => aNode('n1', { taints: [{ key, value, effect: 'NoSchedule' }] });
const spread = aSpreadConstraint({ app: 'web' });
const port = [aContainer({ ports: [{ hostIP: '', hostPort: 80, protocol: 'TCP' }] })];
const zoned = [aNode('n1', { labels: { zone: 'a' } }), aNode('n2', { labels: { zone: 'b' } })];
const webOn = (name: string, nodeName: string) => aPod(name, { nodeName, labels: { app: 'web' } });

describe('findRemedies', () => {
  it('uncordons a node, once for its flag and its taint', () => {
    expect(proposedFor({}, { nodes: [cordoned] })).toEqual(['uncordon the node']);
  });

  it('tolerates a taint', () => {
    expect(proposedFor({}, { nodes: [tainted('dedicated', 'db')] })).toEqual(['tolerate taint dedicated=db:NoSchedule']);
  });

  it('waits for a node that is not ready instead of tolerating it', () => {
    expect(proposedFor({}, { nodes: [tainted('node.kubernetes.io/not-ready')] })).toEqual(['let the node become Ready again']);
  });

  it('adds the label that a node selector wants', () => {
    expect(proposedFor({ nodeSelector: { disk: 'ssd' } }, {})).toEqual(['label the node with disk=ssd']);
  });

  it('asks for no other zone than the node is in, but drops the wish', () => {
    const nodeSelector = { 'topology.kubernetes.io/zone': 'b' };
    expect(proposedFor({ nodeSelector }, {})).toEqual(['drop topology.kubernetes.io/zone=b from the node selector']);
  });

  it('takes the term of node affinity that lacks least', () => {
    const exists = (key: string) => ({ key, operator: 'Exists' as const, values: [] });
    const far = { matchExpressions: [exists('a'), exists('b')], matchFields: [] };
    const near = { matchExpressions: [{ key: 'tier', operator: 'In' as const, values: ['x', 'y'] }], matchFields: [] };
    expect(proposedFor({ affinity: anAffinity({ node: { required: [far, near], preferred: [] } }) }, {})).toEqual([
      'label the node with tier=x',
    ]);
  });

  it('takes off a label that is not wanted', () => {
    const avoid = { matchExpressions: [{ key: 'spot', operator: 'DoesNotExist' as const, values: [] }], matchFields: [] };
    const nodes = [aNode('n1', { labels: { spot: 'yes' } })];
    expect(proposedFor({ affinity: anAffinity({ node: { required: [avoid], preferred: [] } }) }, { nodes })).toEqual([
      'take label spot off the node',
    ]);
  });

  it('names the exact amount of CPU that is missing', () => {
    const objects = { nodes: [aNode('n1', { cpu: 4 })], pods: [aPod('other', { nodeName: 'n1', cpu: 3 })] };
    expect(proposedFor({ cpu: 1.25 }, objects)).toEqual(["free 250m cpu, or lower the pod's request from 1250m to 1"]);
    expect(proposedFor({ cpu: 1 }, objects)).toEqual([]);
  });

  it('names no more CPU than it takes: the scheduler agrees to the last unit', () => {
    const other = aPod('other', { nodeName: 'n1', cpu: 3 });
    const fits = (cpu: number) => {
      const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1', { cpu: 4 })], pods: [other, aPod('p', { cpu })] });
      const pod = cluster.pods.get('default/p');
      return pod && scheduleOne(new SchedulerState(cluster, { version: '1.34' }), pod).kind;
    };
    expect(proposedFor({ cpu: 1.25 }, { nodes: [aNode('n1', { cpu: 4 })], pods: [other] })).toEqual([
      "free 250m cpu, or lower the pod's request from 1250m to 1",
    ]);
    expect([fits(1), fits(1.001)]).toEqual(['bound', 'unschedulable']);
  });

  it('tells a request that no empty node could meet from a lack of room', () => {
    expect(proposedFor({ memory: 20 }, {})).toEqual(["lower the pod's request from 20Gi to 16Gi: the node has 16Gi memory in all"]);
  });

  it('frees what is missing where nothing is left at all', () => {
    const pods = [aPod('other', { nodeName: 'n1', cpu: 4 })];
    expect(proposedFor({ cpu: 1 }, { pods })).toEqual(['free 1 cpu']);
    expect(proposedFor({ cpu: 5 }, { pods })).toEqual(['have 5 cpu more on the node']);
  });

  it('names devices by their resource', () => {
    const nodes = [aNode('n1', { allocatable: { 'nvidia.com/gpu': 1 } })];
    const containers = [aContainer({ requests: { 'nvidia.com/gpu': 2 } })];
    expect(proposedFor({ containers }, { nodes })).toEqual(["lower the pod's request from 2 to 1: the node has 1 nvidia.com/gpu in all"]);
  });

  it('takes the name of another node off a pod', () => {
    expect(proposedFor({ nodeName: 'n2' }, { nodes: [aNode('n1'), aNode('n2')] })).toEqual(['take nodeName n2 off the pod']);
    expect(proposedFor({ nodeName: 'n1' }, {})).toEqual([]);
  });

  it('drops a spread over a label that the node lacks', () => {
    expect(proposedFor({ topologySpreadConstraints: [spread] }, {})).toEqual(['drop the spread over zone, a label that the node lacks']);
    expect(proposedFor({ topologySpreadConstraints: [{ ...spread, whenUnsatisfiable: 'ScheduleAnyway' }] }, {})).toEqual([]);
  });

  it('makes room for one more pod', () => {
    const objects = { nodes: [aNode('n1', { pods: 1 })], pods: [aPod('other', { nodeName: 'n1' })] };
    expect(proposedFor({}, objects)).toEqual(['take a pod off the node: it is at its limit of 1 pods']);
  });

  it('frees a host port that another pod holds', () => {
    const pods = [aPod('proxy', { nodeName: 'n1', spec: aPodSpec({ containers: port }) }), aPod('idle', { nodeName: 'n1' })];
    expect(proposedFor({ containers: port }, { pods })).toEqual(['free host port 80/TCP: default/proxy holds it']);
  });

  it('drops an anti-affinity to a pod that is there', () => {
    const podAnti = { required: [aPodAffinityTerm({ app: 'web' }, 'kubernetes.io/hostname')], preferred: [] };
    expect(proposedFor({ affinity: anAffinity({ podAnti }) }, { pods: [webOn('w', 'n1')] })).toEqual([
      'drop the anti-affinity to app=web over kubernetes.io/hostname: default/w is there',
    ]);
  });

  it('moves a pod whose own anti-affinity keeps others away', () => {
    const loner = aPodSpec({
      affinity: anAffinity({ podAnti: { required: [aPodAffinityTerm({ app: 'p' }, 'kubernetes.io/hostname')], preferred: [] } }),
    });
    expect(proposedFor({}, { pods: [aPod('loner', { nodeName: 'n1', spec: loner })] })).toEqual([
      'move default/loner off n1: its anti-affinity over kubernetes.io/hostname keeps this pod away',
    ]);
  });

  it('moves all pods whose own anti-affinity keeps others away, as one change', () => {
    const loner = aPodSpec({
      affinity: anAffinity({ podAnti: { required: [aPodAffinityTerm({ app: 'p' }, 'kubernetes.io/hostname')], preferred: [] } }),
    });
    const pods = ['a', 'b', 'c'].map((name) => aPod(name, { nodeName: 'n1', spec: loner }));
    expect(proposedFor({}, { pods })).toEqual([
      'move 3 pods off, such as default/a: their anti-affinity over kubernetes.io/hostname keeps this pod away',
    ]);
  });

  it('drops an affinity to a pod that is elsewhere', () => {
    const pod = { required: [aPodAffinityTerm({ app: 'web' }, 'zone')], preferred: [] };
    expect(proposedFor({ affinity: anAffinity({ pod }) }, { nodes: zoned, pods: [webOn('w', 'n2')] })).toEqual([
      'drop the affinity to app=web over zone: no such pod is there',
    ]);
  });

  it('raises maxSkew just as far as it takes', () => {
    const pods = [webOn('w1', 'n1'), webOn('w2', 'n1'), webOn('w3', 'n1')];
    const objects = { nodes: zoned, pods: [...pods, webOn('w4', 'n2')] };
    expect(proposedFor({ topologySpreadConstraints: [spread] }, objects)).toEqual(['raise maxSkew over zone from 1 to 2']);
    expect(proposedFor({ topologySpreadConstraints: [{ ...spread, maxSkew: 2 }] }, objects)).toEqual([]);
  });

  it('combines what several plugins want', () => {
    const objects = { nodes: [{ ...cordoned, taints: [UNSCHEDULABLE, { key: 'gpu', value: '', effect: 'NoExecute' as const }] }] };
    expect(proposedFor({ cpu: 5, nodeSelector: { disk: 'ssd' } }, objects)).toEqual([
      'uncordon the node',
      'tolerate taint gpu:NoExecute',
      'label the node with disk=ssd',
      "lower the pod's request from 5 to 4: the node has 4 cpu in all",
    ]);
  });

  it('lists nodes with the fewest changes first, those without a known way last, and leaves the trial as it was', () => {
    const nodes = [
      { ...tainted('a'), unschedulable: true },
      { ...aNode('n2'), unschedulable: true },
    ];
    const trial = new Trial(clusterOf({ ...NO_OBJECTS, nodes, pods: [aPod('p')] }), 'default/p', '1.34');
    const before = trial.refusals('n1');
    expect(findRemedies(trial, ['n1', 'n2']).map(({ node, changes }) => [node, changes.length])).toEqual([
      ['n2', 1],
      ['n1', 2],
    ]);
    expect(trial.refusals('n1')).toEqual(before);
  });

  it('proposes nothing for a claim that does not exist', () => {
    const volume = { name: 'data', source: 'persistentVolumeClaim', claimName: 'gone', readOnly: false, medium: undefined, fields: {} };
    expect(proposedFor({ volumes: [volume] }, {})).toEqual([]);
  });
});
