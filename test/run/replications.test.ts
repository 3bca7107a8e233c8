import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/cli/loadScenario.ts';
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
