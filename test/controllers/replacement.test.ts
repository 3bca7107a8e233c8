import { describe, expect, it } from 'vitest';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { toSeconds } from '../../src/units.ts';
import { aDeployment, aNode, aStatefulSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name));

describe('moving a single replica', () => {
  it('leaves a Deployment out for the start of the replacement only', () => {
    expect(downtime(aControlPlane({ nodes, workloads: [aDeployment('web', 1)] }), 1)).toBe(25);
  });

  it('leaves a StatefulSet out for the exit and the start', () => {
    expect(downtime(aControlPlane({ nodes, workloads: [aStatefulSet('web', 1)] }), 1)).toBe(35);
  });

  it('adds up over moves: 25 s each for a Deployment', () => {
    expect(downtime(aControlPlane({ nodes, workloads: [aDeployment('web', 1)] }), 4)).toBe(100);
  });

  it('adds up over moves: 35 s each for a StatefulSet', () => {
    expect(downtime(aControlPlane({ nodes, workloads: [aStatefulSet('web', 1)] }), 4)).toBe(140);
  });
});

/** Seconds without a serving pod after the first start, with the pod deleted `moves` times, a hundred seconds apart. */
function downtime(plane: ControlPlane, moves: number): number {
  let down = 0;
  let downSince = 25_000;
  let isUp = false;
  plane.cluster.subscribe(() => {
    const serves = [...plane.cluster.pods.values()].some((pod) => pod.isServing);
    if (serves === isUp) return;
    if (serves) down += plane.sim.now - downSince;
    else downSince = plane.sim.now;
    isUp = serves;
  });
  for (let move = 1; move <= moves; move += 1) plane.at(100 * move, () => deleteServing(plane));
  plane.until(100 * (moves + 1));
  return down / 1000;
}

function deleteServing({ cluster, sim }: ControlPlane): void {
  const serving = [...cluster.pods.values()].filter((pod) => pod.isServing);
  expect(serving.map(({ readySince }) => toSeconds(readySince) < toSeconds(sim.now))).toEqual([true]);
  for (const pod of serving) deletePod(cluster, pod, { now: sim.now, cause: 'EvictionByEvictionAPI' });
}
