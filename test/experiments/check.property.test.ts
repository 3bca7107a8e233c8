import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/experiments/check.ts';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import type { Finding, Scenario } from '../../src/scenario/Scenario.ts';
import { hinderedScenarios } from '../support/hinderedScenarios.ts';

/** Whether what happened in `result` bears out that an error is certain. */
function isBorneOut({ code, object }: Finding, { roll, scheduling, objectives, isCutOff }: RunResult): boolean {
  if (code === 'CAPACITY_TOO_SMALL') return scheduling.peakPending > 0 || isCutOff;
  if (code === 'WINDOW_TOO_SHORT')
    return objectives.some((each) => object === `Objective/${each.objective.name}` && each.outcome !== 'holds');
  return roll.outcome !== 'completed' || roll.nodes.some(({ forcedKills }) => forcedKills > 0);
}

function refuted(scenario: Scenario): string[] {
  const errors = check(scenario).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  const result = run(scenario, scenario.seed, 'figures');
  return errors.filter((finding) => !isBorneOut(finding, result)).map(({ code, object, message }) => `${code} ${object}: ${message}`);
}

/** What a report says of a roll that did not complete. */
function errorsOfRun(scenario: Scenario): string[] | undefined {
  const { roll, findings } = run(scenario, scenario.seed);
  if (roll.outcome === 'completed' || roll.outcome === 'horizon') return undefined;
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

describe('check', () => {
  it('calls nothing an error that a run does not bear out', () => {
    fc.assert(
      fc.property(hinderedScenarios, (scenario) => {
        expect(refuted(scenario)).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });
});

describe('a run that does not complete', () => {
  it('says why', () => {
    fc.assert(
      fc.property(hinderedScenarios, (scenario) => {
        expect(errorsOfRun(scenario)).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
