import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Comparison } from './Comparison.ts';
import type { ConformanceResult } from './ConformanceResult.ts';
import { outOfScope, replays } from './replays.ts';
import { reportJson, reportText } from './report.ts';

/**
 * Replays every recording below `folder`, whatever its kind; recordings are `.json` files, gzipped or not. A single file is a folder of one.
 */
export async function runConformance(folder: string): Promise<ConformanceResult> {
  const recordings: Record<string, number> = {};
  const comparisons = new Map<string, Comparison[]>();
  const unknown: { file: string; format: string }[] = [];
  const skipped: { file: string; steps: readonly string[] }[] = [];
  const broken: { file: string; message: string }[] = [];
  for (const file of tracesBelow(folder)) {
    const name = relative(folder, file) || basename(file);
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
      for (const comparison of await replay(trace, name)) found.push(comparison);
      const steps = outOfScope[format]?.(trace) ?? [];
      if (steps.length > 0) skipped.push({ file: name, steps });
    } catch (error) {
      broken.push({ file: name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { recordings, comparisons, outOfScope: skipped, unknown, broken };
}

function tracesBelow(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder];
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

interface Answer {
  readonly exitCode: 0 | 1 | 2;
  readonly output: string;
  readonly complaint: string;
}

/**
 * Answers one call of the command: what it prints, and whether all that was compared is equal (0), is not or could not be read (1), or
 * there was nothing to compare (2), which must not pass for agreement.
 */
export async function answer(args: readonly string[]): Promise<Answer> {
  const folder = args.find((arg) => !arg.startsWith('--'));
  if (folder === undefined) return { exitCode: 2, output: '', complaint: 'usage: npm run conformance -- FOLDER [--json]\n' };
  if (!statSync(folder, { throwIfNoEntry: false })) return { exitCode: 2, output: '', complaint: `there is no folder ${folder}\n` };
  const result = await runConformance(folder);
  const output = args.includes('--json') ? reportJson(result) : reportText(result);
  if (result.broken.length > 0) return { exitCode: 1, output, complaint: '' };
  if (result.comparisons.size === 0) return { exitCode: 2, output, complaint: `no recording below ${folder}\n` };
  const isAllEqual = [...result.comparisons.values()].every((list) => list.every(({ equal }) => equal));
  return { exitCode: isAllEqual ? 0 : 1, output, complaint: '' };
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  const { exitCode, output, complaint } = await answer(process.argv.slice(2));
  process.stdout.write(output);
  process.stderr.write(complaint);
  process.exitCode = exitCode;
}
