import { z } from 'zod';
import { scenario } from './schema/scenario.ts';

/** The scenario format as JSON Schema (draft 2020-12), for editors and for `rollcast schema`. */
export function scenarioJsonSchema(): Readonly<Record<string, unknown>> {
  return { title: 'Rollcast scenario', ...z.toJSONSchema(scenario, { io: 'input' }) };
}
