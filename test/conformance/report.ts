import type { Comparison } from './Comparison.ts';
import type { ConformanceResult } from './ConformanceResult.ts';

/** What was compared under one name, and how much of it agreed. */
interface Tally {
  readonly compared: number;
  readonly equal: number;
}

/** For people: one block per format, with a line per scheduler plugin, then every disagreement, then what was left out. */
export function reportText({ recordings, comparisons, outOfScope, unknown, broken }: ConformanceResult): string {
  const lines: string[] = [];
  for (const [format, list] of comparisons) {
    lines.push(`${format}: ${recordings[format]} recordings, ${textOf(tallyOf(list))}`);
    for (const [name, tally] of talliesBy(list)) lines.push(`  ${name}: ${textOf(tally)}`);
    lines.push(...forecastsByFile(list));
  }
  for (const list of comparisons.values()) lines.push(...list.filter(({ equal }) => !equal).map(disagreement));
  for (const { file, message } of broken) lines.push(`${file}: could not be replayed: ${message}`);
  const steps = outOfScope.flatMap((each) => each.steps).length;
  if (steps > 0)
    lines.push(`${steps} steps are out of scope: the API refuses them before it looks at a budget, or their namespace is going`);
  for (const each of outOfScope) lines.push(`  ${each.file}: ${each.steps.join(', ')}`);
  for (const { file, format } of unknown) lines.push(`${file}: format ${format} is not known and was left out`);
  return `${lines.join('\n')}\n`;
}

/** For programs: the same facts. */
export function reportJson({ recordings, comparisons, outOfScope, unknown, broken }: ConformanceResult): string {
  const kinds = [...comparisons].map(([format, list]) => ({
    format,
    recordings: recordings[format],
    ...tallyOf(list),
    parts: Object.fromEntries(talliesBy(list)),
    disagreements: list.filter(({ equal }) => !equal),
  }));
  return `${JSON.stringify({ kinds, outOfScope, broken, unknown }, undefined, 2)}\n`;
}

function tallyOf(list: readonly Comparison[]): Tally {
  return { compared: list.length, equal: list.filter(({ equal }) => equal).length };
}

function talliesBy(list: readonly Comparison[]): Map<string, Tally> {
  const parts = new Map<string, Comparison[]>();
  for (const comparison of list) {
    const name = comparison.plugin === undefined ? comparison.what : `${comparison.plugin} ${comparison.what}`;
    const part = parts.get(name) ?? [];
    parts.set(name, part);
    part.push(comparison);
  }
  return new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, tallyOf(part)]));
}

/** For recordings that are compared with ranges: the share of each file that agrees, and how wide its ranges are. */
function forecastsByFile(list: readonly Comparison[]): string[] {
  const files = [...new Set(list.filter(({ width }) => width !== undefined).map(({ file }) => file))];
  return files.map((file) => {
    const own = list.filter((comparison) => comparison.file === file);
    const widths = own.flatMap(({ width }) => width ?? []);
    const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
    const { compared, equal } = tallyOf(own);
    return `  ${file}: ${((100 * equal) / compared).toFixed(1)} % of ${compared} figures agree, ranges ${mean.toFixed(2)} s wide`;
  });
}

function textOf({ compared, equal }: Tally): string {
  return `${compared} compared, ${equal} equal`;
}

function disagreement({ file, step, what, plugin, expected, actual }: Comparison): string {
  return `${file}: step ${step}: ${plugin === undefined ? what : `${plugin} ${what}`}\n  expected ${expected}\n  got      ${actual}`;
}
