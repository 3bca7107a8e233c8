import type { Forecast, Verdict } from '../experiments/Forecast.ts';
import { firstNames } from '../rolls/firstNames.ts';
import { countOf, metricLabel, writeFigure, writeMetric, writeSeconds, writeShare } from './figures.ts';
import { findingSections } from './findingRows.ts';
import { maintenanceSections } from './maintenanceRows.ts';
import { inputSections, notModelledSections } from './originRows.ts';
import { precisionSections } from './precisionRows.ts';
import { batchLead, nodeSections } from './rollRows.ts';
import { columns, type Section, type Tone, tableSection } from './Section.ts';
import { schedulingSections } from './schedulingRows.ts';
import { workloadSections } from './workloadRows.ts';
import { workloadSpreadSections } from './workloadSpreadRows.ts';

/**
 * What a forecast has to say, in the order people need it: reasons, harm, causes, then what it rests on. A part with nothing to report is
 * left out. `rowLimit` bounds the rows of long tables; the section's note counts what was left out.
 */
export function forecastSections(forecast: Forecast, rowLimit: number): Section[] {
  return [
    ...objectiveSections(forecast.verdict),
    ...precisionSections(forecast),
    ...spreadSections(forecast),
    ...workloadSpreadSections(forecast.workloads, forecast.replications, rowLimit),
    summarySection(forecast),
    ...maintenanceSections(forecast.roll, rowLimit),
    ...nodeSections(forecast.roll, rowLimit),
    ...workloadSections(forecast.workloads, rowLimit),
    ...schedulingSections(forecast, rowLimit),
    ...findingSections(forecast.findings, rowLimit),
    ...inputSections(forecast.inputs),
    ...notModelledSections(forecast.notModelled),
  ];
}

const objectiveTone: Readonly<Record<Verdict['outcome'], Tone>> = { holds: 'good', fails: 'bad', unknown: 'warning' };

function objectiveSections(verdict: Verdict): Section[] {
  const rows = verdict.objectives.map((objective) => ({
    tone: objectiveTone[objective.outcome],
    cells: [objective.outcome, objective.name, certaintyOf(objective), objective.evidence],
  }));
  return tableSection('Objectives', { columns: columns('outcome', 'objective', 'certainty', 'evidence'), rows });
}

/** `certain`, or how likely with the 95 % interval of that estimate. */
function certaintyOf({ certainty, probability, interval }: Verdict['objectives'][number]): string {
  if (interval === null) return certainty;
  const [low, high] = interval;
  return `${certainty}: ${writeShare(probability)} (${writeShare(low)} to ${writeShare(high)})`;
}

function summarySection(forecast: Forecast): Section {
  const { roll, scheduling, headroom, workloads } = forecast;
  const facts: readonly (readonly [string, string])[] = [
    ['roll', `${courseOf(roll)}; ${batchLead(roll)}`],
    ['settings', settingsFact(roll)],
    ['scheduling', schedulingFact(scheduling)],
    ...(workloads.length > 0 ? [['downtime', downtimeFact(workloads)] as const] : []),
    ['least free', (['cpu', 'memory', 'pods'] as const).map((name) => `${name} ${writeShare(headroom[name].min)}`).join(', ')],
    ...(forecast.unservedRequests > 0 ? [['not served', countOf(Math.round(forecast.unservedRequests), 'request')] as const] : []),
  ];
  const rows = facts.map(([name, value]) => ({ tone: 'plain' as const, cells: [name, value] }));
  return { title: 'The roll', ...shownRun(forecast), table: { columns: columns('what', 'forecast'), rows } };
}

/** Which of several runs the parts from here on are about. */
function shownRun({ replications, shownSeed }: Forecast): Pick<Section, 'lead'> {
  if (shownSeed === undefined) return {};
  return { lead: `From here on this is one of the ${countOf(replications, 'run')}, the one with the median duration (seed ${shownSeed}).` };
}

function settingsFact({ preset, maxUnavailable, surge, pool }: Forecast['roll']): string {
  const more = surge === undefined ? '' : `, surge ${surge}`;
  return `preset ${preset}, maxUnavailable ${maxUnavailable}${more}${pool === null ? '' : `, pool ${pool}`}`;
}

/** How the roll ended, and after what time. One that is stuck or cut off goes on. */
function courseOf({ outcome, durationSeconds }: Forecast['roll']): string {
  const time = writeMetric('durationSeconds', durationSeconds);
  if (outcome === 'completed') return `completed in ${time}`;
  if (outcome === 'horizon') return `not over after ${time}`;
  if (outcome === 'windowClosed' && durationSeconds === 0) return 'not begun, for no maintenance window opened';
  if (outcome === 'windowClosed') return `suspended after ${time}, for its maintenance window had closed`;
  return outcome === 'stuck' ? `stuck, not over after ${time}` : `${outcome} after ${time}`;
}

function schedulingFact({ decisions, failedAttempts, peakPending, pendingPodSeconds }: Forecast['scheduling']): string {
  const counts = `${countOf(decisions, 'decision')}, ${countOf(failedAttempts, 'failed attempt')}`;
  return peakPending === 0
    ? `${counts}; no pod had to wait`
    : `${counts}; at most ${countOf(peakPending, 'pod')} pending at once, ${writeFigure(pendingPodSeconds)} pod-seconds in all`;
}

