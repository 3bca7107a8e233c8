import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventRows } from '../../../src/run/EventColumns.ts';
import { EventRecorder } from '../../../src/run/probes/EventRecorder.ts';
import { instant } from '../../../src/units.ts';

const text = fc.constantFrom('', 'a', 'a/b', 'podBound', 'message');
const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const event = fc.record({
  at: fc.nat(2 ** 40).map(instant),
  kind: text,
  object: fc.record({ kind: fc.constantFrom('Pod', 'Node'), name: text }),
  detail: fc.dictionary(fc.constantFrom('node', 'message', 'attempt', 'isLast'), value, { noNullPrototype: true }),
});

describe('EventRecorder', () => {
  it('gives back every row as it was written, as often as they are read, also after a copy to another thread', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 600 }), (events) => {
        const recorder = new EventRecorder();
        for (const { at, kind, object, detail } of events) recorder.add(at, kind, object, detail);
        const columns = structuredClone(recorder.columns());
        const rows = eventRows(columns);
        const wanted = events.map(({ object, ...event }) => ({ ...event, object: `${object.kind}/${object.name}` }));
        expect([...rows]).toEqual(wanted);
        expect([...rows].map(({ detail }) => Object.keys(detail))).toEqual(wanted.map(({ detail }) => Object.keys(detail)));
      }),
    );
  });

  it('keeps each text once', () => {
    const recorder = new EventRecorder();
    for (const at of [0, 1000]) recorder.add(instant(at), 'failedScheduling', { kind: 'Pod', name: 'default/a' }, { message: 'no room' });
    expect(recorder.columns().texts).toEqual(['failedScheduling', 'Pod', 'default/a', 'no room']);
  });
});
