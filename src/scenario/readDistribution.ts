import type { Distribution } from '../sim/Distribution.ts';
import { type Duration, parseDuration } from '../units.ts';
import { describeDistribution } from './describeDistribution.ts';
import { type Path, type Reading, shownPath } from './Reading.ts';
import type { GivenDistribution, UnreadDistribution } from './schema/distribution.ts';

/** Reads how long something takes, with the file of measured values if it names one, and notes where the figure came from. */
export function readDistribution(reading: Reading, { distribution, origin }: GivenDistribution, path: Path): Distribution {
  const resolved = withValues(reading, distribution, path);
  reading.input(shownPath(path), origin, describeDistribution(resolved));
  return resolved;
}

function withValues(reading: Reading, distribution: UnreadDistribution, path: Path): Distribution {
  const never = distribution.never === undefined ? {} : { never: distribution.never };
  if (distribution.kind === 'mixture') {
    const parts = distribution.parts.map(({ weight, of }, index) => ({
      weight,
      of: withValues(reading, of, [...path, 'mixture', index, 'of']),
    }));
    return { kind: 'mixture', parts, ...never };
  }
  if (!('file' in distribution)) return distribution;
  return { kind: 'empirical', values: readValues(reading, distribution.file, [...path, 'empirical', 'file']), ...never };
}

/** One duration or number of seconds per line; empty lines and those that begin with `#` are left out. */
function readValues(reading: Reading, file: string, path: Path): Duration[] {
  const text = reading.file(file, path);
  if (text === undefined) return [];
  const values: Duration[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const written = line.trim();
    if (written === '' || written.startsWith('#')) continue;
    const value = parseDuration(/^\d+(\.\d+)?$/.test(written) ? `${written}s` : written);
    if (value === undefined) reading.refuseLine(file, index + 1, 'not a duration', 'write one duration or number of seconds per line');
    else values.push(value);
  }
  if (values.length === 0) reading.refuse({ path, message: 'the file holds no values', hint: 'write one duration per line' });
  return values;
}
