import { describe, expect, it } from 'vitest';
import { figuresOfRun } from '../../src/experiments/rollFigures.ts';
import { run } from '../../src/run/run.ts';
import { instant } from '../../src/units.ts';
import { aDaemonSet, aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

describe('figuresOfRun', () => {
  it('takes a node that was deleted for one that failed, as a recording does', () => {
    const cluster = { nodes: [aNode('n1'), aNode('n2')] };
    const disturbances = [{ at: instant(1000), kind: 'deleteNode', node: 'n1' } as const];
    const result = run(aScenario({ cluster, disturbances, roll: { nodes: ['n1', 'n2'] } }), '1');
    expect(result.roll.nodes.map(({ outcome }) => outcome)).toEqual(['deleted', 'inService']);
    const outcomes = figuresOfRun(result).filter(({ what }) => what === 'outcome');
    expect(outcomes.map(({ object, value }) => [object, value])).toEqual([
      ['Node/n1', 'failed'],
      ['Node/n2', 'inService'],
    ]);
  });

  it('counts no moves of a DaemonSet, as a recording does, though its pods are made anew', () => {
    const cluster = { nodes: [aNode('n1'), aNode('n2')], workloads: [aDaemonSet('agent')] };
    const result = run(aScenario({ cluster, roll: { nodes: ['n1'], nodeObject: 'recreated' } }), '1');
    expect(result.workloads.map(({ moves }) => moves)).toEqual([1]);
    expect(figuresOfRun(result).find(({ what }) => what === 'moves')?.value).toBe(0);
  });
});
