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

  it.each(incidents)('$name fails as it did', ({ name, fails = {}, shows = [] }) => {
    const { objectives, lines } = forecast(name, new Map());
    const failed = objectives.filter(({ outcome }) => outcome === 'fails');
    expect(failed.map(({ objective }) => objective.name)).toEqual(Object.keys(fails));
    for (const { objective, evidence } of failed) expect(evidence).toContain(fails[objective.name]);
    for (const expected of shows) expect(lines).toContainEqual(expect.stringMatching(expected));
  });

  it.each(incidents)('$name does not fail without its cause', ({ name, shows = [] }) => {
    const { objectives, lines } = forecast(name, twinOf(name));
    expect(objectives.filter(({ outcome }) => outcome !== 'holds')).toEqual([]);
    for (const gone of shows) expect(lines).not.toContainEqual(expect.stringMatching(gone));
  });

  it.each(incidents.flatMap(withSeeds))('$name fails under $least to $most of 20 seeds, its twin under none', ({ name, least, most }) => {
    const failures = (overrides: Overrides) => seeds.filter((seed) => failsUnder(name, overrides, seed)).length;
    expect(failures(new Map())).toBeGreaterThanOrEqual(least);
    expect(failures(new Map())).toBeLessThanOrEqual(most);
    expect(failures(twinOf(name))).toBe(0);
  });
});

const seeds = Array.from({ length: 20 }, (_, index) => String(index + 1));

function withSeeds({ name, seedsThatFail }: Incident) {
  return seedsThatFail ? [{ name, least: seedsThatFail[0], most: seedsThatFail[1] }] : [];
}

function failsUnder(name: string, overrides: Overrides, seed: string): boolean {
  return run(loadScenario(`${folder}${name}.yaml`, overrides), seed, 'figures').objectives.some(({ outcome }) => outcome === 'fails');
}

/** What a run says, line by line: findings of the check and of the run, reasons for which pods wait, outages. */
function forecast(name: string, overrides: Overrides) {
  const scenario = loadScenario(`${folder}${name}.yaml`, overrides);
  const { findings, objectives, scheduling, workloads, roll } = run(scenario, scenario.seed);
  const lines = [
    `ends ${roll.outcome}`,
    ...[...check(scenario), ...findings].map(({ code, object, message }) => `${code} ${object}: ${message}`),
    ...scheduling.reasons.map(({ message }) => `pods wait: ${message}`),
    ...workloads.map(({ name: workload, outage }) => `outage of ${workload}: ${formatDuration(outage)}`),
  ];
  return { objectives, lines };
}

/** What the last command in the opening comment of a scenario puts on its command line. */
function twinOf(name: string): Overrides {
  const [, command = ''] = /^# +rollcast run \S+ (.*)$/m.exec(readFileSync(`${folder}${name}.yaml`, 'utf8')) ?? [];
  return readOverrides([...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')).overrides;
}
