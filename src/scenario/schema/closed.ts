import { z } from 'zod';

/** From what `schemaFaults` makes the hint of an unknown key. */
export interface KnownKeys {
  readonly known: readonly string[];
  /** By key: where one belongs that people tend to put here. */
  readonly elsewhere: Readonly<Record<string, string>>;
}

/** An object that allows no other keys. The message of an unknown key is {@link KnownKeys} as JSON. */
export function closed<const Shape extends z.core.$ZodLooseShape>(shape: Shape, elsewhere: KnownKeys['elsewhere'] = {}) {
  const keys: KnownKeys = { known: Object.keys(shape), elsewhere };
  const message = JSON.stringify(keys);
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? message : undefined) });
}

/** Adds a fault to a value inside a transform; `hint` is the next thing to try. */
export function refuse(context: z.RefinementCtx, message: string, hint: string, path: readonly PropertyKey[] = []): void {
  context.addIssue({ code: 'custom', message, params: { hint }, path: [...path] });
}

/** Makes a check of an object run although parts of the object are wrong; it sees these parts as written, of whatever type. */
export const despiteFaults = { when: ({ value }: z.core.ParsePayload) => typeof value === 'object' && value !== null };
