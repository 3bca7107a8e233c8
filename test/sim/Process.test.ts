import { describe, expect, it } from 'vitest';
import { firstOf, type Process, Signal, timeout, type Wait } from '../../src/sim/Process.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { instant, milliseconds, NEVER } from '../../src/units.ts';

const ms = milliseconds;

describe('a process', () => {
  it('runs its first step at once and sleeps for its timeouts', () => {
    const { sim, log, note } = recorder();
    sim.start('a', note('a', timeout(ms(10)), timeout(ms(5))));
    expect(log).toEqual(['0 a0']);
    sim.run(NEVER);
    expect(log).toEqual(['0 a0', '10 a1', '15 a2']);
  });

  it('returns a fact that can be read when it is done, not before', () => {
    const sim = new Simulation('s');
    const running = sim.start('answer', answerAfter(7));
    expect(() => running.result()).toThrow('process answer has not returned yet');
    sim.run(NEVER);
    expect(running.isDone).toBe(true);
    expect(running.result()).toBe(7);
  });

  it('lets other events of the instant go first when it waits for no time', () => {
    const { sim, log, note } = recorder();
    sim.start('b', note('b', timeout(ms(0))));
    sim.start('a', note('a', timeout(ms(0))));
    sim.run(NEVER);
    expect(log).toEqual(['0 b0', '0 a0', '0 a1', '0 b1']);
  });

  it('goes on by its ordinal among processes of its name that wake in the same instant, after other names that come before', () => {
    const { sim, log, note } = recorder();
    for (const ordinal of [10, 2]) sim.start('b', note(`b${ordinal}-`, timeout(ms(5))), ordinal);
    sim.start('a', note('a', timeout(ms(5))), 11);
    sim.run(NEVER);
    expect(log.slice(3)).toEqual(['5 a1', '5 b2-1', '5 b10-1']);
  });

  it('never wakes from a timeout that never ends', () => {
    const { sim, log, note } = recorder();
    sim.start('a', note('a', timeout(NEVER)));
    sim.run(instant(1_000_000));
    expect(log).toEqual(['0 a0']);
  });
});

describe('Signal', () => {
  it('wakes those who wait when it fires, and later ones only when it fires again', () => {
    const { sim, log, note } = recorder();
    const signal = new Signal();
    sim.start('early', note('early', signal));
    sim.start('late', note('late', timeout(ms(6)), signal));
    fireAt(sim, signal, 5);
    fireAt(sim, signal, 9);
    sim.run(NEVER);
    expect(log).toEqual(['0 early0', '0 late0', '5 early1', '6 late1', '9 late2']);
  });

  it('wakes a process once however often it fires in one instant', () => {
    const { sim, log, note } = recorder();
    const signal = new Signal();
    sim.start('a', note('a', signal, signal));
    sim.schedule({ kind: 'twice', entity: 'x', fire: () => [signal.fire(), signal.fire()] }, instant(5), 'React');
    sim.run(NEVER);
    expect(log).toEqual(['0 a0', '5 a1']);
  });
});

describe('firstOf', () => {
  it('wakes with the first wait and calls the others off', () => {
    const { sim, log, note } = recorder();
    const signal = new Signal();
    sim.start('a', note('a', firstOf(timeout(ms(10)), signal, timeout(ms(3))), timeout(ms(1))));
    fireAt(sim, signal, 5);
    sim.run(NEVER);
    expect(log).toEqual(['0 a0', '3 a1', '4 a2']);
  });

  it('wakes once when two waits end in the same instant', () => {
    const { sim, log, note } = recorder();
    const signal = new Signal();
    sim.start('a', note('a', firstOf(signal, timeout(ms(5))), timeout(ms(1))));
    fireAt(sim, signal, 5);
    sim.run(NEVER);
    expect(log).toEqual(['0 a0', '5 a1', '6 a2']);
  });

  it('can be nested', () => {
    const { sim, log, note } = recorder();
    sim.start('a', note('a', firstOf(timeout(ms(9)), firstOf(timeout(ms(4)), timeout(ms(7)))), timeout(ms(20))));
    sim.run(NEVER);
    expect(log).toEqual(['0 a0', '4 a1', '24 a2']);
  });
});

function* answerAfter(delay: number): Process<number> {
  yield timeout(ms(delay));
  return delay;
}

function fireAt(sim: Simulation, signal: Signal, at: number): void {
  sim.schedule({ kind: 'fire', entity: 'signal', fire: () => signal.fire() }, instant(at), 'React');
}

function recorder() {
  const sim = new Simulation('s');
  const log: string[] = [];
  function* note(name: string, ...waits: Wait[]): Process<void> {
    log.push(`${sim.now} ${name}0`);
    let step = 1;
    for (const wait of waits) {
      yield wait;
      log.push(`${sim.now} ${name}${step++}`);
    }
  }
  return { sim, log, note };
}
