import fc from 'fast-check';
import { describe, it } from 'vitest';
import { wrap } from '../../src/reports/fitGrid.ts';

describe('wrap', () => {
  it('keeps every line within the width and every character of the text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '/', ',', ' '), maxLength: 80 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (input, width) => {
        const wrapped = wrap(input, width);
        const bare = (value: string) => value.replaceAll(/\s/g, '');
        return wrapped.split('\n').every((line) => line.length <= width) && bare(wrapped) === bare(input);
      }),
    );
  });

  it('counts two places for wide letters and never breaks one', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '-', ' ', '日', '🚀', '𝐀'), maxLength: 80 });
    const places = (line: string) => [...line].reduce((sum, letter) => sum + (/[-a ]/.test(letter) ? 1 : 2), 0);
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (input, width) => {
        const lines = wrap(input, width).split('\n');
        return lines.every((line) => places(line) <= width && !/\p{Surrogate}/u.test(line));
      }),
    );
  });
});
