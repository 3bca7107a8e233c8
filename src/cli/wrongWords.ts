import { RollError } from '../errors.ts';
import { knownHint } from '../scenario/nearest.ts';
import type { Command } from './Command.ts';

/** A command line as far as it is understood. */
export interface Asked {
  /** What the program is called by, such as `kubectl rollcast`. */
  readonly name: string;
  /** The first word, which should name a command. */
  readonly word: string | undefined;
  readonly commands: readonly Pick<Command<never>, 'usage' | 'needs'>[];
}

/** Commands that yargs adds. */
const ADDED = ['completion', 'help'];

/** What is wrong with a command line that yargs rejected with `message`, in the words of this program and with what to write instead. */
export function wrongWords(message: string, { name, word = '', commands }: Asked): RollError {
  const named = new Map(commands.map((command) => [command.usage.split(' ', 1)[0] ?? '', command]));
  const isMeantAsCommand = word !== '' && !word.startsWith('-');
  if (isMeantAsCommand && !named.has(word) && !ADDED.includes(word))
    return invalid(`unknown command "${word}"`, knownHint(word, [...named.keys(), ...ADDED]));
  const { needs } = named.get(word) ?? {};
  if (needs && message.startsWith('Not enough non-option arguments'))
    return invalid(`${word} needs ${needs.what}`, `such as: ${name} ${needs.example}`);
  return invalid(message, named.has(word) ? `see: ${name} ${word} --help` : `see: ${name} --help`);
}

function invalid(message: string, hint: string): RollError {
  return new RollError([{ code: 'ARGUMENT_INVALID', message, hint }]);
}
