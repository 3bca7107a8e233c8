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
});
