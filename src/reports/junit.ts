import type { Forecast, ForecastReport } from '../experiments/Forecast.ts';

type ObjectiveRow = Forecast['verdict']['objectives'][number];

/**
 * The verdict as JUnit XML, one test case per objective, so that a pipeline shows it like any other test. An unknown objective is an
 * error, never a pass. Carries no time stamp: the same forecast gives the same bytes.
 */
export function junit({ forecast }: ForecastReport): string {
  const { objectives } = forecast.verdict;
  const failures = objectives.filter(({ outcome }) => outcome === 'fails').length;
  const errors = objectives.filter(({ outcome }) => outcome === 'unknown').length;
  const counts = `tests="${objectives.length}" failures="${failures}" errors="${errors}"`;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rollcast" ${counts}>`,
    `  <testsuite name="${escapeXml(forecast.scenario)}" ${counts} skipped="0">`,
    ...objectives.map((objective) => testCase(objective, forecast.scenario)),
    `    <system-out>${escapeXml(forecast.verdict.sentence)}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
}

function testCase({ name, outcome, certainty, evidence }: ObjectiveRow, scenario: string): string {
  const open = `    <testcase classname="${escapeXml(scenario)}" name="${escapeXml(name)}"`;
  if (outcome === 'holds') return `${open}/>`;
  const element = outcome === 'fails' ? 'failure' : 'error';
  return `${open}><${element} type="${certainty}" message="${escapeXml(evidence)}"/></testcase>`;
}

/** Escapes markup and drops the control characters that XML 1.0 forbids even escaped. */
function escapeXml(text: string): string {
  return text
    .replaceAll(forbidden, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
