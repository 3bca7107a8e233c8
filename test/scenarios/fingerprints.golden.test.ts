import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/cli/loadScenario.ts';
import { run } from '../../src/run/run.ts';
import { toSeconds } from '../../src/units.ts';
import { eventsOf } from '../support/eventsOf.ts';

const folder = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const golden = fileURLToPath(new URL('../golden/fingerprints.json', import.meta.url));
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort();

/** What a change of the model must not change unnoticed: the figures that people see, and a hash of every event in order. */
function fingerprintOf(name: string) {
  const scenario = loadScenario(folder + name, new Map());
  const result = run(scenario, scenario.seed);
  const { roll, scheduling, workloads } = result;
  const events = eventsOf(result);
  return {
    outcome: roll.outcome,
    durationSeconds: toSeconds(roll.duration),
    peakPending: scheduling.peakPending,
    outageSeconds: workloads.reduce((sum, { outage }) => sum + toSeconds(outage), 0),
    events: events.length,
    sha256: createHash('sha256').update(JSON.stringify(events)).digest('hex').slice(0, 16),
  };
}

// `GOLDEN=write npx vitest run test/scenarios/fingerprints.golden.test.ts` writes them anew; the commit says why they changed.
describe('the events of every bundled scenario', () => {
  const fingerprints = Object.fromEntries(names.map((name) => [name, fingerprintOf(name)]));
  if (process.env.GOLDEN === 'write') writeFileSync(golden, `${JSON.stringify(fingerprints, null, 2)}\n`);
  const expected = JSON.parse(readFileSync(golden, 'utf8'));

  it.each(names)('%s are what they were', (name) => {
    expect(fingerprints[name]).toEqual(expected[name]);
  });

  it('are kept for these scenarios and no others', () => {
    expect(Object.keys(expected)).toEqual(names);
  });
});