/** Outages added up, and of how many workloads they are. */
function downtimeFact(workloads: Forecast['workloads']): string {
  const down = workloads.filter(({ outageSeconds }) => outageSeconds > 0);
  const [worst] = [...down].sort((a, b) => b.outageSeconds - a.outageSeconds);
  const all = countOf(workloads.length, 'workload');
  if (!worst) return `none of ${all} was down`;
  const total = down.reduce((sum, { outageSeconds }) => sum + outageSeconds, 0);
  const longest = `${writeSeconds(worst.outageSeconds)} (${worst.kind} ${worst.namespace}/${worst.name})`;
  return `${writeSeconds(total)} in all; ${writeFigure(down.length)} of ${all} down, at most for ${longest}`;
}

/** How the figures spread over the replications; those that are zero in all of them are left out. */
function spreadSections({ metrics, replications }: Forecast): Section[] {
  const told = Object.entries(metrics ?? {}).filter(([, { min, max }]) => min !== 0 || max !== 0);
  const rows = told.map(([name, { mean, ci95, max, intervals, ...quantiles }]) => ({
    tone: 'plain' as const,
    cells: [
      metricLabel(name),
      writeMetric(name, mean),
      writeBounds(name, ci95),
      ...QUANTILES.flatMap((quantile) => [writeMetric(name, quantiles[quantile]), writeBounds(name, intervals[quantile])]),
      writeMetric(name, max),
    ],
  }));
  const unfinished = Math.round((metrics?.['unfinished']?.mean ?? 0) * replications);
  const without = unfinished === 0 ? '' : `, ${writeFigure(unfinished)} of which did not finish: their duration counts as never`;
  const lead = `Over ${countOf(replications, 'replication')}${without}.`;
  return tableSection(
    'Spread',
    {
      columns: columns(
        ...['figure', '>mean', '>95% interval', '>median', '>95% interval?', '>p90', '>95% interval?'],
        ...['>p99', '>95% interval?', '>max'],
      ),
      rows,
    },
    { lead },
  );
}

const QUANTILES = ['p50', 'p90', 'p99'] as const;

/** Writes an interval of the figure called `name`. An infinite end is no bound. */
function writeBounds(name: string, [low, high]: readonly [number, number]): string {
  if (Number.isFinite(low) && Number.isFinite(high)) return `${writeMetric(name, low)} to ${writeMetric(name, high)}`;
  if (Number.isFinite(low)) return `at least ${writeMetric(name, low)}`;
  return Number.isFinite(high) ? `at most ${writeMetric(name, high)}` : '-';
}

/** What a reader can do about a forecast that does not hold; empty when everything holds. */
export function nextSteps(forecast: Forecast, scenarioFile: string): string[] {
  if (forecast.verdict.outcome === 'holds') return [];
  const unknown =
    forecast.verdict.outcome === 'unknown'
      ? ['give the inputs that the evidence above calls missing, or a later horizon, then run again']
      : [];
  const stuck = forecast.budgets
    .filter(({ stuck }) => stuck)
    .map(({ namespace, name }) => `let budget ${namespace}/${name} allow a disruption`);
  const [neverScheduled] = forecast.scheduling.neverScheduled;
  const waiting = forecast.scheduling.failedAttempts > 0 ? [`see with which change ${explained(neverScheduled?.pod)}`] : [];
  const isDown = forecast.workloads.some(({ outageSeconds, metrics }) => outageSeconds > 0 || metrics?.outageSeconds !== undefined);
  const down = isDown ? ['add a replica or a budget where a workload is down'] : [];
  const sweep = `compare settings: rollcast sweep ${scenarioFile} --max-unavailable 1..${mostToCompare(forecast)}`;
  return [...hintsOf(forecast), ...worstRun(forecast, scenarioFile), ...unknown, ...stuck, ...waiting, ...down, sweep];
}

/** How to see the run in full in which the first objective fails that does. */
function worstRun({ verdict, shownSeed }: Forecast, scenarioFile: string): string[] {
  const seed = verdict.objectives.find(({ outcome }) => outcome === 'fails')?.worstSeed;
  if (seed === undefined || seed === shownSeed) return [];
  return [`see the worst run in full: rollcast run ${scenarioFile} --seed '${seed.replaceAll("'", "'\\''")}'`];
}

/** The hint of each error, once, after the objects that it is for. */
function hintsOf({ findings }: Forecast): string[] {
  const objects = new Map<string, Set<string>>();
  for (const { severity, hint, object } of findings) {
    if (severity === 'error' && hint !== '') objects.set(hint, (objects.get(hint) ?? new Set()).add(object));
  }
  return [...objects].map(([hint, named]) => `${firstNames([...named], 2)}: ${hint}`);
}

function explained(pod: string | undefined): string {
  const subject = pod === undefined ? 'a pod that waited fits (pods.csv has their names)' : `${pod} fits`;
  return `${subject}: rollcast explain REPORT pod/${pod ?? 'NAME'}`;
}

/** Settings beyond the one that was run help only where it is too slow. */
function mostToCompare({ findings, roll }: Forecast): number {
  const isTooSlow = findings.some(({ code }) => code === 'WINDOW_TOO_SHORT');
  return Math.max(2, Math.min(20, isTooSlow ? roll.nodes.length : roll.maxUnavailable));
}
