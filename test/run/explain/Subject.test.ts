import { describe, expect, it } from 'vitest';
import { RollError } from '../../../src/errors.ts';
import { findSubject, parseSubject } from '../../../src/run/explain/Subject.ts';

const known = [
  { kind: 'Deployment', namespace: 'shop', name: 'web' },
  { kind: 'StatefulSet', namespace: 'shop', name: 'web' },
  { kind: 'Deployment', namespace: 'lab', name: 'worker' },
];

function hintOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof RollError) return error.faults[0].hint;
  }
  return undefined;
}

describe('parseSubject', () => {
  it.each([
    ['pod/web-1', { kind: 'pod', workloadKind: undefined, namespace: undefined, name: 'web-1' }],
    ['Pod/shop/web-1', { kind: 'pod', workloadKind: undefined, namespace: 'shop', name: 'web-1' }],
    ['deployment/shop/web', { kind: 'workload', workloadKind: 'Deployment', namespace: 'shop', name: 'web' }],
    ['cronjob/shop/tidy', { kind: 'workload', workloadKind: 'CronJob', namespace: 'shop', name: 'tidy' }],
    ['workload/web', { kind: 'workload', workloadKind: undefined, namespace: undefined, name: 'web' }],
    ['node/n1', { kind: 'node', workloadKind: undefined, namespace: undefined, name: 'n1' }],
  ])('reads %s', (text, subject) => {
    expect(parseSubject(text)).toEqual(subject);
  });

  it.each(['web', 'pod/', 'pod//x', 'pod/a/b/c', 'node/a/b', 'service/x', ''])('refuses "%s"', (text) => {
    expect(() => parseSubject(text)).toThrow(RollError);
  });
});

describe('findSubject', () => {
  it('finds the only one of the name, kind and namespace', () => {
    expect(findSubject(parseSubject('workload/worker'), known)).toBe(known[2]);
    expect(findSubject(parseSubject('statefulset/shop/web'), known)).toBe(known[1]);
  });

  it('asks which one is meant when several bear the name', () => {
    expect(hintOf(() => findSubject(parseSubject('workload/web'), known))).toBe('write deployment/shop/web or statefulset/shop/web');
  });

  it('lists the names near an unknown one', () => {
    expect(hintOf(() => findSubject(parseSubject('workload/wroker'), known))).toBe('near it: deployment/lab/worker');
    expect(hintOf(() => findSubject(parseSubject('workload/lab/web'), known))).toBe('near it: deployment/shop/web, statefulset/shop/web');
  });

  it('spells a workload of any kind so that it can be asked about', () => {
    const rollout = { kind: 'Rollout', namespace: 'shop', name: 'cart' };
    expect(hintOf(() => findSubject(parseSubject('workload/crat'), [rollout]))).toBe('near it: workload/shop/cart');
    expect(findSubject(parseSubject('workload/shop/cart'), [rollout])).toBe(rollout);
  });
});
