import { Cluster } from '../../src/cluster/Cluster.ts';
import type { Node } from '../../src/cluster/Node.ts';
import { NodeInfo } from '../../src/scheduler/NodeInfo.ts';
import { NodeLoads } from '../../src/scheduler/NodeLoads.ts';
import { PodDemands } from '../../src/scheduler/PodDemands.ts';

/** What the scheduler knows of `node` before it counts any of the pods of `cluster` there. */
export function nodeInfo(node: Node, { pods }: Cluster = new Cluster()): NodeInfo {
  const demands = new PodDemands('1.34');
  return new NodeInfo(node, { demands, pods, loads: new NodeLoads(demands, 1) });
}
