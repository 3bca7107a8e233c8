import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ranked, Round, UNRANKED } from '../../src/controllers/Round.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { instant } from '../../src/units.ts';

const NAMES = fc.array(fc.nat(99), { maxLength: 80 });

describe('a round', () => {
  it('gives everyone who was added one turn, by key, whether they are new or not and come before it or in it', () => {
    fc.assert(fc.property(NAMES, NAMES, NAMES, fc.nat(20), checkOrder));
  });

  it('lets others go first whose events come before its own', () => {
    const { sim, round, member, taken } = aRound((name) => {
      if (name === 1) sim.schedule({ kind: 'turn', entity: 'a', fire: () => taken.push(-1) }, sim.now, 'React');
      if (name === 2) sim.schedule({ kind: 'turn', entity: 'z', fire: () => taken.push(-2) }, sim.now, 'React');
    });
    for (const name of [3, 1, 2]) round.add(member(name));
    sim.run(sim.now);
    expect(taken).toEqual([1, -1, 2, 3, -2]);
  });
});

/** Some have had turns before; some are added before the round and some in the turn with a certain number. */
function checkOrder(known: readonly number[], before: readonly number[], during: readonly number[], turn: number): void {
  const expected = new Set<number>();
  const { sim, round, member, taken } = aRound((name) => {
    expect(name).toBe(Math.min(...expected));
    expected.delete(name);
    if (taken.length === turn) add(during);
  });
  const add = (names: readonly number[]) => {
    for (const name of names) {
      round.add(member(name));
      expected.add(name);
    }
  };
  for (const names of [known, before]) {
    taken.length = 0;
    add(names);
    sim.run(sim.now);
    expect(expected.size).toBe(0);
    sim.run(instant(sim.now + 1));
  }
}

/** A round among events called `turn`, in the place `m` of these. */
function aRound(onTurn: (name: number) => void) {
  const sim = new Simulation('1');
  const taken: number[] = [];
  const takeTurn = ({ name }: Member) => {
    taken.push(name);
    onTurn(name);
  };
  const round = new Round<Member>(sim, { name: 'turn', entity: 'm', takeTurn });
  const members = new Map<number, Member>();
  const member = (name: number): Member => {
    const known = members.get(name) ?? { name, key: String(name).padStart(2, '0'), rank: UNRANKED };
    members.set(name, known);
    return known;
  };
  return { sim, round, member, taken };
}

interface Member extends Ranked {
  readonly name: number;
}
