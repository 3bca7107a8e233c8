import type { z } from 'zod';

/** An object as read, or what is wrong with it. */
export type ReadResult<T> = { readonly value: T } | { readonly issues: readonly z.core.$ZodIssue[] };

/** Reads `given` by `schema` and makes the object from it; what is wrong is returned, never thrown. */
export function readWith<S extends z.ZodType, T>(schema: S, given: unknown, make: (raw: z.output<S>) => T): ReadResult<T> {
  const parsed = schema.safeParse(given);
  return parsed.success ? { value: make(parsed.data) } : { issues: parsed.error.issues };
}
