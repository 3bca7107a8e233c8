import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import { NodeTree } from '../../../src/scheduler/NodeTree.ts';
import { nodesToFind } from '../../../src/scheduler/nodesToFind.ts';
import { SchedulerState } from '../../../src/scheduler/SchedulerState.ts';
import { scheduleOne } from '../../../src/scheduler/scheduleOne.ts';
import { aNode, aPod } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import type { Run } from './Vector.ts';

const ZONE = 'topology.kubernetes.io/zone';

interface OrderInputs {
  readonly nodesInAddOrder?: readonly { readonly name: string; readonly zone: string }[];
  /** Such as `add a1 zone z1`, `relabel a1 to zone z2`, `delete a1`. */
  readonly steps?: readonly string[];
}

interface RotationInputs {
  readonly numNodes: number;
  readonly cycles?: number;
  readonly startIndex: number;
  readonly infeasibleWhen?: string;
  readonly feasible?: number;
}

/** Which nodes are tried, and in which order. */
export const nodes: Readonly<Record<string, Run>> = {
  numFeasibleNodesToFind: ({ numAllNodes, percentageOfNodesToScore }: { numAllNodes: number; percentageOfNodesToScore: number }) => ({
    numNodes: nodesToFind(numAllNodes, percentageOfNodesToScore),
  }),

  snapshotOrder({ nodesInAddOrder = [], steps = [] }: OrderInputs) {
    const tree = new NodeTree();
    for (const { name, zone } of nodesInAddOrder) tree.put(name, zone === '' ? {} : { [ZONE]: zone });
    for (const step of steps) {
      const [verb, name = '', ...rest] = step.split(' ');
      if (verb === 'delete') tree.remove(name);
      else tree.put(name, { [ZONE]: rest.at(-1) ?? '' });
    }
    return { order: tree.list() };
  },

  startIndexRotation({ numNodes, cycles = 1, startIndex, infeasibleWhen, feasible }: RotationInputs) {
    const isCordoned = (index: number) => feasible === 0 || (infeasibleWhen === 'index % 3 == 0' && index % 3 === 0);
    const given = Array.from({ length: numNodes }, (_, i) => aNode(`n${String(i).padStart(3, '0')}`, { unschedulable: isCordoned(i) }));
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: given });
    const state = new SchedulerState(cluster, { version: '1.34' });
    state.nextStartIndex = startIndex;
    const pod = cluster.addPod(aPod('pending'));
    const runs = Array.from({ length: cycles }, () => ({ decision: scheduleOne(state, pod), next: state.nextStartIndex }));
    const first = runs[0]?.decision;
    return {
      numNodesToFind: nodesToFind(numNodes, 0),
      startIndexAfterEachCycle: runs.map(({ next }) => next),
      nextStartIndex: runs[0]?.next,
      ...(first?.kind === 'bound' ? { feasible: first.feasible.length, rejectedRecorded: first.refusals.size } : {}),
    };
  },
};
