import { describe, expect, it } from 'vitest';
import { DrainLedger } from '../../src/rolls/DrainLedger.ts';
import { instant } from '../../src/units.ts';

describe('DrainLedger', () => {
  it('counts a node as blocked only while no pod is on its way out', () => {
    const ledger = new DrainLedger();
    const pod = { waitsFor: undefined };
    ledger.evicted(instant(0));
    ledger.refused(pod, 'shop/budget', 1, instant(0));
    ledger.gone(instant(3000));
    ledger.unparked(pod, instant(10_000));
    expect(ledger.close(instant(20_000))).toEqual({
      blocked: 7000,
      refusedBy: [{ budget: 'shop/budget', refusals: 1, blocked: 7000 }],
    });
  });

  it('adds up how often a pod is refused while it waits', () => {
    const ledger = new DrainLedger();
    const pod = { waitsFor: undefined };
    ledger.refused(pod, 'shop/budget', 1, instant(0));
    ledger.refusedAgain(pod, 3);
    ledger.unparked(pod, instant(1000));
    ledger.refusedAgain(pod, 3);
    expect(ledger.refusals).toBe(4);
    expect(ledger.close(instant(1000)).refusedBy).toEqual([{ budget: 'shop/budget', refusals: 4, blocked: 1000 }]);
  });

  it('charges the time to every budget that holds a pod', () => {
    const ledger = new DrainLedger();
    ledger.refused({ waitsFor: undefined }, 'shop/x', 2, instant(0));
    ledger.refused({ waitsFor: undefined }, 'shop/y', 3, instant(1000));
    const { blocked, refusedBy } = ledger.close(instant(5000));
    expect(blocked).toBe(5000);
    expect(refusedBy).toEqual([
      { budget: 'shop/x', refusals: 2, blocked: 5000 },
      { budget: 'shop/y', refusals: 3, blocked: 4000 },
    ]);
    expect(ledger.refusals).toBe(5);
  });

  it('is not blocked when nothing was refused', () => {
    const ledger = new DrainLedger();
    ledger.evicted(instant(0));
    ledger.gone(instant(3000));
    expect(ledger.close(instant(9000))).toEqual({ blocked: 0, refusedBy: [] });
  });
});
