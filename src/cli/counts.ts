import { type Fault, throwFaults } from '../errors.ts';

/** The options that take a count: the largest value, and an example. */
const counts = {
  attempt: { most: 1_000_000, example: 1 },
  'max-replications': { most: 100_000, example: 1000 },
  replications: { most: 100_000, example: 100 },
  seeds: { most: 10_000, example: 20 },
  threads: { most: 1024, example: 4 },
} as const;

export type CountName = keyof typeof counts;

/** Reads a whole number that the option `name` takes; NaN for anything else, which {@link requireCounts} refuses. */
export function countOf(name: CountName): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= 1 && value <= counts[name].most ? value : Number.NaN;
  };
}

/**
 * Refuses `options` when {@link countOf} could not read one of them. This is a step of its own because yargs keeps only the message of an
 * error thrown while it reads an option.
 * @throws RollError `ARGUMENT_INVALID` with a fault for each.
 */
export function requireCounts(options: Readonly<Record<string, unknown>>): true {
  throwFaults(
    Object.entries(counts).flatMap(([name, { most, example }]) => (Number.isNaN(options[name]) ? [noCount(name, most, example)] : [])),
  );
  return true;
}

function noCount(name: string, most: number, example: number): Fault {
  return { code: 'ARGUMENT_INVALID', message: `--${name} is no whole number from 1 to ${most}`, hint: `write --${name} ${example}` };
}
