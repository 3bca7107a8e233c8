import { describe, expect, it } from 'vitest';
import { BudgetLots, type Parked } from '../../src/rolls/BudgetLots.ts';
import { instant } from '../../src/units.ts';

describe('BudgetLots', () => {
  it('wakes the first to ask when the budget opens, and the next one when that one has asked', () => {
    const { lots, park, woken } = aLot();
    park('late', 9);
    park('b', 4);
    const first = park('a', 4);
    lots.noteChange('shop/web', 'open');
    lots.noteChange('shop/web', 'open');
    expect(woken).toEqual(['a in turn']);
    lots.asked(first, 'open');
    expect(woken).toEqual(['a in turn', 'b in turn']);
  });

  it('wakes whoever has come since and asks before the one that is awake', () => {
    const { lots, park, woken } = aLot();
    park('late', 9);
    lots.noteChange('shop/web', 'open');
    park('early', 4);
    lots.noteChange('shop/web', 'open');
    expect(woken).toEqual(['late in turn', 'early in turn']);
  });

  it('lets the others sleep when the one in turn has used the budget up', () => {
    const { lots, park, woken } = aLot();
    const early = park('early', 4);
    park('late', 9);
    lots.noteChange('shop/web', 'open');
    lots.asked(early, 'closed');
    expect(woken).toEqual(['early in turn']);
  });

  it('wakes all with the earliest tick where they get into each other’s way, and the next ones when these have asked', () => {
    const { lots, park, woken } = aLot({ asksFreely: false });
    park('late', 9);
    const two = [park('early', 4), park('also early', 4)];
    lots.noteChange('shop/web', 'open');
    expect(woken).toEqual(['early in turn', 'also early in turn']);
    for (const parked of two) lots.asked(parked, 'open');
    expect(woken).toEqual(['early in turn', 'also early in turn', 'late in turn']);
  });

  it('wakes a pod that is not Ready by any change of its budget, and a Ready one by an opening only', () => {
    const { lots, park, woken } = aLot();
    park('ready', 4);
    park('unready', 9, { passes: 'onAnyChange' });
    lots.noteChange('shop/web', 'closed');
    expect(woken).toEqual(['unready']);
    lots.noteChange('shop/api', 'open');
    expect(woken).toEqual(['unready']);
  });

  it('forgets who has left', () => {
    const { lots, park, woken } = aLot();
    lots.remove(park('gone', 4));
    park('there', 9);
    lots.noteChange('shop/web', 'open');
    expect(woken).toEqual(['there in turn']);
  });
});

/** Lots in which to park for the budget `shop/web`. */
function aLot({ asksFreely = true } = {}) {
  const lots = new BudgetLots();
  const woken: string[] = [];
  const park = (name: string, second: number, { passes = 'whenOpen' }: Partial<Parked> = {}): Parked => {
    const wake = (how: string) => {
      parked.isAsleep = false;
      woken.push(`${name}${how}`);
    };
    const parked = {
      entity: name,
      ordinal: 0,
      budget: 'shop/web',
      passes,
      lot: undefined,
      asksFreely,
      isAsleep: true,
      asksNow: false,
      nextTick: () => instant(second),
      wake: () => wake(''),
      wakeInTurn: () => wake(' in turn'),
    };
    lots.add(parked);
    return parked;
  };
  return { lots, park, woken };
}
