import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AleaNames, AleaStem } from '../../src/sim/AleaNames.ts';
import { LETTERS, StemRows } from '../../src/sim/StemRows.ts';

describe('StemRows', () => {
  it('knows each stem again, and which letters have followed it', () => {
    const name = fc.record({ stem: fc.nat(400), letter: fc.nat(LETTERS - 1) });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 500, size: 'max' }), (names) => {
        const [rows, stem, found, seen] = [new StemRows(), new AleaStem(), new AleaStem(), new Set<string>()];
        const numbers = new Map<number, number>();
        for (const { stem: letters, letter } of names) {
          new AleaNames('7/ready/').findStem(`web-${letters}-x`, stem);
          const number = rows.numberOf(stem);
          expect(number).toBe(numbers.get(letters) ?? numbers.size);
          numbers.set(letters, number);
          rows.read(number, found);
          expect(found).toEqual(stem);
          expect(rows.follow(number, letter)).toBe(!seen.has(`${letters}/${letter}`));
          seen.add(`${letters}/${letter}`);
        }
      }),
    );
  });
});
