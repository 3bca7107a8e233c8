import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Comparison } from './Comparison.ts';
import type { ConformanceResult } from './ConformanceResult.ts';
import { outOfScope, replays } from './replays.ts';
import { reportJson, reportText } from './report.ts';

/** Replays every recording below `folder`, whatever its kind; recordings are `.json` files, gzipped or not. */
export function runConformance(folder: string): ConformanceResult {
  const recordings: Record<string, number> = {};
  const comparisons = new Map<string, Comparison[]>();
  const unknown: { file: string; format: string }[] = [];
  const skipped: { file: string; steps: readonly string[] }[] = [];
  const broken: { file: string; message: string }[] = [];
  for (const file of tracesBelow(folder)) {
    const name = relative(folder, file);
    try {
      const trace = readTrace(file);
      const format = formatOf(trace);
      const replay = replays[format];
      if (!replay) {
        unknown.push({ file: name, format });
        continue;
      }
      recordings[format] = (recordings[format] ?? 0) + 1;
      const found = comparisons.get(format) ?? [];
      comparisons.set(format, found);
      for (const comparison of replay(trace, name)) found.push(comparison);
      const steps = outOfScope[format]?.(trace) ?? [];
      if (steps.length > 0) skipped.push({ file: name, steps });
    } catch (error) {
      broken.push({ file: name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { recordings, comparisons, outOfScope: skipped, unknown, broken };
}

function tracesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') || name.endsWith('.json.gz'))
    .map((name) => join(folder, name))
    .sort();
}

function readTrace(file: string): unknown {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
}

function formatOf(trace: unknown): string {
  const format = typeof trace === 'object' && trace !== null && 'format' in trace ? trace.format : undefined;
  return typeof format === 'string' ? format : 'none';
}

function main(args: readonly string[]): number {
  const folder = args.find((arg) => !arg.startsWith('--'));
  if (folder === undefined) {
    process.stderr.write('usage: npm run conformance -- FOLDER [--json]\n');
    return 2;
  }
  const result = runConformance(folder);
  process.stdout.write(args.includes('--json') ? reportJson(result) : reportText(result));
  const isAllEqual = [...result.comparisons.values()].every((list) => list.every(({ equal }) => equal));
  return isAllEqual && result.broken.length === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) process.exitCode = main(process.argv.slice(2));
