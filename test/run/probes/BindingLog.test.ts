import { describe, expect, it } from 'vitest';
import { BindingLog } from '../../../src/run/probes/BindingLog.ts';
import { instant } from '../../../src/units.ts';

describe('BindingLog', () => {
  it.each([0, 1, 5, 3000])('gives back all of %i bindings in their order', (count) => {
    const bindings = Array.from({ length: count }, (_, index) => [index % 7, `node-${index}`, instant(3 * index)] as const);
    const log = new BindingLog();
    for (const binding of bindings) log.note(...binding);
    const given: unknown[] = [];
    log.forEach((...binding) => void given.push(binding));
    expect(given).toEqual(bindings);
  });
});
