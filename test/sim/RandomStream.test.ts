import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/sim/RandomStream.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { mean } from '../../src/stats/meanInterval.ts';

describe('RandomStream', () => {
  it('gives the same numbers for the same name and others for another', () => {
    expect(take(new RandomStream('a'), 5)).toEqual(take(new RandomStream('a'), 5));
    expect(take(new RandomStream('a'), 5)).not.toEqual(take(new RandomStream('b'), 5));
  });

  it('gives the numbers of seedrandom', () => {
    const alea = seedrandom.alea('ready/default/web-0');
    expect(take(new RandomStream('ready/default/web-0'), 1000)).toEqual(Array.from({ length: 1000 }, () => alea()));
  });

  it.each(['', 'ä', '中/文', 'x'.repeat(300)])('gives the numbers of seedrandom for the name "%s" too', (name) => {
    const alea = seedrandom.alea(`7/ready/${name}`);
    expect(take(new Simulation('7').stream('ready', name), 10)).toEqual(Array.from({ length: 10 }, () => alea()));
  });

  it('gives the numbers of seedrandom whatever the name has in common with the one before', () => {
    const sim = new Simulation('7');
    for (const name of ['web-1', 'web-12', 'web-2', 'web', '', 'we', 'x'.repeat(300), 'x'.repeat(299), 'db', 'web-13']) {
      const alea = seedrandom.alea(`7/ready/${name}`);
      expect(take(sim.stream('ready', name), 3)).toEqual([alea(), alea(), alea()]);
    }
  });

  it('is uniform in [0, 1)', () => {
    const numbers = take(new RandomStream('uniform'), 50_000);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(mean(numbers)).toBeCloseTo(0.5, 2);
    expect(mean(numbers.map((number) => (number - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
  });
});

describe('streams of a simulation', () => {
  it('give an entity the same luck whatever else draws and in whatever order', () => {
    const [alone, busy] = [new Simulation('7'), new Simulation('7')];
    take(busy.stream('reset', 'workers-1'), 100);
    take(busy.stream('ready', 'workers-7'), 3);
    expect(take(busy.stream('reset', 'workers-7'), 10)).toEqual(take(alone.stream('reset', 'workers-7'), 10));
  });

  it('go on where they stand', () => {
    const [split, whole] = [new Simulation('7'), new Simulation('7')];
    const parts = [...take(split.stream('reset', 'n'), 2), ...take(split.stream('reset', 'n'), 2)];
    expect(parts).toEqual(take(whole.stream('reset', 'n'), 4));
  });

  it('differ between seeds, purposes and entities', () => {
    const sim = new Simulation('7');
    const first = [sim.stream('a', 'x'), sim.stream('a', 'y'), sim.stream('b', 'x'), new Simulation('8').stream('a', 'x')];
    expect(new Set(first.map((stream) => stream.next())).size).toBe(4);
  });
});

function take(stream: RandomStream, size: number): number[] {
  return Array.from({ length: size }, () => stream.next());
}
