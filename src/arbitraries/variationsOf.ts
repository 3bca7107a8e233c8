import fc from 'fast-check';
import { parseScenario, type ScenarioInput } from '../scenario/parseScenario.ts';
import { quoteWord } from '../scenario/quoteWord.ts';
import type { Scenario } from '../scenario/Scenario.ts';

/** Values to try, for each dotted path without the leading `spec`, such as `roll.maxUnavailable` or `disturbances`. */
export type Settings = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** One way in which a scenario may go; printed as the command that shows it. */
export interface Variation {
  /** The scenario with `settings`. */
  readonly scenario: Scenario;
  /** For `run`: all that is left to chance follows from it. */
  readonly seed: string;
  /** By path, as written on a command line. */
  readonly settings: ReadonlyMap<string, string>;
}

/**
 * The scenario of `input` with every seed and with other `settings`; those that are not varied are as given. Shrinks towards seed 0 and the
 * simplest value of each setting.
 *
 * Making a value throws a {@link RollError} with every fault of the scenario where its settings do not go together.
 */
export function variationsOf(input: ScenarioInput, settings: Settings = {}): fc.Arbitrary<Variation> {
  return fc.record({ seed: fc.nat(), values: fc.record({ ...settings }) }).map(({ seed, values }) => vary(input, String(seed), values));
}

function vary(input: ScenarioInput, seed: string, values: Readonly<Record<string, unknown>>): Variation {
  const settings = new Map(Object.entries(values).map(([path, value]) => [path, textOf(value)]));
  const scenario = parseScenario({ ...input, overrides: new Map([...(input.overrides ?? []), ...settings]) });
  const variation: Variation = { scenario, seed, settings };
  return Object.assign(variation, { [fc.toStringMethod]: () => commandFor(input, variation) });
}

/** A value as YAML, which is how the command line reads it. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function commandFor({ file, overrides = new Map() }: ScenarioInput, { seed, settings }: Variation): string {
  const all = new Map([...overrides, ...settings, ['seed', seed]]);
  const options = [...all].flatMap(([path, value]) => [`--${path}`, textOf(value)]);
  return ['rollcast', 'run', file, ...options].map(quoteWord).join(' ');
}
