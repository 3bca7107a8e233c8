import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/cluster/Cluster.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Node } from '../../../src/cluster/Node.ts';
import type { PodSpec } from '../../../src/cluster/PodSpec.ts';
import { FigureProbes } from '../../../src/run/probes/FigureProbes.ts';
import { type HeadroomOptions, HeadroomProbe } from '../../../src/run/probes/HeadroomProbe.ts';
import { PendingProbe } from '../../../src/run/probes/PendingProbe.ts';
import { WorkloadProbe } from '../../../src/run/probes/WorkloadProbe.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { StepFunction } from '../../../src/stats/StepFunction.ts';
import { instant, START } from '../../../src/units.ts';
import { aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

const whats = ['add', 'bind', 'finish', 'succeed', 'remove', 'respec', 'cordon', 'uncordon', 'removeNode', 'addNode'] as const;
const deeds = fc.array(fc.record({ what: fc.constantFrom(...whats), whom: fc.nat(9) }), { minLength: 1, maxLength: 60 });

describe('HeadroomProbe', () => {
  it('shows what adding up all pods of the nodes that take pods would show', () => {
    fc.assert(fc.property(deeds, checkShares), { numRuns: 200 });
  });

  it('knows the least share that lasted, whether it keeps the others or not', () => {
    fc.assert(fc.property(deeds, checkLeast), { numRuns: 200 });
  });
});

type Deeds = readonly { what: (typeof whats)[number]; whom: number }[];

function watched(keeps: HeadroomOptions['keeps']) {
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n0'), aNode('n1'), aNode('n2')] });
  const sim = new Simulation('1');
  const requestsOf = ({ containers }: PodSpec) => ({ milliCpu: containers[0]?.requests['cpu'] ?? 0, memory: 0 });
  const requestedOn = ({ pods }: Node) => ({
    milliCpu: [...pods].reduce((sum, { spec }) => sum + requestsOf(spec).milliCpu, 0),
    memory: 0,
  });
  const probe = new HeadroomProbe({ sim, cluster, requestsOf, requestedOn, keeps });
  const others = { workloads: new WorkloadProbe(sim, cluster), pending: new PendingProbe(sim, cluster) };
  cluster.subscribe(new FigureProbes({ ...others, headroom: probe }, new Set()));
  return { cluster, sim, probe };
}

/** Two deeds a millisecond. */
function checkLeast(list: Deeds): void {
  const least = (['series', 'least'] as const).map((keeps) => {
    const { cluster, sim, probe } = watched(keeps);
    for (const [step, deed] of list.entries()) {
      const fire = () => act(cluster, deed, step);
      sim.schedule({ kind: 'deed', entity: String(step), fire }, instant(Math.ceil(step / 2)), 'Change');
    }
    sim.run(instant(list.length));
    expect(sim.now).toBe(Math.ceil((list.length - 1) / 2));
    const lowest = probe.least('cpu', sim.now);
    const { value, at } = new StepFunction(probe.series('cpu')).minimum(START, sim.now);
    if (keeps === 'series') expect(lowest).toEqual({ min: value, at });
    return lowest;
  });
  expect(least[0]).toEqual(least[1]);
}

function checkShares(list: Deeds): void {
  const { cluster, sim, probe } = watched('least');
  for (const [step, deed] of list.entries()) {
    act(cluster, deed, step);
    sim.run(START);
    expect(probe.share('cpu')).toBe(freeShare(cluster));
  }
}

function freeShare(cluster: Cluster): number {
  const open = [...cluster.nodes.values()].filter(({ unschedulable }) => !unschedulable);
  const requested = open.flatMap(({ pods }) => [...pods]).reduce((sum, { spec }) => sum + (spec.containers[0]?.requests['cpu'] ?? 0), 0);
  const allocatable = open.length * 4000;
  return allocatable > 0 ? (allocatable - requested) / allocatable : 0;
}

function act(cluster: Cluster, { what, whom }: { what: (typeof whats)[number]; whom: number }, step: number): void {
  const pods = [...cluster.pods.values()];
  const pod = pods[whom % pods.length];
  const name = `n${whom % 3}`;
  const node = cluster.nodes.get(name);
  if (what === 'add') cluster.addPod(aPod(`p${step}`, { cpu: 0.1 * (1 + whom) }));
  else if (what === 'addNode' && !node) cluster.addNode(aNode(name));
  else if (what === 'removeNode' && node) cluster.removeNode(node);
  else if (what === 'cordon' && node) cluster.cordon(node);
  else if (what === 'uncordon' && node) cluster.uncordon(node);
  else if (what === 'bind' && node && pod?.nodeName === undefined && pod?.phase === 'Pending') cluster.bindPod(pod, node, START);
  else if (what === 'finish' && pod) cluster.setPodPhase(pod, 'Failed');
  else if (what === 'succeed' && pod) cluster.setPodPhase(pod, 'Succeeded');
  else if (what === 'respec' && pod) cluster.updatePod(pod, { spec: aPodSpec({ cpu: 0.3 }) });
  else if (what === 'remove' && pod) cluster.removePod(pod);
}
