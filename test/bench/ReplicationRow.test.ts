import { describe, expect, it } from 'vitest';
import { type MeasuredReplications, replicationRows, replicationTable } from './ReplicationRow.ts';

const one: MeasuredReplications = {
  ...{ nodes: 100, variant: 'plain', replications: 1000, threads: 1, digest: 'a', peakRssMiB: 200 },
  ...{ wallSeconds: 20, cpuSeconds: 21, mainSeconds: 0.1, replicationsPerSecond: 50 },
};

describe('replicationRows', () => {
  it('compares wall times with those of the fewest threads', () => {
    const rows = replicationRows([{ ...one, threads: 2, wallSeconds: 10 }, one]);
    expect(rows.map(({ speedup }) => speedup)).toEqual([2, 1]);
    expect(replicationTable(rows, 'a machine')).toContain('| 100 | plain | 1000 | 2 | 10.00 s |');
  });

  it('refuses outcomes that depend on the number of threads', () => {
    expect(() => replicationRows([one, { ...one, threads: 2, digest: 'b' }])).toThrow('depend on the number of threads');
  });
});
