import type { WindowSearch, WindowStart } from '../experiments/Forecast.ts';
import { countOf, writeFigure, writeSeconds, writeShare } from './figures.ts';

/**
 * The recommended starts of a window search that keep every objective as events of a calendar, the best one first; undefined when there are
 * none. Times are in UTC, which every calendar shows in the zone of its owner. An event lasts as long as the roll takes on average.
 * @see RFC 5545
 */
export function startsIcs(search: WindowSearch): string | undefined {
  const byStart = new Map(search.starts.map((start) => [start.start, start]));
  const best = search.best.flatMap((start) => byStart.get(start) ?? []).filter(({ outcome }) => outcome === 'holds');
  if (best.length === 0) return undefined;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Rollcast//window//EN',
    ...best.flatMap((start, rank) => event(search, start, rank)),
  ];
  return [...lines, 'END:VCALENDAR'].map((line) => `${folded(line)}\r\n`).join('');
}

function event({ scenario, seed, best }: WindowSearch, start: WindowStart, rank: number): string[] {
  const begin = Date.parse(start.start.replace(/\[.*$/, ''));
  return [
    'BEGIN:VEVENT',
    `UID:${utc(begin)}-${encodeURIComponent(scenario)}-${encodeURIComponent(seed)}@rollcast`,
    `DTSTAMP:${utc(begin)}`,
    `DTSTART:${utc(begin)}`,
    `DTEND:${utc(begin + Math.ceil(start.durationSeconds) * 1000)}`,
    `SUMMARY:${escaped(`Roll ${scenario}, choice ${rank + 1} of ${best.length}`)}`,
    `DESCRIPTION:${escaped(describe(start))}`,
    'STATUS:TENTATIVE',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

function describe({ durationSeconds, outageSeconds, unservedRequests, requestsDuringRoll, probability }: WindowStart): string {
  const requests = countOf(Math.round(requestsDuringRoll), 'request');
  const outage = outageSeconds > 0 ? `with ${writeSeconds(outageSeconds)} of outage in all` : 'without any outage';
  return [
    'Keeps every objective.',
    `The roll takes ${writeSeconds(durationSeconds)}, ${outage}.`,
    ...(requestsDuringRoll > 0 ? [`${requests} during the roll, ${writeFigure(Math.round(unservedRequests))} of them unserved.`] : []),
    ...(probability === undefined ? [] : [`Finishes in time in ${writeShare(probability)} of the replications.`]),
  ].join('\n');
}

/** `20261124T000000Z` */
function utc(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** Lines of more than 75 bytes go on in a next one that begins with a space; no character is split. */
function folded(line: string): string {
  let text = '';
  let room = LONGEST;
  for (const character of line) {
    const bytes = encoder.encode(character).length;
    if (bytes > room) {
      text += '\r\n ';
      room = LONGEST - 1;
    }
    text += character;
    room -= bytes;
  }
  return text;
}

const LONGEST = 75;
const encoder = new TextEncoder();
