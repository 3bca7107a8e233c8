import { scenarioJsonSchema } from '../../scenario/scenarioJsonSchema.ts';
import type { Command } from '../Command.ts';
import { exitCode } from '../exitCode.ts';

/** Prints the scenario format as JSON Schema, for editors. */
export const schemaCommand: Command<object> = {
  usage: 'schema',
  describes: 'print the scenario format as JSON Schema',
  options: (parser) => parser,
  async run(_options, { terminal }) {
    terminal.out(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
    return exitCode.holds;
  },
};
