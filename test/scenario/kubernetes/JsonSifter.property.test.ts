import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/errors.ts';
import { JsonSifter } from '../../../src/scenario/kubernetes/JsonSifter.ts';
import { parseJson } from '../../../src/scenario/kubernetes/parseJson.ts';
import { siftRules } from '../../../src/scenario/kubernetes/siftRules.ts';

const members = Object.values(siftRules).flatMap((section) => Object.keys(section));
const unread = Object.values(siftRules).flatMap((section) => Object.keys(section).filter((name) => typeof section[name] !== 'function'));
const key = fc.oneof(fc.constantFrom(...members, 'name', ''), fc.string({ unit: 'grapheme' }));
const value = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' });
const section = fc.oneof(fc.dictionary(key, value, { maxKeys: 6 }), value);
const sections = fc.constantFrom(...Object.keys(siftRules), 'data');
const item = fc.dictionary(sections, section, { maxKeys: 4 });
/** Objects that repeat each other's parts, as the pods of one template do. */
const items = fc
  .array(item, { minLength: 1, maxLength: 3 })
  .chain((distinct) => fc.array(fc.constantFrom(...distinct), { minLength: 1, maxLength: 8 }));
const space = fc.constantFrom(0, 2, 4, '\t', '\r\n ');

describe('JsonSifter', () => {
  it('makes parseJson give what JSON.parse gives, without what nobody reads, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(items, space, fc.integer({ min: 20, max: 4000 }), (given, indent, size) => {
        const text = JSON.stringify({ apiVersion: 'v1', items: given, kind: 'List' }, null, indent);
        const { values, faults } = parseIn(text, size);
        expect(faults).toEqual([]);
        expect(values).toEqual(JSON.parse(JSON.stringify(given.map(withoutUnread))));
      }),
    );
  });

  it('finds the end of an object and counts its lines', () => {
    fc.assert(
      fc.property(item, space, (given, indent) => {
        fc.pre(!hasEscapedName(given));
        const text = JSON.stringify(given, null, indent);
        const sifted = new JsonSifter(siftRules).sift(new TextEncoder().encode(`  ${text},  `), 2);
        const bytes = new TextEncoder().encode(text);
        expect(sifted?.end).toBe(bytes.length + 2);
        expect(sifted?.lineBreaks).toBe(text.split('\n').length - 1);
        expect(sifted?.lineStart).toBe(bytes.includes(0x0a) ? bytes.lastIndexOf(0x0a) + 3 : 2);
      }),
    );
  });

  it('accepts nothing that JSON.parse refuses', () => {
    const edit = fc.record({
      at: fc.nat(),
      length: fc.integer({ min: 0, max: 2 }),
      text: fc.constantFrom('', '"', '\\', '{', ']', ',', '0', '-', 'e', '\n', '\u0001', ':', 'tru'),
    });
    fc.assert(
      fc.property(item, edit, ({ ...given }, { at, length, text }) => {
        const valid = JSON.stringify({ metadata: given });
        const start = 1 + (at % valid.length);
        const edited = valid.slice(0, start) + text + valid.slice(start + length);
        const bytes = new TextEncoder().encode(edited);
        const sifted = new JsonSifter(siftRules).sift(bytes, 0);
        if (sifted) expect(() => JSON.parse(new TextDecoder().decode(bytes.subarray(0, sifted.end)))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

function parseIn(text: string, size: number): { values: unknown[]; faults: Fault[] } {
  const bytes = new TextEncoder().encode(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
  const faults: Fault[] = [];
  const values = [...parseJson(chunks, 'f', faults)].map(({ value: parsed }) => withoutUnread(parsed));
  return { values, faults };
}

function withoutUnread(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const copy = Object.entries(given).map(([name, part]) => [name, name in siftRules ? pruned(part) : part] as const);
  return Object.fromEntries(copy);
}

function pruned(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).filter(([name]) => !unread.includes(name)));
}

/** The sifter leaves sections with such a name to the parser. */
function hasEscapedName(given: Readonly<Record<string, unknown>>): boolean {
  const names = Object.values(given).flatMap((part) => (typeof part === 'object' && part !== null ? Object.keys(part) : []));
  return names.some((name) => JSON.stringify(name).includes('\\'));
}
