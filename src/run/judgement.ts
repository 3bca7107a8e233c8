import { formatDuration, milliseconds } from '../units.ts';
import type { ObjectiveOutcome, RunResult } from './RunResult.ts';

/** What objectives are judged by. */
export type Figures = Omit<RunResult, 'objectives'>;

/** Whether a goal is reached, and the figure that decides. */
export type Judgement = Pick<ObjectiveOutcome, 'outcome' | 'evidence'>;

/** The judgement of a goal that is decided. */
export function verdict(holds: boolean, evidence: string): Judgement {
  return { outcome: holds ? 'holds' : 'fails', evidence };
}

/** As `verdict`, except that a limit which was kept up to the horizon may still be broken afterwards: then `unknown`. */
export function whenOver({ roll }: Figures, isKept: boolean, evidence: string): Judgement {
  if (!isKept || (roll.outcome !== 'horizon' && roll.outcome !== 'windowClosed')) return verdict(isKept, evidence);
  return { outcome: 'unknown', evidence: `${evidence} up to the horizon, and the roll is not over then` };
}

/** By how much a limit is exceeded: milliseconds, down to the last one where there are few. */
export function excess(over: number): string {
  return over < 1000 ? `${over}ms` : formatDuration(milliseconds(over));
}
