import { describe, expect, it } from 'vitest';
import { BudgetLots, type Parked } from '../../src/rolls/BudgetLots.ts';
import { instant } from '../../src/units.ts';

describe('BudgetLots', () => {
  it('wakes the first to ask when the budget opens, and the next one when that one has asked', () => {
    const { lots, park, woken } = aLot();
    park('late', 9);
    park('b', 4);
    const first = park('a', 4);
    lots.noteChange(WEB, 'open');
    lots.noteChange(WEB, 'open');
    expect(woken).toEqual(['a in turn']);
    lots.asked(first, 'open');
    expect(woken).toEqual(['a in turn', 'b in turn']);
  });

  it('wakes whoever has come since and asks before the one that is awake', () => {
    const { lots, park, woken } = aLot();
    park('late', 9);
    lots.noteChange(WEB, 'open');
    park('early', 4);
    lots.noteChange(WEB, 'open');
    expect(woken).toEqual(['late in turn', 'early in turn']);
  });

  it('lets the others sleep when the one in turn has used the budget up', () => {
    const { lots, park, woken } = aLot();
    const early = park('early', 4);
    park('late', 9);
    lots.noteChange(WEB, 'open');
    lots.asked(early, 'closed');
    expect(woken).toEqual(['early in turn']);
  });

  it('wakes all with the earliest tick where they get into each other’s way, and the next ones when these have asked', () => {
    const { lots, park, woken } = aLot({ asksFreely: false });
    park('late', 9);
    const two = [park('early', 4), park('also early', 4)];
    lots.noteChange(WEB, 'open');
    expect(woken).toEqual(['early in turn', 'also early in turn']);
    for (const parked of two) lots.asked(parked, 'open');
    expect(woken).toEqual(['early in turn', 'also early in turn', 'late in turn']);
  });

  it('wakes a pod that is not Ready by any change of its budget, and a Ready one by an opening only', () => {
    const { lots, park, woken } = aLot();
    park('ready', 4);
    park('unready', 9, { passes: 'onAnyChange' });
    lots.noteChange(WEB, 'closed');
    expect(woken).toEqual(['unready']);
    lots.noteChange(API, 'open');
    expect(woken).toEqual(['unready']);
  });

  it('takes a budget for the one that it replaces', () => {
    const { lots, park, woken } = aLot();
    lots.noteChange(WEB, 'open');
    park('there', 9);
    lots.noteChange({ ...WEB, createdAs: 2 }, 'open');
    expect(woken).toEqual(['there in turn']);
  });

  it('forgets who has left', () => {
    const { lots, park, woken } = aLot();
    lots.remove(park('gone', 4));
    park('there', 9);
    lots.noteChange(WEB, 'open');
    expect(woken).toEqual(['there in turn']);
  });
});

const WEB = { key: 'shop/web', createdAs: 0 };
const API = { key: 'shop/api', createdAs: 1 };

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
      budget: WEB.key,
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
