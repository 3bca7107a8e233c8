import { applyOverrides, type Overrides } from './overrides.ts';
import { parseText } from './parseText.ts';

/** What a scenario wants to have read for it, each as written: paths are relative to the scenario file. */
export interface SourceReferences {
  /** Entries of `cluster.load`: files, folders, globs, `-` for standard input. */
  readonly load: readonly string[];
  /** Files to be read as text: request, demand curves, measured times. */
  readonly files: readonly string[];
}

/**
 * The files that a scenario refers to, so that the command line can read them before {@link parseScenario} runs.
 * Finds nothing in a text that is no scenario; `parseScenario` then says what is wrong.
 */
export function referencedSources(text: string, file: string, overrides: Overrides = new Map()): SourceReferences {
  const [document] = parseText(text, file).documents;
  const spec = field(document && applyOverrides(document.value, overrides), 'spec');
  const request = field(field(spec, 'roll'), 'request');
  const found = [...strings([request]), ...['timing', 'demand', 'quorums'].flatMap((section) => filesIn(field(spec, section)))];
  return { load: strings(field(field(spec, 'cluster'), 'load')), files: [...new Set(found)] };
}

/** Every text under a key `file`, at any depth. */
function filesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'file' ? strings([item]) : filesIn(item)));
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
