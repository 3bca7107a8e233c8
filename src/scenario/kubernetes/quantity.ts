import { z } from 'zod';
import type { ResourceList } from '../../cluster/ResourceList.ts';
import { parseQuantity } from '../../units.ts';

const amount = z.union([z.string(), z.number()]);

const HINT = 'quantities are numbers with a suffix such as m, k, Ki, Mi or Gi';

/** A quantity in whole units (bytes, devices), rounded up; never negative. */
export const quantity = amount.transform((value, context) =>
  readAmount(value, 1, (message) => context.addIssue({ code: 'custom', message, params: { hint: HINT } })),
);

/** Quantities by resource name: `cpu` in thousandths, everything else in whole units; never negative. */
export const resourceList = z
  .record(z.string(), amount)
  .nullish()
  .transform((given, context): ResourceList => {
    const list: Record<string, number> = {};
    for (const [resource, value] of Object.entries(given ?? {})) {
      const complain = (message: string) => context.addIssue({ code: 'custom', message, params: { hint: HINT }, path: [resource] });
      list[resource] = readAmount(value, resource === 'cpu' ? 1000 : 1, complain);
    }
    return list;
  });

function readAmount(value: string | number, scale: 1 | 1000, complain: (message: string) => void): number {
  const parsed = parseQuantity(String(value), scale);
  if (parsed === undefined) complain('this is no Kubernetes quantity');
  else if (parsed < 0) complain('a quantity cannot be negative');
  return parsed ?? 0;
}
