import { describe, expect, it } from 'vitest';
import { type Workload, workloadKey } from '../../src/cluster/Workload.ts';
import { run } from '../../src/run/run.ts';
import type { Disturbance } from '../../src/scenario/Scenario.ts';
import { instant, minutes } from '../../src/units.ts';
import { aDeployment, aNode, aStatefulSet } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

/** Moves of the one workload of a roll of `rolled` out of four nodes that are named by a label too. */
function moves(workload: Workload, rolled: readonly string[], disturbances: readonly Disturbance[]) {
  const nodes = ['a', 'b', 'c', 'd'].map((home) => aNode(home, { cpu: 16, labels: { home }, poolLabels: { home } }));
  const scenario = aScenario({ cluster: { nodes, workloads: [workload] }, roll: { nodes: rolled }, disturbances });
  const [outcome] = run(scenario, '1', 'figures').workloads;
  return { moves: outcome?.moves, wastedMoves: outcome?.wastedMoves, surplus: outcome?.surplus };
}

const scaled = (workload: Workload, replicas: number, at = minutes(1)): Disturbance => ({
  at: instant(at),
  kind: 'scale',
  workload: workloadKey(workload),
  replicas,
});

const onA = { cpu: 1, nodeSelector: { home: 'a' } };

describe('moves', () => {
  it.each([
    ['Deployment', aDeployment('web', 6, onA)],
    ['StatefulSet', aStatefulSet('web', 6, onA)],
    ['parallel StatefulSet', { ...aStatefulSet('web', 6, onA), podManagementPolicy: 'Parallel' as const }],
  ])('do not include pods that a smaller %s no longer wants', (_kind, workload) => {
    expect(moves(workload, ['b'], [scaled(workload, 2)])).toEqual({ moves: 0, wastedMoves: 0, surplus: 4 });
    expect(moves(workload, ['a'], [scaled(workload, 2, minutes(20))]).moves).toBe(6);
  });

  it('are still those of the pods that stay', () => {
    const workload = aStatefulSet('web', 4, onA);
    expect(moves(workload, ['b', 'a'], [scaled(workload, 2)]).moves).toBe(2);
  });

  it('are wasted only by pods that came in the place of others', () => {
    // One pod on each node: that of a moves before the others.
    const all = ['a', 'b', 'c', 'd'];
    expect(moves(aDeployment('web', 4, { cpu: 1 }), all, []).wastedMoves).toBeGreaterThan(0);
    const alone = aDeployment('web', 1, onA);
    expect(moves(alone, all, [])).toEqual({ moves: 1, wastedMoves: 0, surplus: 0 });
    expect(moves(alone, ['b', 'a'], [scaled(alone, 4)])).toEqual({ moves: 4, wastedMoves: 0, surplus: 0 });
  });

  it('are those of pods too whose Node object is gone', () => {
    const workload = aDeployment('web', 4, onA);
    const deletion: Disturbance = { at: instant(minutes(1)), kind: 'deleteNode', node: 'a' };
    expect([moves(workload, ['b'], []).moves, moves(workload, ['b'], [deletion]).moves]).toEqual([0, 4]);
  });
});
