import type { Agreement } from '../../src/experiments/agreement.ts';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { verify } from '../../src/experiments/verify.ts';
import { readRollTrace } from '../../src/scenario/recording/readRollTrace.ts';
import type { Comparison } from './Comparison.ts';

/** Forecasts every run of a recorded roll under 20 seeds and compares every figure with what happened. */
export async function replayRolls(trace: unknown, file: string): Promise<Comparison[]> {
  const { runs } = await verify(readRollTrace(trace, file), { version: 'test', runBatch: runSerially });
  return runs.flatMap(({ agreements }, index) => agreements.map((agreement) => comparisonOf(agreement, index, file)));
}

function comparisonOf(agreement: Agreement, run: number, file: string): Comparison {
  const { object, what, recorded, low, high, forecasts, agrees, unit } = agreement;
  const range = low === null || high === null ? forecasts.join(', ') : `${low} to ${high}`;
  const width = unit === 'seconds' && low !== null && high !== null ? { width: high - low } : {};
  return { file, step: `run ${run} ${object}`, what, equal: agrees, expected: String(recorded), actual: range, ...width };
}
