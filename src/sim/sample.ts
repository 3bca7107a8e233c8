import { randomGamma, randomLogNormal } from 'd3-random';
import { type Duration, milliseconds, NEVER, ZERO } from '../units.ts';
import type { Distribution } from './Distribution.ts';
import type { RandomNumbers } from './RandomStream.ts';

/** Standard normal quantile of 95 %: the distance from median to p95 in standard deviations. */
const NORMAL_95 = 1.6448536269514722;

/**
 * Draws one duration from `distribution`: whole milliseconds, never negative, or `NEVER` with the probability given as `never`.
 *
 * Every kind but `gamma` and `logNormal` takes exactly one number from `stream` (and one more for `never`), by the inverse of its
 * distribution function; so two scenarios that differ in one parameter meet the same luck.
 * @throws RangeError when an empirical distribution or a mixture is empty.
 */
export function sample(distribution: Distribution, stream: RandomNumbers): Duration {
  const { never = 0 } = distribution;
  if (never > 0 && stream.next() < never) return NEVER;
  if (distribution.kind === 'constant') return distribution.value;
  if (distribution.kind === 'mixture') return sample(pickPart(distribution.parts, stream.next()), stream);
  return milliseconds(Math.max(ZERO, drawShape(distribution, stream)));
}

type Plain = Exclude<Distribution, { readonly kind: 'constant' | 'mixture' }>;

function drawShape(shape: Plain, stream: RandomNumbers): number {
  switch (shape.kind) {
    case 'uniform':
      return shape.min + (shape.max - shape.min) * stream.next();
    case 'triangular':
      return invertTriangular(shape, stream.next());
    case 'exponential':
      return -Math.log1p(-stream.next()) * shape.mean;
    case 'weibull':
      return shape.scale * (-Math.log1p(-stream.next())) ** (1 / shape.shape);
    case 'logNormal':
      return randomLogNormal.source(() => stream.next())(Math.log(shape.median), Math.log(shape.p95 / shape.median) / NORMAL_95)();
    case 'gamma':
      return randomGamma.source(() => stream.next())(shape.shape, shape.mean / shape.shape)();
    case 'empirical':
      return valueAt(shape.values, stream.next());
  }
}

function invertTriangular(shape: { min: number; mode: number; max: number }, probability: number): number {
  const { min, mode, max } = shape;
  const width = max - min;
  if (width === 0) return min;
  if (probability < (mode - min) / width) return min + Math.sqrt(probability * width * (mode - min));
  return max - Math.sqrt((1 - probability) * width * (max - mode));
}

function valueAt(values: readonly Duration[], probability: number): Duration {
  const value = values[Math.floor(probability * values.length)];
  if (value === undefined) throw new RangeError('an empirical distribution needs at least one value');
  return value;
}

type Parts = Extract<Distribution, { readonly kind: 'mixture' }>['parts'];

/** The part in whose share of the total weight `probability` falls; rounding can only ever favour the last part. */
function pickPart(parts: Parts, probability: number): Distribution {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  let rest = probability * total;
  for (const part of parts) {
    rest -= part.weight;
    if (rest < 0) return part.of;
  }
  const last = parts.at(-1);
  if (!last) throw new RangeError('a mixture needs at least one part');
  return last.of;
}
