import { describe, expect, it } from 'vitest';
import type { StorageClass } from '../../src/cluster/Storage.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { aControlPlane } from '../support/controlPlane.ts';

const slow: StorageClass = {
  name: 'slow',
  provisioner: 'x',
  volumeBindingMode: 'WaitForFirstConsumer',
  isDefault: true,
  allowedTopologies: [],
};
const volume = (name: string, spec: object) => ({
  name,
  source: 'ephemeral',
  claimName: undefined,
  readOnly: false,
  medium: undefined,
  fields: { volumeClaimTemplate: { spec } },
});
const spec = aPodSpec({ volumes: [volume('scratch', { storageClassName: 'fast' }), volume('cache', {})] });

describe('EphemeralVolumes', () => {
  it('makes the claims of a pod in the class asked for or the default one, and removes them with it', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { spec })], storageClasses: [slow] });
    plane.at(100, () => deletePod(plane.cluster, plane.pod('a'), { now: plane.sim.now, cause: 'Delete' }));
    plane.until(109);
    expect([...plane.cluster.storage.claims].map(([key, { storageClassName }]) => [key, storageClassName])).toEqual([
      ['default/a-scratch', 'fast'],
      ['default/a-cache', 'slow'],
    ]);
    plane.until(110);
    expect(plane.cluster.storage.claims.size).toBe(0);
  });
});
