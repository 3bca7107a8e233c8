import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PodPlaces } from '../../src/scheduler/PodPlaces.ts';

const steps = fc.array(
  fc.record({
    slot: fc.nat(200),
    node: fc.nat(9),
    kind: fc.nat(9),
    part: fc.constantFrom('lasting' as const, 'leaving' as const),
    verb: fc.constantFrom('put', 'put', 'put like', 'mark', 'clear'),
  }),
  { maxLength: 600 },
);

describe('PodPlaces', () => {
  it('knows where every pod is, of which kind, and who is terminating, whatever came before', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const places = new PodPlaces();
        const models = new PodPlaces();
        for (let kind = 0; kind <= 9; kind += 1) models.put(kind, 0, kindNumbered(kind), 'lasting');
        const known = new Map<number, { node: number; kind: number; isLeaving: boolean }>();
        for (const { slot, node, kind, part, verb } of list) {
          const there = known.get(slot);
          if (verb === 'put' && !there) {
            places.put(slot, node, kindNumbered(kind), part);
            known.set(slot, { node, kind, isLeaving: part === 'leaving' });
          }
          if (verb === 'put like' && !there) {
            places.putLike(models, kind, slot, node);
            known.set(slot, { node, kind, isLeaving: false });
          }
          if (verb === 'mark') {
            expect(places.markLeaving(slot)).toBe(there?.isLeaving === false);
            if (there) there.isLeaving = true;
          }
          if (verb === 'clear' && known.delete(slot)) places.clear(slot);
        }
        for (let slot = 0; slot <= 200; slot += 1) {
          const { node = -1, isLeaving = false } = known.get(slot) ?? {};
          expect([places.nodeOf(slot), places.isLeaving(slot)]).toEqual([node, isLeaving]);
        }
        for (const [slot, { kind }] of known) {
          const { number, row, priority, isPlain, hasVolumes } = kindNumbered(kind);
          expect([places.kindOf(slot), places.heldBy(slot), places.priorityOf(slot)]).toEqual([number, row, priority]);
          expect(places.holdsMore(slot)).toBe(!isPlain || hasVolumes);
        }
      }),
    );
  });
});

function kindNumbered(number: number) {
  return { number, row: number >> 1, priority: number - 5, isPlain: number % 2 === 0, hasVolumes: number % 3 === 0 };
}
