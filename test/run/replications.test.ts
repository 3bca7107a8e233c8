import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/cli/loadScenario.ts';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { run } from '../../src/run/run.ts';

const names = readdirSync('scenarios', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));

describe('a run in a thread that has run the same scenario before', () => {
  it.each(names)('has the same result as the first of %s', (name) => {
    const scenario = loadScenario(`scenarios/${name}`, new Map());
    const first = JSON.stringify(run(scenario, 'a'));
    run(scenario, 'b');
    run(scenario, 'c', 'figures');
    expect(JSON.stringify(run(scenario, 'a'))).toBe(first);
  });
});

describe('a run that is over', () => {
  it.each(['figures', 'everything'] as const)('does not add its world to those before it, with detail %s', async (detail) => {
    const scenario = loadScenario('scenarios/online-shop.yaml', new Map());
    const clusters: WeakRef<Cluster>[] = [];
    const seeds = ['a', 'b', 'c', 'd', 'e'];
    const results = seeds.map((seed) => run(scenario, seed, detail, ({ cluster }) => clusters.push(new WeakRef(cluster))));
    // What a WeakRef was made for lives up to the end of its turn at least.
    await setImmediate();
    collectGarbage();
    const alive = clusters.filter((cluster) => cluster.deref() !== undefined).length;
    // The engine itself may hold on to one for a while.
    expect(alive).toBeLessThan(results.length / 2);
  });
});

/** Code, which can hold on to what it saw last, is dropped when it has not run for several collections. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  for (let pass = 0; pass < 8; pass += 1) collect();
}
