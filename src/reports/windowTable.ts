import type { WindowSearch, WindowStart } from '../experiments/Forecast.ts';
import { alwaysFailing, brokenObjectives, inAll } from './brokenObjectives.ts';
import { countOf, writeCount, writeFigure, writeSeconds, writeShare } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { originOf, type Page } from './markdown.ts';
import { inputSections, notModelledSections } from './originRows.ts';
import { precisionSections } from './precisionRows.ts';
import { columns, type Section, tableSection } from './Section.ts';
import { pageText, type TerminalStyle } from './table.ts';
import { localTimeText, wallClockText } from './wallClockText.ts';

/** Two days of hours for a terminal, a week for a page. */
const TERMINAL_ROWS = 48;
const PAGE_ROWS = 168;

/** The starts of a window search for people at a terminal: the best start first. */
export function windowText(search: WindowSearch, style: TerminalStyle): string {
  return pageText(windowVerdict(search), windowSections(search, TERMINAL_ROWS), windowSteps(search), style);
}

/** The same for a report folder, with more of the starts. */
export function windowPage(search: WindowSearch): Page {
  const origin = `${originOf(search)} per start.`;
  return { verdict: windowVerdict(search), origin, sections: windowSections(search, PAGE_ROWS), steps: windowSteps(search) };
}

/** What to do when no start keeps every objective, or none is known to. */
function windowSteps(search: WindowSearch): string[] {
  const { outcome } = windowVerdict(search);
  if (outcome === 'holds') return [];
  if (outcome === 'unknown') return ['give a later --horizon, or the inputs that are missing (rollcast run names them), then search again'];
  return ['try other days (--from, --to)', 'or settings that end sooner or hurt less: rollcast sweep SCENARIO --max-unavailable 1..20'];
}

/** The best start as a sentence, and the worst. */
function windowVerdict({ starts, best, worst }: WindowSearch): { outcome: 'holds' | 'fails' | 'unknown'; sentence: string } {
  const avoid = worst === null ? '' : ` Avoid ${wallClockText(worst.start)}: ${worst.reason}.`;
  const [first] = best;
  const chosen = starts.find(({ start }) => start === first);
  if (first === undefined || chosen === undefined) {
    const unknown = starts.some(({ outcome }) => outcome === 'unknown');
    return { outcome: unknown ? 'unknown' : 'fails', sentence: `No start of ${writeFigure(starts.length)} keeps every objective.${avoid}` };
  }
  const holding = starts.filter(({ outcome }) => outcome === 'holds').length;
  const keeps = chosen.outcome === 'unknown' ? 'is known to keep' : 'keeps';
  const sentence =
    holding === 0
      ? `No start of ${writeFigure(starts.length)} ${keeps} every objective; the least bad one is ${wallClockText(first)}${alwaysFailing(failingInAll(starts))}.`
      : `Best start: ${wallClockText(first)}; ${writeFigure(holding)} of ${countOf(starts.length, 'start')} keep every objective.`;
  return { outcome: chosen.outcome, sentence: `${sentence}${avoid}` };
}

/** The objectives that no start keeps. */
function failingInAll(starts: readonly WindowStart[]): string[] {
  return inAll(starts.map(({ breaks }) => breaks));
}

/** The best starts, then all starts in order of time, of too many the better ones: one that fails is nobody's choice. */
function windowSections(search: WindowSearch, rowLimit: number): Section[] {
  const byStart = new Map(search.starts.map((start) => [start.start, start]));
  const best = search.best.flatMap((start) => byStart.get(start) ?? []);
  const { kept } = limitRows(search.starts, rowLimit, { trouble: meritOf, rest: 'the other starts', file: 'results.json' });
  const left = search.starts.length - kept.length;
  const always = failingInAll(search.starts);
  const note = `${countOf(left, 'start')} left out, none of them better; all are in results.json.`;
  return [
    ...tableSection('Best starts', gridOf(best, '0', always)),
    ...tableSection('All starts', gridOf(kept, '-', always), left > 0 ? { note } : {}),
    ...precisionSections(search, ' of each start'),
    ...inputSections(search.inputs),
    ...notModelledSections(search.notModelled),
  ];
}

/**
 * Rows of starts; `zero` stands for no outage and nothing unserved (a column of dashes alone is left out). The headline names what `always`
 * fails.
 */
function gridOf(starts: readonly WindowStart[], zero: '0' | '-', always: readonly string[]) {
  const rows = starts.map(
    ({ start, outcome, breaks, durationSeconds, outageSeconds, unservedRequests, requestsDuringRoll, waitSeconds = 0, ...chance }) => ({
      tone: ({ holds: 'good', fails: 'bad', unknown: 'warning' } as const)[outcome],
      cells: [
        outcome,
        localTimeText(start),
        waitSeconds === 0 ? '-' : writeSeconds(waitSeconds),
        writeSeconds(durationSeconds),
        outageSeconds === 0 ? zero : writeSeconds(outageSeconds),
        Math.round(unservedRequests) === 0 ? zero : writeCount(Math.round(unservedRequests)),
        writeCount(Math.round(requestsDuringRoll)),
        chanceText(chance),
        brokenObjectives(breaks, always),
      ],
    }),
  );
  return {
    columns: columns(
      'outcome',
      '>start',
      '>waits for a window?',
      '>duration',
      '>outage',
      '>unserved requests',
      '>requests during the roll?',
      '>finishes in time',
      'breaks?',
    ),
    rows,
  };
}

/** `97% (92.2%..98.9%)`: how likely a roll is to finish in the window, with the 95 % interval of that estimate. */
function chanceText({ probability, interval }: Pick<WindowStart, 'probability' | 'interval'>): string {
  if (probability === undefined || interval === undefined) return '-';
  return `${writeShare(probability)} (${interval.map(writeShare).join('..')})`;
}

/** The outcome weighs most, then the chance to finish, then what is lost. */
function meritOf({ outcome, probability = 1, unservedRequests, outageSeconds }: WindowStart): number {
  return { holds: 2e12, unknown: 1e12, fails: 0 }[outcome] + probability * 1e9 - unservedRequests - outageSeconds;
}
