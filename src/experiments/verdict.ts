import { counted, inFigures } from '../run/counted.ts';
import type { Finding, Goal, Objective, Scenario } from '../scenario/Scenario.ts';
import { probabilityInterval } from '../stats/probabilityInterval.ts';
import { formatDuration, NEVER, ZERO } from '../units.ts';
import type { Verdict } from './Forecast.ts';
import { isDeterministic } from './isDeterministic.ts';
import { medianRun } from './medianRun.ts';
import type { Judgement, RunFigures } from './RunFigures.ts';

type Judged = Verdict['objectives'][number];

/**
 * Judges every objective over all replications and sums up in one sentence, which describes the run with the median duration.
 *
 * `certain` is what follows from rules or arithmetic alone: a finding of the check that makes the objective fail in every run, or a roll in
 * which nothing was left to chance, as no pod had to move or was placed by a tie. Everything else that was simulated is `likely`. `unknown`
 * lacks an input, or depends on runs that the horizon cut off.
 */
export function verdictOf(scenario: Scenario, runs: readonly RunFigures[], findings: readonly Finding[]): Verdict {
  const shown = runs.indexOf(medianRun(runs));
  const objectives = scenario.objectives.map((objective, index) =>
    judged(objective, { scenario, runs, shown, findings, outcomes: runs.flatMap((run) => run.objectives[index] ?? []) }),
  );
  const outcome = worstOutcome(objectives);
  return { outcome, sentence: sentence(scenario, { outcome, objectives, runs }), objectives };
}

interface Evidence {
  readonly scenario: Scenario;
  readonly runs: readonly RunFigures[];
  /** Index of the run that the report shows in full. */
  readonly shown: number;
  readonly findings: readonly Finding[];
  readonly outcomes: readonly Judgement[];
}

function judged(objective: Objective, facts: Evidence): Judged {
  const { outcomes } = facts;
  const held = outcomes.filter(({ outcome }) => outcome === 'holds').length;
  const unknown = outcomes.filter(({ outcome }) => outcome === 'unknown').length;
  const probability = shareOf(held, outcomes);
  const found = evidenceOf(facts, held);
  if (probability < objective.probability && shareOf(held + unknown, outcomes) >= objective.probability) {
    return { name: objective.name, outcome: 'unknown', certainty: 'unknown', probability, interval: null, ...found };
  }
  const outcome = probability >= objective.probability ? 'holds' : 'fails';
  const certainty = isCertain(objective, facts) ? 'certain' : 'likely';
  const interval = certainty === 'certain' ? null : probabilityInterval(held, outcomes.length);
  return { name: objective.name, outcome, certainty, probability, interval, ...found };
}

function shareOf(count: number, outcomes: readonly Judgement[]): number {
  return outcomes.length > 0 ? count / outcomes.length : 0;
}

/** What decides in the worst run, which is named unless the same is found in all of them; of equally bad ones that which is shown. */
function evidenceOf({ runs, shown, outcomes }: Evidence, held: number): Pick<Judged, 'evidence' | 'worstSeed'> {
  const worst = outcomes.reduce<number>((at, one, index) => (isWorse(one, outcomes[at]) ? index : at), shown);
  const evidence = outcomes[worst]?.evidence ?? '';
  if (outcomes.length < 2) return { evidence };
  const share = `held in ${inFigures(held)} of ${counted(outcomes.length, 'replication')}`;
  const worstSeed = runs[worst]?.seed;
  if (worstSeed === undefined || outcomes.every((one) => one.evidence === evidence)) return { evidence: `${share}; ${evidence}` };
  return { evidence: `${share}; in the worst, seed ${worstSeed}: ${evidence}`, worstSeed };
}

/** What fails is worse than what is unknown, and that worse than what holds; then the figure counts that decides. */
function isWorse(one: Judgement, other: Judgement | undefined): boolean {
  if (!other) return true;
  const rank = SEVERITY.indexOf(one.outcome) - SEVERITY.indexOf(other.outcome);
  return rank > 0 || (rank === 0 && one.amount > other.amount);
}

const SEVERITY: readonly Judgement['outcome'][] = ['holds', 'unknown', 'fails'];

function isCertain({ name, goal }: Objective, { scenario, runs, findings, outcomes }: Evidence): boolean {
  const proofs = outcomes.every(({ outcome }) => outcome === 'fails') ? proofsAgainst(goal, scenario) : [];
  const found = findings.filter(({ code, severity }) => severity === 'error' && proofs.includes(code));
  if (found.some(({ object }) => !object.startsWith('Objective/') || object === `Objective/${name}`)) return true;
  return isDeterministic(scenario) && runs.every(({ hasChance }) => !hasChance);
}

