import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Interner } from '../../../src/scenario/kubernetes/Interner.ts';
import { PartReader } from '../../../src/scenario/kubernetes/PartReader.ts';

describe('PartReader', () => {
  const reader = () => new PartReader(z.record(z.string(), z.string()).nullish(), new Interner());

  it('reads each object once, and equal ones to one', () => {
    const labels = reader();
    const given = { app: 'web' };
    const first = labels.read(given);
    expect(first).toEqual({ value: { app: 'web' } });
    expect(labels.read(given)).toBe(first);
    const equal = labels.read({ app: 'web' });
    expect('value' in equal && 'value' in first && equal.value === first.value).toBe(true);
  });

  it('says what is wrong each time, and takes what is absent', () => {
    const labels = reader();
    const given = { app: 1 };
    for (let time = 0; time < 2; time += 1) expect(labels.read(given)).toMatchObject({ issues: [{ path: ['app'] }] });
    expect(labels.read(undefined)).toEqual({ value: undefined });
    expect(labels.read(7)).toHaveProperty('issues');
  });
});
