import { describe, expect, it } from 'vitest';
import { parseText } from '../../src/scenario/parseText.ts';

const file = 'case.yaml';

/** Ten anchors, each a list of ten aliases of the one before: ten thousand million values. */
function aliasBomb(): string {
  const levels = Array.from({ length: 10 }, (_, level) => {
    const items = Array.from({ length: 10 }, () => (level === 0 ? 'x' : `*a${level - 1}`)).join(', ');
    return `a${level}: &a${level} [${items}]`;
  });
  return levels.join('\n');
}

/** Deep only through aliases: each line wraps the one before. */
function aliasChain(levels: number): string {
  return ['a0: &a0 [x]', ...Array.from({ length: levels }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}]`)].join('\n');
}

describe('parseText', () => {
  it('gives the position of values, of keys and of the nearest ancestor', () => {
    const [document] = parseText('a: 1\nb:\n  - {c: x, d: y}\n', file).documents;
    expect(document?.value).toEqual({ a: 1, b: [{ c: 'x', d: 'y' }] });
    expect(document?.locate(['b', 0, 'd'])).toEqual({ file, line: 3, column: 15 });
    expect(document?.locate(['b', 0, 'd'], 'key')).toEqual({ file, line: 3, column: 12 });
    expect(document?.locate(['b', 0, 'missing', 'deeper'])).toEqual({ file, line: 3, column: 5 });
    expect(document?.locate([])).toEqual({ file, line: 1, column: 1 });
  });

  it('reads JSON, several documents, merge keys and aliases', () => {
    expect(parseText('{"a": [1, "2"]}', file).documents.map(({ value }) => value)).toEqual([{ a: [1, '2'] }]);
    expect(parseText('a: 1\n---\n---\nb: 2\n', file).documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }]);
    const [merged] = parseText('base: &base {a: 1}\nother: {<<: *base, b: 2}\n', file).documents;
    expect(merged?.value).toEqual({ base: { a: 1 }, other: { a: 1, b: 2 } });
  });

  it('reads an empty text as no document', () => {
    expect(parseText('', file)).toEqual({ documents: [], faults: [] });
    expect(parseText('# only a comment\n', file)).toEqual({ documents: [], faults: [] });
  });

  it.each([
    ['truncated JSON', '{"a": [1, {"b"', 'SCENARIO_SYNTAX', 1, 15],
    ['a duplicate key', 'a: {b: 1,\n  b: 2}', 'SCENARIO_SYNTAX', 2, 3],
    ['an unknown tag', 'x: 1\na: !secret 1', 'SCENARIO_SYNTAX', 2, 4],
    ['a tab as indentation', 'a:\n\tb: 1', 'SCENARIO_SYNTAX', 2, 1],
    ['100,000 nested brackets', 'a:\n '.concat('['.repeat(100_000)), 'SCENARIO_TOO_LARGE', 2, 102],
    ['100,000 nested braces', '{"a":'.repeat(100_000), 'SCENARIO_TOO_LARGE', 1, 501],
    ['100,000 nested list dashes', '- '.repeat(100_000).concat('x'), 'SCENARIO_TOO_LARGE', 1, 1001],
    ['an alias bomb', aliasBomb(), 'SCENARIO_TOO_LARGE', 1, 1],
    ['a chain of aliases', aliasChain(200), 'SCENARIO_TOO_LARGE', 1, 1],
    ['100,000 aliases', `a: &a x\nb: [${'*a, '.repeat(100_000)}]`, 'SCENARIO_TOO_LARGE', 2, 8005],
  ])('reports %s with its position', (_, text, code, line, column) => {
    const { documents, faults } = parseText(text, file);
    expect(documents).toEqual([]);
    expect(faults.map((fault) => [fault.code, fault.position])).toEqual([[code, { file, line, column }]]);
  });

  it('reports each duplicate key and keeps the other documents', () => {
    const { documents, faults } = parseText('a: 1\na: 2\nb: 1\nb: 2\n---\nc: 3\n', file);
    expect(faults.map(({ position }) => position?.line)).toEqual([2, 4]);
    expect(documents.map(({ value }) => value)).toEqual([{ c: 3 }]);
  });

  it('never repeats a piece of the text in a message', () => {
    const broken = [
      'password: "s3cr3t\nnext: 1',
      'password: s3cr3t: [',
      'password: [s3cr3t}',
      'a: "x" s3cr3t',
      '{"password": "s3cr3t" "x"}',
      ...[
        '!s3cr3t x',
        '|s3cr3t',
        '>s3cr3t',
        '%s3cr3t',
        '&s3cr3t *s3cr3t',
        '*s3cr3t',
        '@s3cr3t',
        '`s3cr3t',
        '"\\s3cr3t"',
        's3cr3t: x: y',
      ].flatMap((secret) => [`password: ${secret}`, `- ${secret}\n`, secret]),
    ];
    for (const text of broken) {
      const { faults } = parseText(text, file);
      if (text.includes('password')) expect(faults, text).toHaveLength(1);
      expect(JSON.stringify(faults)).not.toContain('s3cr3t');
    }
  });
});
