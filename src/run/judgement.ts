import { formatDuration, milliseconds } from '../units.ts';
import type { ObjectiveOutcome, RunResult } from './RunResult.ts';

/** What objectives are judged by. */
export type Figures = Omit<RunResult, 'objectives'>;

/** The figure that decides whether a goal is reached, in words and as a number. */
export type Found = Pick<ObjectiveOutcome, 'evidence' | 'amount'>;

/** Whether a goal is reached, and the figure that decides. */
export type Judgement = Found & Pick<ObjectiveOutcome, 'outcome'>;

/** The judgement of a goal that is decided. */
export function verdict(holds: boolean, found: Found): Judgement {
  return { outcome: holds ? 'holds' : 'fails', ...found };
}

/** As `verdict`, except that a limit which was kept up to the horizon may still be broken afterwards: then `unknown`. */
export function whenOver({ roll }: Figures, isKept: boolean, found: Found): Judgement {
  if (!isKept || (roll.outcome !== 'horizon' && roll.outcome !== 'windowClosed')) return verdict(isKept, found);
  return { outcome: 'unknown', ...found, evidence: `${found.evidence} up to the horizon, and the roll is not over then` };
}

/** The judgement of a goal of which nothing is known: the scenario lacks an input, or the horizon came first. */
export function undecided(evidence: string): Judgement {
  return { outcome: 'unknown', evidence, amount: 0 };
}

/** By how much a limit is exceeded: milliseconds, down to the last one where there are few. */
export function excess(over: number): string {
  return over < 1000 ? `${over}ms` : formatDuration(milliseconds(over));
}
