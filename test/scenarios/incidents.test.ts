import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/cli/loadScenario.ts';
import { readOverrides } from '../../src/cli/readOverrides.ts';
import { check } from '../../src/experiments/check.ts';
import { run } from '../../src/run/run.ts';
import type { Overrides } from '../../src/scenario/overrides.ts';
import { formatDuration } from '../../src/units.ts';
import { type Incident, incidents } from './incidents.ts';

const folder = fileURLToPath(new URL('../../scenarios/incidents/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe('the incident scenarios', () => {
  it('are all expected to fail in some way', () => {
    expect(files).toEqual(incidents.map(({ name }) => `${name}.yaml`).sort());
  });

  it.each(files)('%s opens with what happened, and ends its comment with the command of its twin', (file) => {
    expect(readFileSync(folder + file, 'utf8')).toMatch(
      new RegExp(
        `^# \\S.*\\.\n#\n(?:#.*\n)+# Its twin, [^\n]*(?:\n# [^\n]*)*:\n#\n#   rollcast run scenarios/incidents/${file} --.*\napiVersion:`,
      ),
    );
  });

  // The seed decides which of several equal nodes a pod goes to: no claim may hang on that.
  it.each(incidents)('$name fails as it did, whatever the seed', ({ name, fails = {}, shows = [], seedsThatFail }) => {
    const claimed = forecasts(name, new Map()).filter(({ failed }) => failed.length > 0 || !seedsThatFail);
    for (const { seed, failed, lines } of claimed) {
      expect({ seed, fails: failed.map(({ objective }) => objective.name) }).toEqual({ seed, fails: Object.keys(fails) });
      for (const { objective, evidence } of failed) expect(evidence, `seed ${seed}`).toMatch(fails[objective.name] ?? '');
      for (const expected of shows) expect(lines, `seed ${seed}`).toContainEqual(expect.stringMatching(expected));
    }
  });

  it.each(incidents)('$name does not fail without its cause, whatever the seed', ({ name, shows = [] }) => {
    for (const { seed, notKept, lines } of forecasts(name, twinOf(name))) {
      expect({ seed, notKept }).toEqual({ seed, notKept: [] });
      for (const gone of shows) expect(lines, `seed ${seed}`).not.toContainEqual(expect.stringMatching(gone));
    }
  });

  it.each(incidents.flatMap(ofChance))('$name fails under its own seed and under $least to $most of 20', ({ name, least, most }) => {
    const failing = forecasts(name, new Map()).flatMap(({ seed, failed }) => (failed.length > 0 ? [seed] : []));
    expect(failing).toContain(loadScenario(`${folder}${name}.yaml`, new Map()).seed);
    expect(failing.length).toBeGreaterThanOrEqual(least);
    expect(failing.length).toBeLessThanOrEqual(most);
  });
});

const seeds = Array.from({ length: 20 }, (_, index) => String(index + 1));

function ofChance({ name, seedsThatFail }: Incident) {
  return seedsThatFail ? [{ name, least: seedsThatFail[0], most: seedsThatFail[1] }] : [];
}

/** What a run with each seed says, line by line: findings of the check and of the run, reasons for which pods wait, outages. */
function forecasts(name: string, overrides: Overrides) {
  const scenario = loadScenario(`${folder}${name}.yaml`, overrides);
  const checked = check(scenario);
  return seeds.map((seed) => {
    const { findings, objectives, scheduling, workloads, roll } = run(scenario, seed);
    const lines = [
      `ends ${roll.outcome}`,
      ...[...checked, ...findings].map(({ code, object, message }) => `${code} ${object}: ${message}`),
      ...scheduling.reasons.map(({ message }) => `pods wait: ${message}`),
      ...workloads.map(({ name: workload, outage }) => `outage of ${workload}: ${formatDuration(outage)}`),
      ...workloads.map(({ name: workload, wastedMoves }) => `wasted moves of ${workload}: ${wastedMoves}`),
    ];
    const failed = objectives.filter(({ outcome }) => outcome === 'fails');
    return { seed, failed, notKept: objectives.filter(({ outcome }) => outcome !== 'holds'), lines };
  });
}

/** What the last command in the opening comment of a scenario puts on its command line. */
function twinOf(name: string): Overrides {
  const [, command = ''] = /^# +rollcast run \S+ (.*)$/m.exec(readFileSync(`${folder}${name}.yaml`, 'utf8')) ?? [];
  return readOverrides([...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')).overrides;
}