/** Codes of check findings (severity error) from which it follows without simulation that no run reaches `goal`. */
function proofsAgainst(goal: Goal, { roll: { drain, failure } }: Scenario): readonly string[] {
  const isForced = drain.onTimeout === 'force' && drain.timeout !== NEVER;
  switch (goal.kind) {
    case 'rollCompletes':
      return ['RESET_OUTLASTS_TIMEOUT', ...WINDOW_CLOSES, ...(isForced ? [] : REFUSED_FOR_GOOD)];
    case 'maxForcedKills':
      return isForced && goal.limit < 1 && reachesEveryNode(failure) ? REFUSED_FOR_GOOD : [];
    case 'maxDuration':
    case 'endBefore':
      return ['WINDOW_TOO_SHORT', ...WINDOW_CLOSES];
    case 'noPodPending':
      return ['CAPACITY_TOO_SMALL'];
    case 'maxPeakPending':
      return goal.limit < 1 ? ['CAPACITY_TOO_SMALL'] : [];
    default:
      return [];
  }
}

/** Whether every node has its turn, even if others do not come back. */
function reachesEveryNode({ then, readyTimeout }: Scenario['roll']['failure']): boolean {
  return then === 'continue' && readyTimeout !== NEVER;
}

/** Maintenance windows end before every node has had its turn. */
const WINDOW_CLOSES = ['MAINTENANCE_NEVER_OPENS', 'MAINTENANCE_NOT_ENOUGH'];

/** The drain of some node meets an eviction that is never allowed. */
const REFUSED_FOR_GOOD = ['BUDGET_NEVER_ALLOWS', 'BUDGET_FAILS_CLOSED', 'TWO_BUDGETS'];

function worstOutcome(objectives: readonly Judged[]): Verdict['outcome'] {
  if (objectives.some(({ outcome }) => outcome === 'fails')) return 'fails';
  return objectives.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'holds';
}

function sentence(
  { roll }: Scenario,
  { outcome, objectives, runs }: { outcome: Verdict['outcome']; objectives: readonly Judged[]; runs: readonly RunFigures[] },
): string {
  const limits = `maxUnavailable ${roll.maxUnavailable}${roll.surge ? ` and surge ${roll.surge.nodes}` : ''}`;
  const nodes = `${counted(roll.nodes.length, 'node')}${roll.pool === undefined ? '' : ` of ${roll.pool}`}`;
  const what = `${roll.surge ? 'Replacing' : 'Resetting'} ${nodes} with ${limits}`;
  const time = ` (${[courseOf(medianRun(runs)), ...incomplete(runs)].join('; ')})`;
  const failed = objectives.filter((one) => one.outcome === 'fails');
  const unknown = objectives.filter((one) => one.outcome === 'unknown');
  if (outcome === 'fails')
    return `${what}${time} fails ${failed.length} of ${counted(objectives.length, 'objective')}: ${failed.map(reason).join('; ')}.`;
  if (outcome === 'unknown') return `${what}${time}: unknown, because ${unknown.map(reason).join('; ')}.`;
  const certainty = objectives.every((one) => one.certainty === 'certain')
    ? 'certain under the rules'
    : `forecast from ${counted(runs.length, 'run')}, not certain`;
  const kept = objectives.length === 1 ? 'its objective' : `all ${objectives.length} objectives`;
  return `${what}${time} keeps ${kept} (${certainty}).`;
}

/** How long the roll takes, or that it does not complete. */
function courseOf({ outcome, duration, suspended }: RunFigures): string {
  const length = formatDuration(duration);
  const pause = suspended === undefined ? '' : `, suspended for ${formatDuration(suspended)} of it`;
  if (outcome === 'completed') return `about ${length}${pause}`;
  if (outcome === 'windowClosed' && duration === ZERO) return 'the roll does not begin';
  if (outcome === 'windowClosed') return `the roll is suspended after ${length}, for its maintenance window has closed`;
  if (outcome === 'stuck') return 'the roll gets stuck';
  return outcome === 'failed' ? `the roll fails, after ${length}` : `the roll is not over after ${length}`;
}

function incomplete(runs: readonly RunFigures[]): string[] {
  const others = runs.filter(({ outcome }) => outcome !== 'completed').length;
  return runs.length > 1 && others > 0 ? [`${inFigures(others)} of ${counted(runs.length, 'run')} do not complete`] : [];
}

function reason({ name, evidence }: Judged): string {
  return `${name} (${evidence})`;
}
