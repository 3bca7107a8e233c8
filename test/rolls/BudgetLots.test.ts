import { describe, expect, it } from 'vitest';
import { DisruptionBudget } from '../../src/cluster/DisruptionBudget.ts';
import type { Parked, TurnOfNow } from '../../src/rolls/BudgetLot.ts';
import { BudgetLots } from '../../src/rolls/BudgetLots.ts';
import { instant, START, seconds } from '../../src/units.ts';
import { aBudget } from '../support/builders.ts';

describe('BudgetLots', () => {
  it('wakes the first to ask when the budget opens, and the next one when that one has asked', () => {
    const { lots, web, park, woken } = aLot();
    park('late', 9);
    park('b', 4);
    const first = park('a', 4);
    lots.noteChange(web, 'open');
    lots.noteChange(web, 'open');
    expect(woken).toEqual(['a in turn']);
    lots.asked(first);
    expect(woken).toEqual(['a in turn', 'b in turn']);
  });

  it('wakes a newcomer that asks before the one that is awake', () => {
    const { lots, web, park, woken } = aLot();
    park('late', 9);
    lots.noteChange(web, 'open');
    park('early', 4);
    lots.noteChange(web, 'open');
    expect(woken).toEqual(['late in turn', 'early in turn']);
  });

  it('lets the others sleep when the one in turn has used the budget up', () => {
    const { lots, web, park, woken } = aLot();
    const early = park('early', 4);
    park('late', 9);
    lots.noteChange(web, 'open');
    web.disruptionsAllowed = 0;
    lots.asked(early);
    expect(woken).toEqual(['early in turn']);
  });

  it('wakes the next one when the budget is exhausted but deleted, or its change was not processed yet', () => {
    for (const change of [
      ({ lots, web }: Lot) => lots.noteRemoval(web),
      ({ web }: Lot) => web.describe({ ...web.description, generation: 2 }),
    ]) {
      const lot = aLot();
      const { lots, web, park, woken } = lot;
      const early = park('early', 4);
      park('late', 9);
      lots.noteChange(web, 'open');
      web.disruptionsAllowed = 0;
      change(lot);
      lots.remove(early);
      lots.asked(early);
      expect(woken).toEqual(['early in turn', 'late in turn']);
    }
  });

  it('lets one stand for all with the same ticks, except those whose turn in this instant is yet to come', () => {
    const { lots, web, park, woken } = aLot();
    const pause = seconds(5);
    park('c', 4, { pause });
    const first = park('b', 4, { pause });
    park('a', 6);
    lots.noteChange(web, 'open');
    expect(woken).toEqual(['b in turn']);
    lots.remove(first);
    park('aa', 4, { pause });
    lots.asked(first);
    expect(woken).toEqual(['b in turn', 'c in turn']);
  });

  it('wakes all with the earliest tick where they get in each other’s way, and the next ones when these have asked', () => {
    const { lots, web, park, woken } = aLot({ asksFreely: false });
    park('late', 9);
    const two = [park('early', 4), park('equally early', 4)];
    lots.noteChange(web, 'open');
    expect(woken).toEqual(['early in turn', 'equally early in turn']);
    for (const parked of two) lots.asked(parked);
    expect(woken).toEqual(['early in turn', 'equally early in turn', 'late in turn']);
  });

  it('wakes a pod that is not Ready by any change of its budget, and a Ready one by an opening only', () => {
    const { lots, web, park, woken } = aLot();
    park('ready', 4);
    park('unready', 9, { passes: 'onAnyChange' });
    lots.noteChange(web, 'closed');
    expect(woken).toEqual(['unready']);
    lots.noteChange(budgetOf('api', 1), 'open');
    expect(woken).toEqual(['unready']);
  });

  it('takes a budget for the one that it replaces', () => {
    const { lots, web, park, woken } = aLot();
    const early = park('early', 4);
    park('late', 9);
    lots.noteRemoval(web);
    const other = budgetOf('web', 2);
    lots.noteAddition(other);
    other.disruptionsAllowed = 0;
    lots.remove(early);
    lots.asked(early);
    expect(woken).toEqual(['early in turn']);
    lots.noteChange(other, 'open');
    expect(woken).toEqual(['early in turn', 'late in turn']);
  });

  it('forgets evictions that have left', () => {
    const { lots, web, park, woken } = aLot();
    lots.remove(park('gone', 4));
    park('there', 9);
    lots.noteChange(web, 'open');
    expect(woken).toEqual(['there in turn']);
  });
});

type Lot = ReturnType<typeof aLot>;

/** A budget that allows a disruption; `createdAs` is its number. */
function budgetOf(name: string, createdAs: number): DisruptionBudget {
  const budget = new DisruptionBudget(aBudget(name, { generation: 1 }), createdAs);
  budget.status.become({ ...budget.status, observedGeneration: 1, disruptionsAllowed: 1 });
  return budget;
}

/** Lots in which to park for the budget `web`. */
function aLot({ asksFreely = true } = {}) {
  const lots = new BudgetLots();
  const woken: string[] = [];
  const web = budgetOf('web', 0);
  const park = (name: string, second: number, { passes = 'whenOpen', pause }: Partial<Parked> = {}): Parked => {
    const wake = (how: string) => {
      parked.isAsleep = false;
      woken.push(`${name}${how}`);
    };
    const parked = {
      entity: name,
      ordinal: 0,
      budget: web,
      passes,
      lot: undefined,
      asksFreely,
      refusedAt: START,
      pause,
      isAsleep: true,
      isInTurn: false,
      asksNow: false,
      nextTick: (now: TurnOfNow) => instant(now === 'toCome' ? 0 : second),
      wake: () => wake(''),
      wakeInTurn: () => wake(' in turn'),
    };
    lots.add(parked);
    return parked;
  };
  return { lots, web, park, woken };
}
