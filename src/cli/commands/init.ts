import { writeFile } from 'node:fs/promises';
import { RollError } from '../../errors.ts';
import { STARTER_SCENARIO } from '../../scenario/starterScenario.ts';
import type { Command } from '../Command.ts';
import { exitCode } from '../exitCode.ts';

/** Writes a commented scenario to begin with; never over a file that is there. */
export const initCommand: Command<{ file: string }> = {
  usage: 'init [file]',
  describes: 'write a commented scenario to begin with',
  options: (parser) => parser.positional('file', { type: 'string', default: 'scenario.yaml', describe: 'file to write' }),
  async run({ file }, { terminal }) {
    try {
      await writeFile(file, STARTER_SCENARIO, { flag: 'wx' });
    } catch (error) {
      throw unwritable(file, error);
    }
    terminal.say(`wrote ${file}; next: rollcast run ${file}\n`);
    return exitCode.holds;
  },
};

function unwritable(file: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const why = error.code === 'EEXIST' ? 'is there already; it is left alone' : `cannot be written (${String(error.code)})`;
  return new RollError([{ code: 'OUTPUT_UNWRITABLE', message: `${file} ${why}`, hint: 'name another file: rollcast init other.yaml' }]);
}
