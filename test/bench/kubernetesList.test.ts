import { describe, expect, it } from 'vitest';
import { wire } from '../../src/run/wire.ts';
import { readObjects } from '../../src/scenario/kubernetes/readObjects.ts';
import { START } from '../../src/units.ts';
import { aScenario } from '../support/scenarios.ts';
import { kubernetesList } from './kubernetesList.ts';
import { settledW } from './rollW.ts';
import { workloadW } from './workloadW.ts';

const nowhere = () => ({ file: 'w.json', line: 1, column: 1 });

describe('kubernetesList', () => {
  it('writes W so that it is read back without a fault, every pod on its node', () => {
    const written = settledW(12, 'ds');
    const { objects, faults } = reread(written);
    expect(faults).toEqual([]);
    expect([objects.nodes.length, objects.workloads.length, objects.budgets.length, objects.services.length]).toEqual([12, 7, 7, 7]);
    expect(placesOf(objects.pods)).toEqual(placesOf(written.pods));
    expect(objects.pods.map(({ spec }) => spec.containers[0]?.requests)).toEqual(
      written.pods.map(({ spec }) => spec.containers[0]?.requests),
    );
  });

  it('keeps every constraint: the cluster read back places its pods as W does', () => {
    const { objects } = reread({ ...workloadW(12, 'ds'), pods: [] });
    const world = wire(aScenario({ cluster: objects }), '1');
    world.sim.run(START);
    expect(placesOf([...world.cluster.pods.values()])).toEqual(placesOf(settledW(12, 'ds').pods));
  });
});

function reread(cluster: Parameters<typeof kubernetesList>[0]) {
  const value: unknown = JSON.parse(kubernetesList(cluster));
  return readObjects([{ value, locate: nowhere }], { start: 0, kubernetesVersion: '1.34' });
}

function placesOf(pods: readonly { readonly name: string; readonly nodeName: string | undefined }[]): string[] {
  return pods.map(({ name, nodeName }) => `${name} on ${nodeName}`).sort();
}
