import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/cluster/Cluster.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import { UNSCHEDULABLE } from '../../../src/cluster/Taint.ts';
import { findRemedies } from '../../../src/run/remedies/findRemedies.ts';
import { Trial } from '../../../src/run/remedies/Trial.ts';
import { explainDecision } from '../../../src/scheduler/explainDecision.ts';
import { SchedulerState } from '../../../src/scheduler/SchedulerState.ts';
import { aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import { anAffinity, aPodAffinityTerm, aSpreadConstraint } from '../../support/placement.ts';

const app = fc.constantFrom('web', 'db');
const nodes = fc.array(
  fc.record({
    cpu: fc.integer({ min: 1, max: 4 }),
    zone: fc.constantFrom('a', 'b'),
    disk: fc.constantFrom('ssd', 'hdd'),
    isTainted: fc.boolean(),
    isCordoned: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);
const pods = fc.array(fc.record({ app, cpu: fc.integer({ min: 1, max: 20 }), at: fc.nat(4), isAlone: fc.boolean() }), { maxLength: 8 });
const wishes = fc.record({ app, cpu: fc.integer({ min: 1, max: 50 }), ssd: fc.boolean(), isAlone: fc.boolean(), isSpread: fc.boolean() });

interface Wish {
  readonly app: string;
  readonly cpu: number;
  readonly ssd?: boolean;
  readonly isAlone: boolean;
  readonly isSpread?: boolean;
}

function specOf({ app: name, cpu, ssd = false, isAlone, isSpread = false }: Wish) {
  return aPodSpec({
    cpu: cpu / 10,
    nodeSelector: ssd ? { disk: 'ssd' } : {},
    affinity: anAffinity({ podAnti: { required: isAlone ? [aPodAffinityTerm({ app: name }, 'zone')] : [] } }),
    topologySpreadConstraints: isSpread ? [aSpreadConstraint({ app: name })] : [],
  });
}

const worlds = fc.record({ nodes, pods, wish: wishes }).map((given) => {
  const described = given.nodes.map(({ cpu, zone, disk, isTainted, isCordoned }, index) =>
    aNode(`n${index}`, {
      cpu,
      labels: { zone, disk },
      unschedulable: isCordoned,
      taints: [
        ...(isCordoned ? [UNSCHEDULABLE] : []),
        ...(isTainted ? [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' as const }] : []),
      ],
    }),
  );
  const placed = given.pods.map(({ at, ...wish }, index) =>
    aPod(`p${index}`, { spec: specOf(wish), labels: { app: wish.app }, nodeName: `n${at % described.length}` }),
  );
  const pending = aPod('pending', { spec: specOf(given.wish), labels: { app: given.wish.app } });
  return clusterOf({ ...NO_OBJECTS, nodes: described, pods: [...placed, pending] });
});

function pendingIn(cluster: Cluster): Pod {
  const pod = cluster.pods.get('default/pending');
  if (!pod) throw new Error('the pod is missing');
  return pod;
}

const explained = (cluster: Cluster) => explainDecision(new SchedulerState(cluster, { version: '1.34' }), pendingIn(cluster));

describe('findRemedies', () => {
  it('tries on a copy that says of every node what the cluster itself says', () => {
    fc.assert(
      fc.property(worlds, (cluster) => {
        const trial = new Trial(cluster, 'default/pending', '1.34');
        for (const { node, refusals } of explained(cluster).nodes) expect(trial.refusals(node)).toEqual(refusals);
      }),
      { numRuns: 200 },
    );
  });

  it('knows a way onto every node, changes nothing where the pod fits, and leaves cluster and trial as they were', () => {
    fc.assert(
      fc.property(worlds, (cluster) => {
        const before = explained(cluster);
        const trial = new Trial(cluster, 'default/pending', '1.34');
        for (const { node, changes } of findRemedies(trial, [...cluster.nodes.keys()])) {
          const fits = before.nodes.some((one) => one.node === node && one.refusals.length === 0);
          expect(changes.length === 0).toBe(fits);
        }
        expect(explained(cluster)).toEqual(before);
        expect(explained(trial.cluster)).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});
