import { z } from 'zod';
import { type Duration, NEVER, parseDuration } from '../../units.ts';
import { refuse } from './closed.ts';

const EXAMPLES = 'write a number with ms, s, m, h or d, such as 90s or 1h30m';

/** A length of time as text: `90s`, `1h30m`, `0s`. Never negative. */
export const duration = z
  .string()
  .transform((text, context): Duration => readDuration(text, context))
  .meta({ description: 'A length of time such as 90s, 8m or 1h30m' });

/** A length of time, or `never` for one without an end. */
export const durationOrNever = z
  .string()
  .transform((text, context): Duration => (text === 'never' ? NEVER : readDuration(text, context)))
  .meta({ description: 'A length of time such as 15m, or never' });

function readDuration(text: string, context: z.RefinementCtx): Duration {
  const value = parseDuration(text);
  if (value !== undefined) return value;
  const isNegative = text.startsWith('-') && parseDuration(text.slice(1)) !== undefined;
  refuse(context, isNegative ? 'a duration must not be negative' : 'not a duration', EXAMPLES);
  return z.NEVER;
}
