import { describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/Cluster.ts';
import type { NodeInfo } from '../../src/scheduler/NodeInfo.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { nodeInfo } from '../support/nodeInfo.ts';

const GI = 1024 ** 3;

describe('NodeInfo', () => {
  it('sums up what its pods request, and as before once they are gone', () => {
    const { info, cluster } = anInfo(2);
    const empty = sumsOf(info);
    const pods = [aPodSpec({ cpu: 1, memory: 2 }), aPodSpec()].map((spec, i) => cluster.addPod(aPod(`p${i}`, { spec })));
    for (const pod of pods) info.addPod(pod);
    expect(sumsOf(info)).toEqual({
      requested: [1000, 2 * GI, 0],
      scoring: [1100, 2 * GI + 200 * 1024 ** 2],
      free: 0,
      allocatable: [4000, 16 * GI],
    });
    for (const pod of pods) info.removePod(pod);
    expect(sumsOf(info)).toEqual(empty);
  });

  it('has fewer free pods than none when it shrinks below those that it has', () => {
    const { info, cluster, node } = anInfo(2);
    for (const name of ['a', 'b']) info.addPod(cluster.addPod(aPod(name)));
    cluster.updateNode(node, { allocatable: { cpu: 1000, pods: 1 } });
    info.resize();
    expect(sumsOf(info)).toMatchObject({ free: -1, allocatable: [1000, 0] });
    expect(info.copy().freePods).toBe(-1);
  });
});

function anInfo(pods: number) {
  const cluster = new Cluster();
  const node = cluster.addNode(aNode('n', { pods }));
  return { cluster, node, info: nodeInfo(node, cluster) };
}

function sumsOf(info: NodeInfo) {
  return {
    requested: [info.requestedMilliCpu, info.requestedMemory, info.requestedEphemeralStorage],
    scoring: [info.scoringMilliCpu, info.scoringMemory],
    free: info.freePods,
    allocatable: [info.allocatableMilliCpu, info.allocatableMemory],
  };
}
