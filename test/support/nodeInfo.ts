import { Cluster } from '../../src/cluster/Cluster.ts';
import type { Node } from '../../src/cluster/Node.ts';
import { NodeInfo } from '../../src/scheduler/NodeInfo.ts';
import { PodDemands } from '../../src/scheduler/PodDemands.ts';
import { SumRows } from '../../src/scheduler/SumRows.ts';

/** What the scheduler knows of `node` before it counts any of the pods of `cluster` there. */
export function nodeInfo(node: Node, { pods }: Cluster = new Cluster()): NodeInfo {
  return new NodeInfo(node, { demands: new PodDemands('1.34'), pods, sums: new SumRows(1) });
}
