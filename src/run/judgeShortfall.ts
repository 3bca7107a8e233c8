import { describeMatch } from '../scenario/describeMatch.ts';
import { fitsWorkload } from '../scenario/fitsWorkload.ts';
import type { WorkloadMatch } from '../scenario/Scenario.ts';
import { type Duration, formatDuration } from '../units.ts';
import { counted } from './counted.ts';
import { excess, type Figures, type Judgement, undecided, whenOver } from './judgement.ts';
import type { Shortfall, WorkloadOutcome } from './RunResult.ts';

/** For how long at a time each of some workloads may fall short. */
export interface ServiceLimit extends Concerned {
  readonly limit: Duration;
}

/** The workloads that an objective is about. */
export interface Concerned {
  readonly workloads: readonly WorkloadOutcome[];
  /** What each of them is, in words. */
  readonly noun: string;
}

/**
 * Judges the workload with the longest single shortfall. A shortfall that never ends breaks every limit; one that the horizon cut off
 * neither breaks nor keeps a limit that it has not exceeded so far.
 */
export function judgeShortfall(run: Figures, shortfall: Shortfall, { workloads, noun, limit }: ServiceLimit): Judgement {
  const isMeasured = shortfall !== 'belowFloor' || workloads.length === 0 || workloads.some(({ hasFloor }) => hasFloor);
  if (!isMeasured) return withoutFloor(workloads, noun);
  const lengthOf = ({ longest }: WorkloadOutcome) => longest[shortfall];
  const isOpen = ({ unended }: WorkloadOutcome) => unended.includes(shortfall);
  const isCutOff = ({ quorum }: WorkloadOutcome) => run.isCutOff || (shortfall === 'belowFloor' && quorum?.isSyncing === true);
  const open = workloads.filter(isOpen);
  const harmed = workloads.filter((one) => lengthOf(one) > limit || (isOpen(one) && !isCutOff(one)));
  const telling = most(harmed, lengthOf) ?? most(open, lengthOf) ?? most(workloads, lengthOf);
  if (!telling || (lengthOf(telling) === 0 && open.length === 0))
    return whenOver(run, true, { evidence: noneOf(shortfall, workloads, noun), amount: 0 });
  const others = harmed.length > 1 ? `, ${counted(harmed.length, 'workload')} in all over the limit` : '';
  const inAll = telling[shortfall] > lengthOf(telling) ? ` at a time, ${formatDuration(telling[shortfall])} in all` : '';
  const length = WORDS[shortfall].some(formatDuration(lengthOf(telling)), telling);
  const evidence = `${nameOf(telling)} ${length}${inAll}${excessOver(limit, lengthOf(telling))}`;
  const amount = isOpen(telling) && !isCutOff(telling) ? Number.POSITIVE_INFINITY : lengthOf(telling);
  if (!isOpen(telling)) return whenOver(run, harmed.length === 0, { evidence: `${evidence}${others}`, amount });
  const ending = isCutOff(telling) ? ', not over at the horizon' : ' and no end of it';
  return { outcome: harmed.length > 0 ? 'fails' : 'unknown', evidence: `${evidence}${ending}${others}`, amount };
}

/** That none of some workloads fell short; a single one is named. */
function noneOf(shortfall: Shortfall, workloads: readonly WorkloadOutcome[], noun: string): string {
  const [only, another] = workloads;
  return only && !another ? `${nameOf(only)} ${WORDS[shortfall].none(only)}` : `no ${noun} ${WORDS[shortfall].any}`;
}

/** An objective for workloads without a floor would always hold. */
function withoutFloor(workloads: readonly WorkloadOutcome[], noun: string): Judgement {
  const [only, another] = workloads;
  return undecided(
    only && !another ? `${nameOf(only)} has neither a disruption budget nor a quorum` : `no ${noun} has a disruption budget or a quorum`,
  );
}

function nameOf({ kind, namespace, name }: WorkloadOutcome): string {
  return `${kind} ${namespace}/${name}`;
}

/** By how much a length exceeds the limit, where it is written like the limit: long durations are written without their seconds. */
function excessOver(limit: Duration, length: Duration): string {
  return length > limit && formatDuration(length) === formatDuration(limit) ? `, ${excess(length - limit)} over the limit` : '';
}

/** What is said of a workload that falls short for some time, of one that does not, and after `no workload`. */
interface Words {
  readonly some: (length: string, workload: WorkloadOutcome) => string;
  readonly none: (workload: WorkloadOutcome) => string;
  readonly any: string;
}

const WORDS: Readonly<Record<Shortfall, Words>> = {
  outage: { some: (length) => `has ${length} of outage`, none: () => 'has no outage', any: 'has any outage' },
  degraded: {
    some: (length) => `has ${length} of degraded service`,
    none: () => 'has no degraded service',
    any: 'has any degraded service',
  },
  belowFloor: {
    some: (length, workload) => `is ${belowWhat(workload)} for ${length}`,
    none: (workload) => `is never ${belowWhat(workload)}`,
    any: 'is ever below its floor',
  },
};

function belowWhat({ quorum }: WorkloadOutcome): string {
  return quorum ? `without its quorum of ${quorum.size}` : 'below its floor';
}

function most(workloads: readonly WorkloadOutcome[], lengthOf: (one: WorkloadOutcome) => Duration): WorkloadOutcome | undefined {
  return workloads.reduce<WorkloadOutcome | undefined>((best, one) => (best && lengthOf(best) >= lengthOf(one) ? best : one), undefined);
}

/** The workloads that an objective is about; without a match all of them. */
export function matching(workloads: readonly WorkloadOutcome[], match: WorkloadMatch = {}): Concerned {
  const words = describeMatch(match);
  return {
    workloads: workloads.filter((workload) => fitsWorkload(match, workload)),
    noun: words === '' ? 'workload' : `workload that matches ${words}`,
  };
}

/** The workloads of which the default objectives want some pod to serve at all times. */
export function replicated(workloads: readonly WorkloadOutcome[]): Concerned {
  return { workloads: workloads.filter(({ desired, kind }) => desired >= 2 && kind !== 'Job'), noun: 'workload of two or more replicas' };
}
