import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/errors.ts';
import { jsonOffset } from '../../../src/scenario/kubernetes/jsonOffset.ts';
import { parseJson } from '../../../src/scenario/kubernetes/parseJson.ts';

const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
const space = fc.constantFrom(0, 2, '\t');

describe('parseJson', () => {
  it('gives the items of a list as JSON.parse does, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 5 }), space, fc.integer({ min: 1, max: 40 }), (items, indent, size) => {
        const { values, faults } = parseIn(JSON.stringify({ apiVersion: 'v1', items, kind: 'List', metadata: {} }, null, indent), size);
        expect(faults).toEqual([]);
        expect(values).toEqual(JSON.parse(JSON.stringify(items)));
      }),
    );
  });

  it('gives JSON lines as JSON.parse does, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (items, size) => {
        const plain = items.map(({ items: _, kind: __, ...rest }) => rest);
        const { values, faults } = parseIn(plain.map((item) => `${JSON.stringify(item)}\n`).join(''), size);
        expect(faults).toEqual([]);
        expect(values).toEqual(JSON.parse(JSON.stringify(plain)));
      }),
    );
  });

  it('finds the text that it was cut from wherever it is cut off', () => {
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 3 }), fc.nat(), (items, seed) => {
        const text = JSON.stringify({ items });
        const { faults } = parseIn(text.slice(0, 1 + (seed % (text.length - 1))), 7);
        expect(faults.map(({ code }) => code)).toEqual(['SCENARIO_SYNTAX']);
      }),
    );
  });
});

describe('parts of pods in parseJson', () => {
  it.each([0, 4])('are one object although the volumes with tokens have random names (indented by %i)', (indent) => {
    const pod = (name: string, image = 'a') => ({
      spec: { containers: [{ image, volumeMounts: [{ name }] }], volumes: [{ name, projected: {} }] },
    });
    const items = [
      pod('kube-api-access-abc12'),
      pod('kube-api-access-zbc9x'),
      pod('kube-api-access-abc12', 'b'),
      pod('kube-api-access-abcdef'),
    ];
    const { values, faults } = parseIn(JSON.stringify({ apiVersion: 'v1', items, kind: 'List' }, null, indent), 1 << 20);
    expect(faults).toEqual([]);
    const numbered = (part: string) => values.map((value) => Object(value).spec[part]).map((own, _, all) => all.indexOf(own));
    expect(numbered('containers')).toEqual([0, 0, 2, 3]);
    expect(numbered('volumes')).toEqual([0, 0, 0, 3]);
  });
});

describe('the statuses of containers in parseJson', () => {
  const statusOf = (type: string) => ({
    status: { containerStatuses: [{ name: 'c' }], conditions: [{ type, status: 'True' }], phase: 'Running' },
  });

  it.each([0, 4])('are read of pods that are starting or being resized, and of no others (indented by %i)', (indent) => {
    const starting = { status: { phase: 'Pending', containerStatuses: [{ name: 'c' }] } };
    const items = [statusOf('Ready'), statusOf('PodResizeInProgress'), starting, { status: { containerStatuses: [{ name: 'c' }] } }];
    const { values } = parseIn(JSON.stringify({ apiVersion: 'v1', items, kind: 'List' }, null, indent), 1 << 20);
    const { containerStatuses: _, ...rest } = statusOf('Ready').status;
    expect(values).toEqual([{ status: rest }, statusOf('PodResizeInProgress'), starting, { status: {} }]);
  });
});

describe('jsonOffset', () => {
  it('finds every member of an object', () => {
    fc.assert(
      fc.property(object, space, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        for (const [key, member] of Object.entries(value)) {
          const rest = text.slice(jsonOffset(text, [key]));
          expect(rest.startsWith(JSON.stringify(member).slice(0, 1))).toBe(true);
          if (indent === 0) expect(rest.startsWith(JSON.stringify(member))).toBe(true);
        }
      }),
    );
  });

  it('finds items of nested lists, and the nearest ancestor of what is not there', () => {
    const text = '{"a": [1, {"b": [true, "x,]"], "c": null}, "end"], "d": 2}';
    expect(text.slice(jsonOffset(text, ['a', 1, 'b', 1]))).toMatch(/^"x,\]"/);
    expect(text.slice(jsonOffset(text, ['a', 1, 'c']))).toMatch(/^null/);
    expect(text.slice(jsonOffset(text, ['a', 2]))).toMatch(/^"end"/);
    expect(text.slice(jsonOffset(text, ['a', 3, 'x']))).toMatch(/^\[1/);
    expect(jsonOffset(text, ['missing'])).toBe(0);
  });
});

function parseIn(text: string, size: number): { values: unknown[]; faults: Fault[] } {
  const bytes = new TextEncoder().encode(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
  const faults: Fault[] = [];
  const values = [...parseJson(chunks, 'f', faults)].map(({ value }) => value);
  return { values, faults };
}
