import { describe, expect, it } from 'vitest';
import { rollEnd } from '../../src/run/rollEnd.ts';
import { instant, START } from '../../src/units.ts';
import { aResetRow } from '../support/runFigures.ts';

describe('rollEnd', () => {
  it('is when the node that is finished last is finished, wherever it stands', () => {
    const rows = [300, 900, 600].map((end) => aResetRow(`workers-${end}`, { endedAt: instant(end) }));
    expect(rollEnd(rows)).toBe(instant(900));
  });

  it('is the start when no node is rolled', () => {
    expect(rollEnd([])).toBe(START);
  });
});
