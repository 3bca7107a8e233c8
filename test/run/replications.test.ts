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
  it.each(['figures', 'everything'] as const)('leaves nothing of its world to what comes after it, with detail %s', async (detail) => {
    const scenario = loadScenario('scenarios/online-shop.yaml', new Map());
    const clusters: WeakRef<Cluster>[] = [];
    const results = ['a', 'b', 'c'].map((seed) => run(scenario, seed, detail, ({ cluster }) => clusters.push(new WeakRef(cluster))));
    // What a WeakRef was made for lives up to the end of its turn at least.
    await setImmediate();
    collectGarbage();
    expect(clusters.map((cluster) => cluster.deref())).toEqual(results.map(() => undefined));
  });
});

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
