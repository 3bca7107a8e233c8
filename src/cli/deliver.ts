import type { DocumentHead } from '../experiments/Forecast.ts';
import { resultsJson, resultsYaml } from '../reports/resultsJson.ts';
import type { OutputFormat, RunOptions } from './options.ts';
import { type ReportFile, writeReportFolder } from './reportFolder.ts';
import type { Terminal } from './Terminal.ts';

/** What a command has to show for its runs. */
export interface Delivery {
  readonly document: DocumentHead;
  /** The same for people. */
  readonly text: () => string;
  readonly files: readonly ReportFile[];
  /** Where the files go; undefined: nowhere. */
  readonly folder: string | undefined;
}

/** Writes the report folder, then prints the results and where the folder is. */
export async function deliver(
  { document, text, files, folder }: Delivery,
  options: Pick<RunOptions, 'format' | 'quiet'>,
  terminal: Terminal,
): Promise<void> {
  if (folder !== undefined) await writeReportFolder(folder, files, terminal.interrupted());
  printResults(document, options.format, terminal, text);
  if (folder !== undefined && !options.quiet) terminal.say(`report: ${folder}\n`);
}

/** Prints a results document on standard output and nothing else: alone as JSON or YAML, or as the text for people. */
export function printResults(document: DocumentHead, format: OutputFormat, terminal: Terminal, text: () => string): void {
  if (format === 'json') terminal.out(resultsJson(document));
  else if (format === 'yaml') terminal.out(resultsYaml(document));
  else terminal.out(text());
}
