import { describe, expect, it } from 'vitest';
import type { LabelSelector } from '../../src/cluster/LabelSelector.ts';
import { LabelFiles } from '../../src/scheduler/LabelFiles.ts';
import { selecting } from '../support/builders.ts';

const anyOf = (key: string, ...values: string[]): LabelSelector => ({ requirements: [{ key, operator: 'In', values }] });

describe('LabelFiles', () => {
  it('finds candidates for any of several values, and none of another namespace', () => {
    const files = new LabelFiles<string, string>();
    files.addLabelled('default', { app: 'web' }, 'web');
    files.addLabelled('default', { app: 'db', tier: 'back' }, 'db');
    files.addLabelled('other', { app: 'web' }, 'elsewhere');
    expect(files.couldBeSelected('default', anyOf('app', 'web', 'db'))).toEqual(['web', 'db']);
    expect(files.couldBeSelected('default', selecting({ tier: 'back' }))).toEqual(['db']);
  });

  it('offers everyone of the namespace to a selector that names no value', () => {
    const files = new LabelFiles<string, string>();
    files.addLabelled('default', { app: 'web' }, 'web');
    files.addLabelled('default', {}, 'bare');
    expect(files.couldBeSelected('default', { requirements: [{ key: 'app', operator: 'Exists', values: [] }] })).toEqual(['web', 'bare']);
  });

  it('finds the selectors that could match labels', () => {
    const files = new LabelFiles<string, string>();
    files.addSelecting('default', selecting({ app: 'web' }), 'web');
    files.addSelecting('default', selecting({ app: 'db' }), 'db');
    files.addSelecting('default', { requirements: [] }, 'all');
    expect([...files.couldSelect('default', { app: 'web' })].sort()).toEqual(['all', 'web']);
  });
});
