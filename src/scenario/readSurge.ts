import type { Preset } from '../rolls/Preset.ts';
import type { RollPlan } from '../rolls/RollPlan.ts';
import { presets } from '../rolls/registry.ts';
import type { Reading } from './Reading.ts';
import { resolveMaxUnavailable } from './resolveMaxUnavailable.ts';
import type { GivenRoll } from './schema/roll.ts';

const PATH = ['spec', 'roll'] as const;

/** How many nodes a roll may have too many and too few at once. */
type Limits = Pick<RollPlan, 'maxUnavailable' | 'surge'>;

/** What a surge is resolved against. */
export interface SurgeBase {
  /** How many nodes a percentage is taken of. */
  readonly base: number;
  /** How many nodes are rolled. */
  readonly nodes: number;
  readonly maxUnavailable: number;
}

/**
 * Reads `spec.roll.surge` and `quota` for a preset that replaces nodes; for one that keeps them they are faults. If neither more nor fewer
 * nodes may be there than before, that is a fault if it is written so, and one may be missing if it comes of rounding.
 * @see kubernetes-sigs/cluster-api internal/controllers/machinedeployment/mdutil/util.go (ResolveFenceposts)
 */
export function readSurge(reading: Reading, given: GivenRoll, preset: Preset, { base, nodes, maxUnavailable }: SurgeBase): Limits {
  const { surge: rule } = preset;
  if (!rule) {
    for (const key of ['surge', 'quota'] as const)
      if (given[key] !== undefined)
        reading.refuse({ path: [...PATH, key], message: `preset ${preset.name} makes no new nodes`, hint: replacingHint() });
    return { maxUnavailable };
  }
  const resolved = resolveMaxUnavailable(given.surge, rule.nodes, base);
  if (typeof resolved !== 'number') {
    reading.refuse({ path: [...PATH, 'surge'], message: resolved.problem, hint: resolved.hint });
    return { maxUnavailable };
  }
  const written = [given.surge ?? rule.nodes.fallback, given.maxUnavailable ?? preset.maxUnavailable.fallback];
  if (written.every(isZero)) reading.refuse({ path: [...PATH, 'surge'], ...NO_WAY });
  const { mostAtOnce = Number.POSITIVE_INFINITY } = rule;
  if (resolved + maxUnavailable > mostAtOnce) {
    const message = `with maxUnavailable ${maxUnavailable} more than ${mostAtOnce} nodes at once`;
    reading.refuse({ path: [...PATH, 'surge'], message, hint: `surge and maxUnavailable may add up to ${mostAtOnce}` });
  }
  const quota = given.quota === undefined ? {} : { quota: given.quota };
  reading.input('roll.surge', given.surge === undefined ? 'default' : 'assumed', String(resolved));
  if (given.quota !== undefined) reading.input('roll.quota', 'assumed', String(given.quota));
  return {
    maxUnavailable: Math.min(resolved === 0 ? Math.max(1, maxUnavailable) : maxUnavailable, Math.max(1, nodes)),
    surge: { strategy: rule.strategy, nodes: resolved, ...quota },
  };
}

const NO_WAY = { message: 'not 0 with maxUnavailable 0: no node could ever go', hint: 'allow one node more or one node less' };

function isZero(written: unknown): boolean {
  return written === 0 || (typeof written === 'string' && /^0+(\.0+)?%$/.test(written));
}

/** What to do about a knob that only presets take which replace nodes. */
export function replacingHint(): string {
  const names = [...presets.values()].flatMap(({ name, surge }) => (surge ? [name] : []));
  return `leave it out, or take a preset that replaces nodes: ${names.join(', ')}`;
}
