import { describe, expect, it } from 'vitest';
import { BindingLog } from '../../../src/run/probes/BindingLog.ts';
import { type Instant, instant } from '../../../src/units.ts';

describe('BindingLog', () => {
  it.each([0, 1, 5, 3000])('finds those of %i bindings that came before a limit of their node, in their order', (count) => {
    const log = new BindingLog();
    const limits = new Map<string, Instant | undefined>();
    const early: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const place = (7 * index) % 1500;
      const name = `node-${place}`;
      log.note(index, place, name, instant(3 * index));
      const limit = place % 3 === 0 ? undefined : instant(4000 - place);
      if (place % 5 !== 0) limits.set(name, limit);
      if (place % 5 !== 0 && limit !== undefined && 3 * index < limit) early.push(index);
    }
    const given: number[] = [];
    log.forEachBefore(limits, (number) => void given.push(number));
    expect(given).toEqual(early);
  });
});
