import { z } from 'zod';
import { type Bytes, type MilliCpu, parseBytes, parseMilliCpu, parseQuantity } from '../../units.ts';
import { refuse } from './closed.ts';

/** A Kubernetes quantity, kept as written: `500m`, `28Gi`, `110`. Never negative. */
export const quantity = z
  .union([z.string(), z.number()])
  .transform((value, context): string => {
    const text = String(value);
    const amount = parseQuantity(text, 1000);
    if (amount === undefined) refuse(context, 'not a Kubernetes quantity', 'suffixes are m, k, M, G, T, P, E and Ki, Mi, Gi, Ti, Pi, Ei');
    else if (amount < 0) refuse(context, 'a quantity must not be negative', 'write 0 or more');
    return text;
  })
  .meta({ description: 'A Kubernetes quantity such as 500m, 28Gi or 110' });

/** Quantities by resource name: `cpu`, `memory`, `pods`, `ephemeral-storage`, `nvidia.com/gpu`. */
export const resources = z.record(z.string(), quantity);

/** A number of bytes above 0, with or without a final B: `300MB`, `300Mi`, `1.5GiB`. */
export const byteSize = z
  .union([z.string(), z.number()])
  .transform((value, context): Bytes => {
    const bytes = parseBytes(String(value).replace(/B$/, ''));
    if (bytes !== undefined && bytes > 0) return bytes;
    refuse(context, 'not a number of bytes above 0', 'such as 300MB or 1.5GiB');
    return z.NEVER;
  })
  .meta({ description: 'A number of bytes such as 300MB or 1.5GiB' });

/** CPUs above 0: `2`, `500m`. */
export const cpuAmount = z
  .union([z.string(), z.number()])
  .transform((value, context): MilliCpu => {
    const cpu = parseMilliCpu(String(value));
    if (cpu !== undefined && cpu > 0) return cpu;
    refuse(context, 'not an amount of CPU above 0', 'such as 2 or 500m');
    return z.NEVER;
  })
  .meta({ description: 'CPUs such as 2 or 500m' });

/** A whole number from 0, or a percentage, as disruption budgets take it: `1`, `"25%"`. */
export const intOrPercent = z.union([z.int().min(0), z.string().regex(/^\d+%$/, 'expected a whole number or a percentage such as 25%')]);
