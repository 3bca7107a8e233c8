import { describe, expect, it } from 'vitest';
import { startsIcs } from '../../src/reports/startsIcs.ts';
import { aWindowSearch } from '../support/sampleForecast.ts';

describe('startsIcs', () => {
  it('writes each of the best starts as an event in UTC', () => {
    const lines = startsIcs({ ...aWindowSearch(), scenario: 'shop', seed: '1' })?.split('\r\n');
    expect(lines).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Rollcast//window//EN',
      'BEGIN:VEVENT',
      'UID:20261124T010000Z-shop-1@rollcast',
      'DTSTAMP:20261124T010000Z',
      'DTSTART:20261124T010000Z',
      'DTEND:20261124T012005Z',
      'SUMMARY:Roll shop\\, choice 1 of 1',
      'DESCRIPTION:Keeps every objective.\\nThe roll takes 20m 5s\\, without any out',
      ' age.\\n120\\,000 requests during the roll\\, 0 of them unserved.\\nFinishes in',
      '  time in 100% of the replications.',
      'STATUS:TENTATIVE',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('separates the thousands of what is not served', () => {
    const { starts, ...search } = aWindowSearch();
    const text = startsIcs({ ...search, starts: starts.map((start) => ({ ...start, unservedRequests: 7_483_157.2 })) }) ?? '';
    expect(text.replaceAll('\r\n ', '')).toContain('7\\,483\\,157 of them unserved');
  });

  it('enters no start that breaks an objective', () => {
    const { starts, ...search } = aWindowSearch();
    expect(startsIcs({ ...search, starts: starts.map((start) => ({ ...start, outcome: 'fails' as const })) })).toBeUndefined();
  });

  it('folds long lines after 75 bytes, between characters, and lets no name break out of its line', () => {
    const text = startsIcs({ ...aWindowSearch(), scenario: `${'ü'.repeat(60)}\nEND:VEVENT;` }) ?? '';
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
    expect(lines.filter((line) => line.startsWith('END:VEVENT'))).toEqual(['END:VEVENT']);
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:Roll ${'ü'.repeat(60)}\\nEND:VEVENT\\;\\, choice 1`);
  });
});
