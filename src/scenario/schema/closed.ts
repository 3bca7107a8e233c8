import { z } from 'zod';

/**
 * An object that allows no other keys. The message of an unknown key is the comma-separated list of the known ones, from which
 * `schemaFaults` makes its hint.
 */
export function closed<const Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined) });
}

/** Adds a fault to a value inside a transform; `hint` is the next thing to try. */
export function refuse(context: z.RefinementCtx, message: string, hint: string, path: readonly PropertyKey[] = []): void {
  context.addIssue({ code: 'custom', message, params: { hint }, path: [...path] });
}
