import type { WindowSearch, WindowStart } from '../experiments/Forecast.ts';
import { countOf, writeCount, writeSeconds, writeShare } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { inputSections, notModelledSections } from './originRows.ts';
import { columns, type Section, tableSection } from './Section.ts';
import { pageText, type TerminalStyle } from './table.ts';

const ROW_LIMIT = 48;

/** The starts of a window search for people at a terminal: the best start first. */
export function windowText(search: WindowSearch, style: TerminalStyle): string {
  return pageText(windowVerdict(search), windowSections(search), windowSteps(search), style);
}

/** What to do when no start keeps every objective. */
export function windowSteps(search: WindowSearch): string[] {
  if (windowVerdict(search).outcome === 'holds') return [];
  return ['try other days (--from, --to)', 'or settings that end sooner or hurt less: rollcast sweep SCENARIO --max-unavailable 1..20'];
}

/** The best start as a sentence, and the worst. */
export function windowVerdict({ starts, best, worst }: WindowSearch): { outcome: 'holds' | 'fails' | 'unknown'; sentence: string } {
  const avoid = worst === null ? '' : ` Avoid ${clock(worst.start)}: ${worst.reason}.`;
  const [first] = best;
  const chosen = starts.find(({ start }) => start === first);
  if (first === undefined || chosen === undefined) {
    const unknown = starts.some(({ outcome }) => outcome === 'unknown');
    return { outcome: unknown ? 'unknown' : 'fails', sentence: `No start of ${starts.length} keeps every objective.${avoid}` };
  }
  const holding = starts.filter(({ outcome }) => outcome === 'holds').length;
  const sentence =
    holding === 0
      ? `No start of ${starts.length} keeps every objective; the least bad one is ${clock(first)}.`
      : `Best start: ${clock(first)}; ${holding} of ${countOf(starts.length, 'start')} keep every objective.`;
  return { outcome: chosen.outcome, sentence: `${sentence}${avoid}` };
}

/** The best starts, then every start in order of time. */
export function windowSections(search: WindowSearch): Section[] {
  const byStart = new Map(search.starts.map((start) => [start.start, start]));
  const best = search.best.flatMap((start) => byStart.get(start) ?? []);
  const { kept, note } = limitRows(search.starts, ROW_LIMIT, { trouble: troubleOf, rest: 'the other starts', file: 'results.json' });
  return [
    ...tableSection('Best starts', gridOf(best, '0')),
    ...tableSection('All starts', gridOf(kept, '-'), note === undefined ? {} : { note }),
    ...inputSections(search.inputs),
    ...notModelledSections(search.notModelled),
  ];
}

/** Rows of starts; `zero` stands for no outage and nothing unserved (a column of dashes alone is left out). */
function gridOf(starts: readonly WindowStart[], zero: '0' | '-') {
  const rows = starts.map(({ start, outcome, durationSeconds, outageSeconds, unservedRequests, requestsDuringRoll, ...chance }) => ({
    tone: ({ holds: 'good', fails: 'bad', unknown: 'warning' } as const)[outcome],
    cells: [
      outcome,
      localTime(start),
      writeSeconds(durationSeconds),
      outageSeconds === 0 ? zero : writeSeconds(outageSeconds),
      Math.round(unservedRequests) === 0 ? zero : writeCount(Math.round(unservedRequests)),
      writeCount(Math.round(requestsDuringRoll)),
      chanceText(chance),
    ],
  }));
  return {
    columns: columns('outcome', 'start', '>duration', '>outage', '>unserved requests', '>requests during the roll?', '>finishes in time'),
    rows,
  };
}

/** `97% (92.2%..98.9%)`: how likely a roll is to finish in the window, with the 95 % interval of that estimate. */
function chanceText({ probability, interval }: Pick<WindowStart, 'probability' | 'interval'>): string {
  if (probability === undefined || interval === undefined) return '-';
  return `${writeShare(probability)} (${interval.map(writeShare).join('..')})`;
}

function troubleOf({ outcome, unservedRequests, outageSeconds }: WindowStart): number {
  return (outcome === 'holds' ? 0 : 1e9) + unservedRequests + outageSeconds;
}

/** Without the zone's name, which the sentence on top gives; the offset stays, for the hour that a clock shows twice. */
function localTime(start: string): string {
  return clock(start)
    .split(' ')
    .slice(0, 3)
    .join(' ')
    .replace(/ (?=[-+Z])/, '');
}

/** `2026-11-24T02:00:00+01:00[Europe/Berlin]` -> `2026-11-24 02:00 +01:00 Europe/Berlin`. */
function clock(start: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?(?:\[([^\]]+)\])?$/.exec(start);
  return parts === null ? start : [parts[1], parts[2], parts[3], parts[4]].filter((part) => part !== undefined).join(' ');
}
