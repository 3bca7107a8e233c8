import type { Labels } from '../../../src/cluster/LabelSelector.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import { bestCandidates, candidatesWanted } from '../../../src/scheduler/plugins/preemptionCandidates.ts';
import { splitByBudgets } from '../../../src/scheduler/plugins/splitByBudgets.ts';
import { scheduleOne } from '../../../src/scheduler/scheduleOne.ts';
import { instant } from '../../../src/units.ts';
import { aBudget, aNode, aPod, aPodSpec, podOutside, selecting } from '../../support/builders.ts';
import type { Run } from './Vector.ts';
import { World } from './World.ts';

interface GivenNode {
  readonly pdbViolations?: number;
  readonly victimPriorities?: readonly number[];
  readonly victims?: readonly { readonly priority: number; readonly start: number }[];
}

interface VictimInputs {
  readonly allocatableMilliCPU: number;
  readonly preemptor: { readonly priority: number; readonly milliCPU: number };
  readonly pods: readonly { readonly name: string; readonly priority: number; readonly milliCPU: number; readonly start: number }[];
}

/** Who has to go for a pod of higher priority, and where. */
export const preemption: Readonly<Record<string, Run>> = {
  preemptionCandidates: ({ potentialNodes }: { potentialNodes: number[] }) => ({ numCandidates: potentialNodes.map(candidatesWanted) }),

  pickOneNode({ nodes }: { nodes: Record<string, GivenNode> }) {
    const candidates = Object.entries(nodes).map(([node, { pdbViolations = 0, victimPriorities = [], victims }]) => ({
      node,
      violations: pdbViolations,
      victims: (victims ?? victimPriorities.map((priority) => ({ priority, start: 0 }))).map(({ priority, start }, i) =>
        victim(`${node}-${i}`, priority, start),
      ),
    }));
    const [best, ...others] = bestCandidates(candidates);
    return { node: others.length === 0 ? best?.node : 'several' };
  },

  victimSelection({ allocatableMilliCPU, preemptor, pods }: VictimInputs, version) {
    const spec = aPodSpec({ cpu: preemptor.milliCPU / 1000, priority: preemptor.priority });
    const placed = pods.map(({ name, priority, milliCPU, start }) =>
      aPod(name, { nodeName: 'n', createdAt: instant(start * 1000), spec: aPodSpec({ cpu: milliCPU / 1000, priority }) }),
    );
    const world = new World({ nodes: [aNode('n', { cpu: allocatableMilliCPU / 1000 })], pods: placed }, { spec }, version);
    const decision = scheduleOne(world.state, world.pod);
    return { victims: decision.kind === 'unschedulable' ? decision.victims.map(({ name }) => name) : [] };
  },

  pdbGrouping(
    { pdb, matchingPodsInImportanceOrder: names }: { pdb: { disruptionsAllowed: number }; matchingPodsInImportanceOrder: string[] },
    version,
  ) {
    const { violating, sparing } = split(names, { labels: { app: 'web' }, allowed: pdb.disruptionsAllowed, version });
    return { nonViolating: sparing, violating };
  },

  /** A budget that selects nothing charges nothing, even with no disruption left. */
  pdbSelector({ pdbSelector, podLabels }: { pdbSelector: Labels; podLabels: Labels }, version) {
    const { violating } = split(['x'], { labels: podLabels, allowed: 0, version, selector: pdbSelector });
    return { matches: violating.length > 0 };
  },
};

interface Split {
  readonly labels: Labels;
  readonly allowed: number;
  readonly version: Parameters<Run>[1];
  readonly selector?: Labels;
}

function split(names: readonly string[], { labels, allowed, version, selector = { app: 'web' } }: Split) {
  const status = { ...NO_STATUS, disruptionsAllowed: allowed };
  const budget = aBudget('web', { selector: selecting(selector), status });
  const world = new World({ budgets: [budget], pods: names.map((name) => aPod(name, { labels })) }, {}, version);
  const pods = names.flatMap((name) => world.cluster.pods.get(`default/${name}`) ?? []);
  const { violating, sparing } = splitByBudgets(world.cluster, pods);
  return { violating: violating.map(({ name }) => name), sparing: sparing.map(({ name }) => name) };
}

const NO_STATUS = {
  observedGeneration: 1,
  expectedPods: 3,
  desiredHealthy: 0,
  currentHealthy: 3,
  disruptionsAllowed: 0,
  disruptedPods: new Map(),
  condition: undefined,
};

function victim(name: string, priority: number, start: number): Pod {
  return podOutside(aPod(name, { nodeName: 'n', createdAt: instant(start * 1000), spec: aPodSpec({ priority }) }));
}
