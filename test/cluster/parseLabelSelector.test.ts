import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from '../../src/cluster/parseLabelSelector.ts';

describe('parseLabelSelector', () => {
  it.each([
    ['app', { key: 'app', operator: 'Exists', values: [] }],
    ['!app', { key: 'app', operator: 'DoesNotExist', values: [] }],
    ['! app', { key: 'app', operator: 'DoesNotExist', values: [] }],
    ['app=web', { key: 'app', operator: 'In', values: ['web'] }],
    ['app == web', { key: 'app', operator: 'In', values: ['web'] }],
    ['app=', { key: 'app', operator: 'In', values: [''] }],
    ['app!=web', { key: 'app', operator: 'NotIn', values: ['web'] }],
    ['app in (a, b)', { key: 'app', operator: 'In', values: ['a', 'b'] }],
    ['app in(a,)', { key: 'app', operator: 'In', values: ['a', ''] }],
    ['app notin (b)', { key: 'app', operator: 'NotIn', values: ['b'] }],
    ['example.com/app>5', { key: 'example.com/app', operator: 'Gt', values: ['5'] }],
    ['app<5', { key: 'app', operator: 'Lt', values: ['5'] }],
    ['in', { key: 'in', operator: 'Exists', values: [] }],
  ])('reads %s', (text, requirement) => {
    expect(parseLabelSelector(text)).toEqual({ requirements: [requirement] });
  });

  it('joins requirements by commas, of which lists have their own', () => {
    const read = parseLabelSelector(' app in (a,b) , !old,tier!=db ,zone notin (x, y)');
    expect(read?.requirements.map(({ key }) => key)).toEqual(['app', 'old', 'tier', 'zone']);
  });

  it('selects everything by blank text', () => {
    expect(parseLabelSelector(' ')).toEqual({ requirements: [] });
  });

  it.each([
    ...['app web', 'app=web,', ',app', 'app,,tier', '=web', '!', '!app=web', 'app=!web', 'app===web', 'app=a b', 'app in a'],
    ...[
      'app in (a',
      'app in a)',
      'app in ()x',
      'in (a)',
      'app (a)',
      'app in (a b)',
      'app>x',
      'app>',
      '-app',
      'a/b/c',
      'A_b.com/app',
      'app=-x',
    ],
    ...['app in ()', `app=${'x'.repeat(64)}`],
  ])('refuses %s', (text) => {
    expect(parseLabelSelector(text)).toBeUndefined();
  });
});
