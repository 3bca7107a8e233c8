import { describe, expect, it } from 'vitest';
import { hashedTieBreak } from '../../src/scheduler/TieBreak.ts';
import { aPod, podOutside } from '../support/builders.ts';

const pod = podOutside(aPod('p'));
const names = Array.from({ length: 10 }, (_, i) => `workers-${i}`);

describe('hashedTieBreak', () => {
  it('chooses the same node in whatever order the candidates come', () => {
    const choose = hashedTieBreak('7');
    for (let decision = 0; decision < 100; decision += 1) {
      expect(choose(pod, [...names].reverse(), decision)).toBe(choose(pod, names, decision));
    }
  });

  it('spreads its choices evenly over nodes whose names differ in the last letter only', () => {
    const choose = hashedTieBreak('');
    const counts = new Map<string, number>();
    for (let decision = 0; decision < 5000; decision += 1) {
      const name = choose(pod, names, decision);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const name of names) {
      expect(counts.get(name)).toBeGreaterThan(400);
      expect(counts.get(name)).toBeLessThan(600);
    }
  });

  it('goes by lots in place of names, if nodes have them', () => {
    const lots = new Map(names.map((name, index) => [name, String(index)]));
    const choose = hashedTieBreak('7', (name) => lots.get(name) ?? name);
    const renamed = hashedTieBreak('7');
    const indices = Int32Array.from(names.keys());
    for (const decision of names.keys()) {
      const chosen = choose(pod, names, decision);
      expect(lots.get(chosen)).toBe(renamed(pod, [...lots.values()], decision));
      expect(names[choose.among?.(names)(indices, names.length, decision) ?? -1]).toBe(chosen);
    }
  });

  it('chooses differently under another seed', () => {
    const [first, second] = ['1', '2'].map((seed) => hashedTieBreak(seed));
    const differing = names.filter((_, decision) => first?.(pod, names, decision) !== second?.(pod, names, decision));
    expect(differing.length).toBeGreaterThan(5);
  });
});
