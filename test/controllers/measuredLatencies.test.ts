import { describe, expect, it } from 'vitest';
import { reactions } from '../../src/controllers/Latency.ts';
import { measuredLatency } from '../../src/controllers/measuredLatencies.ts';
import { RandomStream } from '../../src/sim/RandomStream.ts';

/** A stream whose next number is `share`. */
class Fixed extends RandomStream {
  private readonly share: number;

  constructor(share: number) {
    super('fixed');
    this.share = share;
  }

  override next(): number {
    return this.share;
  }
}

describe('measured latencies', () => {
  it.each([
    ['replicaSet', [0, 29, 147, 641]],
    ['budgetStatus', [0, 7, 166, 334]],
    ['cordonTaint', [0, 11, 39, 236]],
    ['uncordonTaint', [0, 11, 40, 158]],
  ] as const)('give what was seen of %s: least, median, 95 %% and most', (reaction, seen) => {
    expect([0, 0.5, 0.95, 1].map((share) => measuredLatency(reaction, new Fixed(share)))).toEqual(seen);
  });

  it('lie on straight lines between', () => {
    expect(measuredLatency('replicaSet', new Fixed(0.725))).toBe((29 + 147) / 2);
  });

  it('never go down as the share goes up', () => {
    const shares = Array.from({ length: 101 }, (_, index) => index / 100);
    for (const reaction of reactions) {
      const drawn = shares.map((share) => measuredLatency(reaction, new Fixed(share)));
      expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
    }
  });
});
