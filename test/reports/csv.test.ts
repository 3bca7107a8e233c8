import { describe, expect, it } from 'vitest';
import { csv } from '../../src/reports/csv.ts';

const line = (...cells: Parameters<typeof csv>[1] extends Iterable<infer Row> ? Row[] : never) => [...csv(['a'], cells)][1];

describe('csv', () => {
  it.each([
    ['plain text', 'x', 'x\r\n'],
    ['a comma', 'a,b', '"a,b"\r\n'],
    ['a quote', 'say "hi"', '"say ""hi"""\r\n'],
    ['a line break', 'a\nb', '"a\nb"\r\n'],
    ['a formula', '=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"\r\n'],
    ['a command', '@SUM(A1)', "'@SUM(A1)\r\n"],
    ['a text that opens with minus', '-1+1', "'-1+1\r\n"],
    ['a number below zero', -3.5, '-3.5\r\n'],
    ['nothing', undefined, '\r\n'],
    ['an infinite number', Number.POSITIVE_INFINITY, '\r\n'],
  ])('writes %s', (_name, cell, expected) => {
    expect(line([cell])).toBe(expected);
  });
});
