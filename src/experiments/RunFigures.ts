import type { ObjectiveOutcome, RollOutcome, RunResult } from '../run/RunResult.ts';
import { type Duration, ZERO } from '../units.ts';
import { type Figures, figuresOf } from './figures.ts';

/** Whether one objective held in one run, and the figure that decides. */
export type Judgement = Pick<ObjectiveOutcome, 'outcome' | 'evidence' | 'amount'>;

/** What experiments keep of one run among many: small whatever the size of the cluster, so that ten thousand of them fit in memory. */
export interface RunFigures {
  readonly seed: string;
  readonly outcome: RollOutcome['outcome'];
  /** From the first cordon to the last node back in service (or failed), or to the end of the run if the roll is not over by then. */
  readonly duration: Duration;
  /** Requests that came while the roll was going on, served or not; 0 without demand. */
  readonly requestsDuringRoll: number;
  /** How much of the duration was spent waiting for a maintenance window with no node under way; absent: none. */
  readonly suspended?: Duration;
  /**
   * Whether chance played a part even if all times are constant: a pod had to move or dropped out, or a tie decided where it was placed.
   */
  readonly hasChance: boolean;
  readonly figures: Figures;
  /** In the order of the scenario's objectives. */
  readonly objectives: readonly Judgement[];
}

/** Reduces `run` to what experiments compare. */
export function runFiguresOf(run: RunResult): RunFigures {
  const suspended = run.roll.maintenance?.suspended ?? ZERO;
  return {
    seed: run.seed,
    outcome: run.roll.outcome,
    duration: run.roll.duration,
    requestsDuringRoll: run.requestsDuringRoll,
    ...(suspended > ZERO ? { suspended } : {}),
    hasChance: run.hasTies || run.workloads.some(({ moves, surplus, degraded }) => moves > 0 || surplus > 0 || degraded > 0),
    figures: figuresOf(run),
    objectives: run.objectives.map(({ outcome, evidence, amount }) => ({ outcome, evidence, amount })),
  };
}
