import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import { RollError } from '../errors.ts';
import { cellsOver, type SweepCell } from '../experiments/sweep.ts';
import { presets } from '../rolls/registry.ts';
import type { Overrides } from '../scenario/overrides.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { loadScenario } from './loadScenario.ts';
import type { SnapshotUse } from './options.ts';
import { sharingCluster } from './sharingCluster.ts';

/** What a sweep is asked to vary, as written on the command line. */
export interface SweepWish {
  readonly file: string;
  /** `1..20`, `2,4,8` or both mixed; undefined: the scenario's own value. */
  readonly maxUnavailable: string | undefined;
  /** Each `name=level,level,…`; the name is the scenario's, such as `roll.pacing`. */
  readonly factors: readonly string[];
  readonly overrides: Overrides;
  readonly snapshot: SnapshotUse;
}

/**
 * Every combination of the levels, `maxUnavailable` varying fastest. The scenario is read once per combination of the other factors;
 * cells with equal clusters share one.
 * @throws RollError `ARGUMENT_INVALID` for levels that cannot be read or that the roll system does not take, and for a factor that is
 * given twice or is no setting.
 */
export function sweepCells({ file, maxUnavailable, factors, overrides, snapshot }: SweepWish): SweepCell[] {
  const levels = maxUnavailable === undefined ? undefined : readLevels(maxUnavailable);
  const clusters: ClusterObjects[] = [];
  const others = factors.map(readFactor);
  checkNames([...others.flatMap(([level]) => level?.[0] ?? []), ...(levels === undefined ? [] : [MAX_UNAVAILABLE])]);
  return combinations(others).flatMap((chosen) => {
    const values = new Map([...overrides, ...chosen, ...(levels?.[0] === undefined ? [] : [[MAX_UNAVAILABLE, levels[0]] as const])]);
    const scenario = sharingCluster(loadScenario(file, values, snapshot), clusters);
    checkRange(scenario, levels ?? []);
    const named = Object.fromEntries(chosen.map(([name, level]) => [name.replace(/^roll\./, ''), level]));
    return cellsOver(scenario, levels ?? [scenario.roll.maxUnavailable]).map((cell) => ({
      ...cell,
      factors: { ...named, ...cell.factors },
    }));
  });
}

const MAX_UNAVAILABLE = 'roll.maxUnavailable';
const MOST_LEVEL = 1000;
const LEVELS_HINT = 'write a range such as 1..20, or values such as 2,4,8';

function readLevels(text: string): number[] {
  const levels = text.split(',').flatMap(readRange);
  return [...new Set(levels)].sort((a, b) => a - b);
}

function readRange(text: string): number[] {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text.trim());
  if (match === null) throw invalid(`--max-unavailable does not understand "${text}"`, LEVELS_HINT);
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (from < 1 || to > MOST_LEVEL) throw invalid(`--max-unavailable ${text}: levels go from 1 to ${MOST_LEVEL}`, LEVELS_HINT);
  if (to < from) throw invalid(`--max-unavailable ${text}: the smaller level comes first`, `write --max-unavailable ${to}..${from}`);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function readFactor(text: string): readonly (readonly [string, string])[] {
  const [name = '', list = ''] = text.split(/=(.*)/s);
  const levels = [...new Set(list.split(',').map((level) => level.trim()))];
  if (/^[A-Za-z]\w*(\.\w+)*$/.test(name) && levels.every((level) => level !== '')) return levels.map((level) => [name, level] as const);
  throw invalid(`--factor does not understand "${text}"`, 'write --factor roll.pacing=barrier,window');
}

/** Refuses a factor that is given twice, because one of its lists would be lost, and the seed, because varying it would choose luck. */
function checkNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw invalid(`factor ${twice} is given twice`, 'write all of its levels once, parted by commas');
  if (names.includes('seed')) throw invalid('--factor seed is no setting of a roll', 'write --replications 10 for runs with other seeds');
}

function combinations(factors: readonly (readonly (readonly [string, string])[])[]): (readonly (readonly [string, string])[])[] {
  return factors.reduce<(readonly (readonly [string, string])[])[]>(
    (chosen, levels) => chosen.flatMap((some) => levels.map((level) => [...some, level])),
    [[]],
  );
}

function checkRange({ roll }: Scenario, levels: readonly number[]): void {
  const rule = presets.get(roll.preset)?.maxUnavailable;
  const wrong = rule === undefined ? [] : levels.filter((level) => level < rule.min || level > rule.max);
  if (rule === undefined || wrong.length === 0) return;
  throw invalid(
    `--max-unavailable ${wrong.join(', ')}: preset ${roll.preset} takes ${rule.min} to ${rule.max}`,
    `write --max-unavailable ${rule.min}..${rule.max}`,
  );
}

function invalid(message: string, hint: string): RollError {
  return new RollError([{ code: 'ARGUMENT_INVALID', message, hint }]);
}
