import { z } from 'zod';
import type { Distribution } from '../../sim/Distribution.ts';
import type { Origin } from '../Scenario.ts';
import { closed, refuse } from './closed.ts';
import { duration } from './duration.ts';

/** A distribution whose measured values may still be in a file. */
export type UnreadDistribution =
  | Distribution
  | { readonly kind: 'empirical'; readonly file: string; readonly never?: number }
  | {
      readonly kind: 'mixture';
      readonly parts: readonly { readonly weight: number; readonly of: UnreadDistribution }[];
      readonly never?: number;
    };

/** A distribution as a scenario gives it, with the origin it states (`assumed` when it states none). */
export interface GivenDistribution {
  readonly distribution: UnreadDistribution;
  readonly origin: Origin;
}

const positive = z.number().positive();
const weight = z.number().positive();

const shapes = {
  constant: duration,
  uniform: closed({ min: duration, max: duration }),
  triangular: closed({ min: duration, mode: duration, max: duration }),
  exponential: closed({ mean: duration }),
  logNormal: closed({ median: duration, p95: duration }),
  gamma: closed({ shape: positive, mean: duration }),
  weibull: closed({ shape: positive, scale: duration }),
  empirical: closed({ values: z.exactOptional(z.array(duration).min(1)), file: z.exactOptional(z.string()) }),
  mixture: z.array(closed({ weight, of: z.lazy((): z.ZodType<GivenDistribution> => distribution) })).min(1),
};

const shapeNames = Object.keys(shapes).join(', ');

const written = closed({
  constant: z.exactOptional(shapes.constant),
  uniform: z.exactOptional(shapes.uniform),
  triangular: z.exactOptional(shapes.triangular),
  exponential: z.exactOptional(shapes.exponential),
  logNormal: z.exactOptional(shapes.logNormal),
  gamma: z.exactOptional(shapes.gamma),
  weibull: z.exactOptional(shapes.weibull),
  empirical: z.exactOptional(shapes.empirical),
  mixture: z.exactOptional(shapes.mixture),
  never: z.exactOptional(z.number().min(0).max(1)),
  origin: z.exactOptional(z.enum(['measured', 'assumed', 'default'])),
});

/**
 * How long something takes: a duration, or an object with exactly one of the nine shapes, optionally the probability `never` that it
 * does not happen at all, and its `origin`.
 */
export const distribution: z.ZodType<GivenDistribution> = z
  .union([
    duration.transform((value): GivenDistribution => ({ distribution: { kind: 'constant', value }, origin: 'assumed' })),
    written.transform((given, context): GivenDistribution => {
      const shape = onlyShape(given, context);
      const { never, origin = 'assumed' } = given;
      return { distribution: never === undefined ? shape : { ...shape, never }, origin };
    }),
  ])
  .meta({
    description:
      'A duration such as 8m, or one of constant, uniform, triangular, exponential, logNormal, gamma, weibull, empirical, mixture',
  });

function onlyShape(given: z.output<typeof written>, context: z.RefinementCtx): UnreadDistribution {
  const [shape, ...more] = shapesOf(given, context);
  if (shape && more.length === 0) return shape;
  refuse(context, shape ? 'more than one distribution' : 'no distribution', `give exactly one of ${shapeNames}`);
  return z.NEVER;
}

function shapesOf(given: z.output<typeof written>, context: z.RefinementCtx): UnreadDistribution[] {
  const { constant, uniform, triangular, exponential, logNormal, gamma, weibull, empirical, mixture } = given;
  const found: UnreadDistribution[] = [];
  if (constant !== undefined) found.push({ kind: 'constant', value: constant });
  if (uniform) found.push({ kind: 'uniform', ...inOrder(uniform, 'uniform', ['min', 'max'], context) });
  if (triangular) found.push({ kind: 'triangular', ...inOrder(triangular, 'triangular', ['min', 'mode', 'max'], context) });
  if (exponential) found.push({ kind: 'exponential', ...exponential });
  if (logNormal) found.push({ kind: 'logNormal', ...aboveZero(inOrder(logNormal, 'logNormal', ['median', 'p95'], context), context) });
  if (gamma) found.push({ kind: 'gamma', ...gamma });
  if (weibull) found.push({ kind: 'weibull', ...weibull });
  if (empirical) found.push(empiricalShape(empirical, context));
  if (mixture) found.push({ kind: 'mixture', parts: mixture.map(({ weight, of }) => ({ weight, of: of.distribution })) });
  return found;
}

/** Faults parameters that must not fall from one to the next. */
function inOrder<T extends object>(values: T, name: string, order: readonly (keyof T & string)[], context: z.RefinementCtx): T {
  const falls = order.some((key, index) => {
    const next = order[index + 1];
    return next !== undefined && values[key] > values[next];
  });
  if (falls) refuse(context, `${order.join(' <= ')} does not hold`, 'put the values in order', [name]);
  return values;
}

function aboveZero<T extends { readonly median: number }>(values: T, context: z.RefinementCtx): T {
  if (values.median === 0) refuse(context, 'the median must be above 0', 'use constant for no time at all', ['logNormal', 'median']);
  return values;
}

function empiricalShape({ values, file }: z.output<typeof shapes.empirical>, context: z.RefinementCtx): UnreadDistribution {
  if (values && file === undefined) return { kind: 'empirical', values };
  if (file !== undefined && !values) return { kind: 'empirical', file };
  refuse(context, values ? 'both values and file' : 'neither values nor file', 'give exactly one of values, file', ['empirical']);
  return z.NEVER;
}
