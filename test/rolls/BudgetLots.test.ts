import { describe, expect, it } from 'vitest';
import { BudgetLots, type Parked } from '../../src/rolls/BudgetLots.ts';
import { instant } from '../../src/units.ts';

describe('BudgetLots', () => {
  it('wakes those with the earliest tick when the budget opens, and the next ones when these have asked', () => {
    const { lots, lot, park, woken } = aLot();
    park('late', 9);
    park('early', 4);
    park('also early', 4);
    lots.noteChange('shop/web', 'open');
    expect(woken).toEqual(['early in turn', 'also early in turn']);
    lot.asked('open');
    expect(woken).toHaveLength(2);
    lot.asked('open');
    expect(woken).toEqual(['early in turn', 'also early in turn', 'late in turn']);
  });

  it('lets the others sleep when those in turn have used the budget up', () => {
    const { lots, lot, park, woken } = aLot();
    park('early', 4);
    park('late', 9);
    lots.noteChange('shop/web', 'open');
    lot.asked('closed');
    expect(woken).toEqual(['early in turn']);
  });

  it('wakes a pod that is not Ready by any change of its budget, and a Ready one by an opening only', () => {
    const { lots, park, woken } = aLot();
    park('ready', 4);
    park('unready', 9, 'onAnyChange');
    lots.noteChange('shop/web', 'closed');
    expect(woken).toEqual(['unready']);
    lots.noteChange('shop/api', 'open');
    expect(woken).toEqual(['unready']);
  });

  it('forgets who has left', () => {
    const { lots, lot, park, woken } = aLot();
    lot.remove(park('gone', 4));
    park('there', 9);
    lots.noteChange('shop/web', 'open');
    expect(woken).toEqual(['there in turn']);
  });
});

/** The lot of the budget `shop/web`, and how to park in it. */
function aLot() {
  const lots = new BudgetLots();
  const lot = lots.of('shop/web');
  const woken: string[] = [];
  const park = (name: string, second: number, passes: Parked['passes'] = 'whenOpen'): Parked => {
    const wake = (how: string) => {
      parked.isAsleep = false;
      woken.push(`${name}${how}`);
    };
    const parked = { passes, isAsleep: true, nextTick: instant(second), wake: () => wake(''), wakeInTurn: () => wake(' in turn') };
    lot.add(parked);
    return parked;
  };
  return { lots, lot, park, woken };
}
