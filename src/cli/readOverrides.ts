import { RollError } from '../errors.ts';
import type { Overrides } from '../scenario/overrides.ts';

/** A command line parted into scenario values and everything else. */
export interface PartedWords {
  readonly overrides: Overrides;
  readonly words: readonly string[];
}

const plainNames = ['start', 'horizon', 'kubernetesVersion', 'latencies', 'seed', 'disturbances'];

/**
 * Takes the scenario's names out of a command line: every option with a dot in its name (`--roll.maxUnavailable 5`,
 * `--roll.pacing=window`) and the plain ones at the top of a scenario's `spec`. The last one wins.
 * @throws RollError `ARGUMENT_INVALID` when a value is missing.
 */
export function readOverrides(all: readonly string[]): PartedWords {
  const overrides = new Map<string, string>();
  const words: string[] = [];
  for (let index = 0; index < all.length; index += 1) {
    const word = all[index] ?? '';
    const match = /^--([A-Za-z]\w*(?:\.\w+)*)(?:=(.*))?$/s.exec(word);
    const name = match?.[1] ?? '';
    if (name.includes('.') || plainNames.includes(name)) overrides.set(name, valueText(name, match?.[2] ?? all[++index]));
    else words.push(word);
  }
  return { overrides, words };
}

/** The text of a value as YAML: as given, but a seed is quoted, since `7` and `007` are different seeds. */
function valueText(name: string, text: string | undefined): string {
  if (text !== undefined) return name === 'seed' ? JSON.stringify(text) : text;
  throw new RollError([{ code: 'ARGUMENT_INVALID', message: `--${name} needs a value`, hint: `write --${name} VALUE` }]);
}
