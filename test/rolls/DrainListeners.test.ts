import { describe, expect, it } from 'vitest';
import { type DrainListener, DrainListeners } from '../../src/rolls/DrainListeners.ts';

describe('DrainListeners', () => {
  const leaves: readonly { readonly who: string; readonly left: string }[] = [
    { who: '', left: 'abc' },
    { who: 'a', left: 'bc' },
    { who: 'b', left: 'ac' },
    { who: 'c', left: 'ab' },
    { who: 'abc', left: '' },
    { who: 'cab', left: '' },
    { who: 'bb', left: 'ac' },
  ];
  it.each(leaves)('tells $left in this order when "$who" have left of a, b and c', ({ who, left }) => {
    const { listeners, byName, told } = three();
    for (const name of who) listeners.remove(byName(name));
    listeners.tell();
    expect(told.join('')).toBe(left);
  });

  it('tells those behind a listener that leaves when told', () => {
    const { listeners, byName, told } = three();
    const leaving = byName('b');
    leaving.onDrainEnd = () => listeners.remove(leaving);
    listeners.tell();
    expect(told).toEqual(['a', 'c']);
  });

  it('tells a listener that comes back after all others', () => {
    const { listeners, byName, told } = three();
    listeners.remove(byName('a'));
    listeners.add(byName('a'));
    listeners.tell();
    expect(told).toEqual(['b', 'c', 'a']);
  });
});

function three() {
  const listeners = new DrainListeners();
  const told: string[] = [];
  const all = new Map<string, DrainListener>();
  const byName = (name: string): DrainListener => {
    const listener = all.get(name) ?? { earlier: undefined, later: undefined, onDrainEnd: () => told.push(name) };
    all.set(name, listener);
    return listener;
  };
  for (const name of ['a', 'b', 'c']) listeners.add(byName(name));
  return { listeners, byName, told };
}
