import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import type { ClusterOptions } from '../../src/cluster/ClusterOptions.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { CordonTainting } from '../../src/controllers/CordonTainting.ts';
import { DaemonSetController } from '../../src/controllers/DaemonSetController.ts';
import { DisruptionController } from '../../src/controllers/DisruptionController.ts';
import type { Latency } from '../../src/controllers/Latency.ts';
import { ReplicaSetController } from '../../src/controllers/ReplicaSetController.ts';
import { StatefulSetController } from '../../src/controllers/StatefulSetController.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { instant, milliseconds, START, ZERO } from '../../src/units.ts';
import { aBudget, aDaemonSet, aNode, aPod, aReplicaSet, aStatefulSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const LATENCIES = { deployment: 1, replicaSet: 20, statefulSet: 30, daemonSet: 40, budgetStatus: 50, cordonTaint: 60, uncordonTaint: 70 };

/** A settled cluster whose controllers then take their time, and the instants at which something of interest happens. */
function world(objects: Partial<ClusterObjects>, options: ClusterOptions = {}) {
  const sim = new Simulation('1');
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], ...objects }, options);
  const latency: Latency = (reaction) => (sim.now === START ? ZERO : milliseconds(LATENCIES[reaction]));
  const kinds = [ReplicaSetController, StatefulSetController, DaemonSetController, DisruptionController, CordonTainting];
  for (const Controller of kinds) {
    const controller = new Controller({ sim, cluster, latency });
    cluster.subscribe(controller);
  }
  sim.run(START);
  return { sim, cluster };
}

/** Does `act` at 1 s. @returns when pods were added and budgets or nodes written, in milliseconds after it. */
function answersTo({ sim, cluster }: { sim: Simulation; cluster: Cluster }, act: () => void): [string, number][] {
  const answers: [string, number][] = [];
  const at = instant(1000);
  sim.schedule({ kind: 'act', entity: '', fire: act }, at, 'Change');
  cluster.subscribe(({ kind }) => {
    if (['podAdded', 'budgetStatusChanged', 'nodeUpdated'].includes(kind)) answers.push([kind, sim.now - at]);
  });
  sim.run(instant(2000));
  return answers;
}

describe('a latency', () => {
  it.each([
    ['ReplicaSet', aReplicaSet('web', 1), 20],
    ['StatefulSet', aStatefulSet('web', 1), 30],
    ['DaemonSet', aDaemonSet('web'), 40],
  ] as const)('passes before a %s replaces a pod', (_, workload, expected) => {
    const made = world({ workloads: [workload] });
    const [pod] = made.cluster.pods.values();
    if (!pod) throw new Error('no pod was made');
    expect(answersTo(made, () => made.cluster.removePod(pod))).toEqual([['podAdded', expected]]);
  });

  it('passes before the status of a budget follows its pods', () => {
    const made = world({ pods: [aPod('web', { nodeName: 'n1' })], budgets: [aBudget('web', { minAvailable: 1 })] });
    const [pod] = made.cluster.pods.values();
    if (!pod) throw new Error('no pod was made');
    expect(answersTo(made, () => made.cluster.markPodUnready(pod, made.sim.now))).toEqual([['budgetStatusChanged', 50]]);
  });

  it('passes before a cordoned node has its taint, and before it has lost it', () => {
    const made = world({}, { cordonTaint: 'later' });
    const [node] = made.cluster.nodes.values();
    if (!node) throw new Error('no node was made');
    expect(answersTo(made, () => made.cluster.cordon(node))).toEqual([
      ['nodeUpdated', 0],
      ['nodeUpdated', 60],
    ]);
    expect(node.taints.map(({ key }) => key)).toEqual(['node.kubernetes.io/unschedulable']);
    made.cluster.uncordon(node);
    made.sim.run(instant(3000));
    expect(node.taints).toEqual([]);
  });
});
