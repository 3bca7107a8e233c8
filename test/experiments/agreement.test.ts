import { describe, expect, it } from 'vitest';
import { agreement } from '../../src/experiments/agreement.ts';
import type { RollFigure } from '../../src/experiments/rollFigures.ts';

const figure = (unit: RollFigure['unit'], value: RollFigure['value']): RollFigure => ({
  ...{ object: 'roll', what: 'duration', isDecisive: false },
  unit,
  value,
});

describe('agreement', () => {
  it.each([
    ['a time within 2 s', 'seconds', 12, [9, 10], true],
    ['a time further away', 'seconds', 12.1, [9, 10], false],
    ['a long time within 5 %', 'seconds', 105, [90, 100], true],
    ['a count within 2', 'count', 1, [3, 5], true],
    ['a count further away', 'count', 0, [3, 5], false],
    ['a large count within 10 %', 'count', 110, [100], true],
    ['an exact figure within the range', 'exact', 4, [3, 5], true],
    ['an exact figure outside', 'exact', 6, [3, 5], false],
    ['a word that was forecast', 'exact', 'failed', ['inService', 'failed'], true],
    ['a word that was not', 'exact', 'failed', ['inService'], false],
    ['what never happened, as forecast', 'seconds', null, [null], true],
    ['what happened against the forecast', 'seconds', 5, [null], false],
  ] as const)('judges %s', (_name, unit, recorded, forecasts, agrees) => {
    expect(agreement(figure(unit, recorded), forecasts).agrees).toBe(agrees);
  });

  it('gives the range of the forecasts and each of them once', () => {
    expect(agreement(figure('seconds', 1), [3, 5, 3])).toMatchObject({ low: 3, high: 5, forecasts: ['3', '5'] });
  });
});
