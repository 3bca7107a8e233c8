import { describe, expect, it } from 'vitest';
import { explainWorkloadSections } from '../../src/reports/explainWorkloadRows.ts';

const workload = { kind: 'Deployment', namespace: 'default', name: 'web', desired: 2, minReady: 2, moves: 0, wastedMoves: 0 };
const unhurt = { ...workload, outageSeconds: 0, degradedSeconds: 0, belowFloorSeconds: 0, outages: [], lostData: [] };

describe('explainWorkloadSections', () => {
  it.each([
    [{ refusals: 0, blockedSeconds: 0, stuck: false }, 'nobody'],
    [{ refusals: 3, blockedSeconds: 0, stuck: false }, 'for a while'],
    [{ refusals: 3, blockedSeconds: 900, stuck: true }, 'for ever'],
  ])('says of a budget with %o that it blocks %s', (held, blocks) => {
    const sections = explainWorkloadSections({
      schemaVersion: 1,
      rollcast: '0.1.0',
      scenario: 'shop',
      seed: '1',
      kind: 'workload',
      workload: unhurt,
      budgets: [{ budget: 'default/web', ...held }],
      pods: [],
    });
    const rows = sections.find(({ title }) => title === 'Budgets over its pods')?.table?.rows;
    expect(rows?.[0]?.cells.at(-1)).toBe(blocks);
  });
});
