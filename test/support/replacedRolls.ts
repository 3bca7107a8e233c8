import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { presets } from '../../src/rolls/registry.ts';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { minutes, START, toSeconds } from '../../src/units.ts';
import { aNode } from './builders.ts';
import { aScenario } from './scenarios.ts';

/** What a roll that replaces nodes is made of; times in minutes. */
export interface ReplacedRoll {
  /** How many nodes `a`, `b`, `c` … there are where `cluster` names none. */
  readonly nodes?: number;
  readonly surge?: number;
  readonly quota?: number;
  readonly boot?: number;
  readonly deletion?: number;
  readonly cluster?: Partial<ClusterObjects>;
  readonly knobs?: Partial<RollPlan>;
  readonly rest?: Partial<Omit<Scenario, 'cluster' | 'roll'>>;
}

/** Rolls all nodes as `preset` does: a machine boots for 5 minutes and is deleted in 3, unless told otherwise. */
export function replacedBy(preset: string, { knobs, surge = 1, quota, ...roll }: ReplacedRoll = {}): RunResult {
  const known = presets.get(preset);
  if (!known?.surge) throw new Error(`no preset ${preset} that replaces nodes`);
  const { strategy } = known.surge;
  const plan = {
    ...known.knobs,
    preset,
    maxUnavailable: 0,
    surge: { strategy, nodes: surge, ...(quota === undefined ? {} : { quota }) },
    ...knobs,
  };
  return run(replaced(plan, roll), '1');
}

function replaced(
  plan: Partial<RollPlan>,
  { nodes = 3, boot = 5, deletion = 3, cluster, rest = {} }: Omit<ReplacedRoll, 'knobs' | 'surge' | 'quota'>,
): Scenario {
  const names = 'abcdefghijklmnopqrst'.slice(0, nodes).split('');
  const scenario = aScenario({ cluster: { nodes: names.map((name) => aNode(name)), ...cluster }, roll: plan, ...rest });
  const [others] = scenario.timing.nodes.slice(-1);
  if (!others) throw new Error('a timing without nodes');
  const constant = (time: number) => ({ kind: 'constant' as const, value: minutes(time) });
  return { ...scenario, timing: { ...scenario.timing, nodes: [{ ...others, boot: constant(boot), deletion: constant(deletion) }] } };
}

/** The least number of nodes in service at any time: old ones up to their cordon, new ones from their start. */
export function leastInService({ roll: { nodes } }: RunResult): number {
  const steps = nodes.flatMap(({ createdAt, cordonedAt, inServiceAt }) => [
    ...(createdAt === undefined ? [{ at: START, by: 1 }] : []),
    ...(createdAt === undefined && cordonedAt !== undefined ? [{ at: cordonedAt, by: -1 }] : []),
    ...(createdAt !== undefined && inServiceAt !== undefined ? [{ at: inServiceAt, by: 1 }] : []),
  ]);
  const times = [...new Set(steps.map(({ at }) => at))];
  return Math.min(...times.map((time) => steps.reduce((sum, { at, by }) => (at <= time ? sum + by : sum), 0)));
}

/** Minutes after the start at which something happened to the nodes for which it did. */
export function minutesOf({ roll }: RunResult, what: 'createdAt' | 'cordonedAt' | 'inServiceAt'): number[] {
  return roll.nodes.flatMap(({ [what]: at }) => (at === undefined ? [] : toSeconds(at) / 60));
}
