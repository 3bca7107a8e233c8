import { check, errorsFirst } from '../../experiments/check.ts';
import { SCHEMA_VERSION } from '../../experiments/Forecast.ts';
import { countOf } from '../../reports/figures.ts';
import { findingSections } from '../../reports/findingRows.ts';
import { pageText } from '../../reports/table.ts';
import type { Finding } from '../../scenario/Scenario.ts';
import type { Command } from '../Command.ts';
import { printResults } from '../deliver.ts';
import { exitCode } from '../exitCode.ts';
import { loadScenario } from '../loadScenario.ts';
import { type OutputFormat, type SnapshotUse, withFormat, withSnapshot } from '../options.ts';
import { version } from '../version.ts';

/** Rules that need no simulation; ends with 1 when one of them finds an error. */
export const checkCommand: Command<{ scenario: string; format: OutputFormat; snapshot: SnapshotUse }> = {
  usage: 'check <scenario>',
  describes: 'find what is wrong before any simulation; exit code 1 on an error',
  needs: { what: 'a scenario file', example: 'check scenario.yaml' },
  options: (parser) =>
    withSnapshot(withFormat(parser.positional('scenario', { type: 'string', demandOption: true, describe: 'scenario file' }))),
  async run({ scenario: file, format, snapshot }, { terminal, overrides }) {
    const scenario = loadScenario(file, overrides, snapshot);
    const findings = errorsFirst([...check(scenario), ...scenario.warnings]);
    const document = { schemaVersion: SCHEMA_VERSION, rollcast: version, scenario: scenario.name, seed: scenario.seed, findings };
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const steps = errors === 0 ? [`forecast the roll: rollcast run ${file}`] : [`put the errors right, then: rollcast check ${file}`];
    printResults(document, format, terminal, () =>
      pageText(verdictOf(findings), findingSections(findings, findings.length), steps, terminal.style),
    );
    return errors > 0 ? exitCode.fails : exitCode.holds;
  },
};

function verdictOf(findings: readonly Finding[]): Parameters<typeof pageText>[0] {
  const count = (wanted: Finding['severity']) => findings.filter(({ severity }) => severity === wanted).length;
  const counts = `${countOf(count('error'), 'error')} and ${countOf(count('warning'), 'warning')}`;
  return count('error') > 0
    ? { outcome: 'fails', sentence: `${counts}: the roll cannot go well as it stands.` }
    : { outcome: 'holds', sentence: `${counts} without simulation; only a run tells whether the roll goes well.` };
}
