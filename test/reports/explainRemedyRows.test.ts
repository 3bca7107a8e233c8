import { describe, expect, it } from 'vitest';
import { remedySections } from '../../src/reports/explainRemedyRows.ts';

const free = (node: string, amount = '1') => ({ node, changes: [{ kind: 'free', text: `free ${amount} cpu` }] });
const uncordon = (node: string) => ({ node, changes: [{ kind: 'uncordon', text: 'uncordon the node' }] });
const cellsOf = (remedies: Parameters<typeof remedySections>[0]['remedies'], remediesLeftOut = 0) =>
  remedySections({ remedies, remediesLeftOut })[0]?.table?.rows.map(({ cells }) => cells);

describe('remedySections', () => {
  it('lets nodes that want the same share a row, a few of them by name', () => {
    const many = ['b', 'c', 'd', 'e', 'f'].map((node) => free(node));
    expect(cellsOf([free('a'), uncordon('z'), ...many])).toEqual([
      ['free 1 cpu', 'a, b, c, d and 2 more'],
      ['uncordon the node', 'z'],
    ]);
  });

  it('shows some of every kind of change where each node wants an amount of its own', () => {
    const many = Array.from({ length: 12 }, (_, index) => free(`n${index}`, String(index + 1)));
    expect(cellsOf([...many, uncordon('z')])).toEqual([
      ['free 1 cpu', 'n0'],
      ['free 2 cpu', 'n1'],
      ['free 3 cpu', 'n2'],
      ['uncordon the node', 'z'],
    ]);
  });

  it('joins changes that are needed together', () => {
    expect(cellsOf([{ node: 'a', changes: [...uncordon('a').changes, ...free('a').changes] }])).toEqual([
      ['uncordon the node, and free 1 cpu', 'a'],
    ]);
  });

  it('says for how many nodes no way is known, and how many were not looked at', () => {
    const [section] = remedySections({ remedies: [free('a'), { node: 'b', changes: [] }], remediesLeftOut: 7 });
    expect(section?.note).toBe('No way is known for 1 node. 7 nodes that refused the pod for the same reasons were not looked at.');
    expect(remedySections({ remedies: [{ node: 'b', changes: [] }], remediesLeftOut: 0 })).toEqual([
      { title: 'What would make it fit', lead: 'No change is known for any of 1 node.' },
    ]);
  });

  it('says nothing when every node could take the pod', () => {
    expect(remedySections({ remedies: [], remediesLeftOut: 0 })).toEqual([]);
  });
});
