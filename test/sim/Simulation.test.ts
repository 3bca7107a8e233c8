import { describe, expect, it } from 'vitest';
import { RollError } from '../../src/errors.ts';
import type { Phase } from '../../src/sim/phase.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { type Instant, instant, NEVER } from '../../src/units.ts';

describe('Simulation', () => {
  it('moves its clock from event to event and stops at the last one that fired', () => {
    const { sim, log, at } = recorder();
    at(30, 'Change', 'c');
    at(10, 'Change', 'a');
    at(20, 'Change', 'b');
    sim.run(instant(25));
    expect(log).toEqual(['10 a', '20 b']);
    expect(sim.now).toBe(20);
    expect(sim.eventsFired).toBe(2);
    sim.run(NEVER);
    expect(log).toEqual(['10 a', '20 b', '30 c']);
  });

  it('fires nothing up to an instant that is past', () => {
    const { sim, log, at } = recorder();
    at(10, 'Change', 'a');
    sim.run(instant(10));
    at(10, 'Change', 'b');
    sim.run(instant(9));
    expect(log).toEqual(['10 a']);
    sim.run(instant(10));
    expect(log).toEqual(['10 a', '10 b']);
  });

  it('fires the phases of one instant in their order', () => {
    const { sim, log, at } = recorder();
    const backwards: Phase[] = ['Observe', 'Decide', 'React', 'Change'];
    for (const phase of backwards) at(5, phase, phase);
    sim.run(NEVER);
    expect(log).toEqual(['5 Change', '5 React', '5 Decide', '5 Observe']);
  });

  it('lets an event of an instant schedule an earlier phase of that same instant', () => {
    const { sim, log, at } = recorder();
    sim.schedule({ kind: 'decide', entity: 'x', fire: () => at(5, 'Change', 'woken') }, instant(5), 'Decide');
    at(5, 'Observe', 'seen');
    sim.run(NEVER);
    expect(log).toEqual(['5 woken', '5 seen']);
  });

  it('refuses an event in the past', () => {
    const { sim, at } = recorder();
    sim.schedule({ kind: 'late', entity: 'x', fire: () => at(4, 'Change', 'past') }, instant(5), 'Change');
    const failure = catchError(() => sim.run(NEVER));
    expect(failure).toBeInstanceOf(RollError);
    expect(failure).toMatchObject({ code: 'SIM_TIME_REVERSED', message: 'past of x scheduled at 4, now is 5' });
  });

  it('does not fire a cancelled event', () => {
    const { sim, log, at } = recorder();
    const handle = at(5, 'Change', 'off');
    at(6, 'Change', 'on');
    handle.cancel();
    sim.run(NEVER);
    expect(log).toEqual(['6 on']);
  });
});

function recorder() {
  const sim = new Simulation('seed');
  const log: string[] = [];
  const at = (when: number, phase: Phase, kind: string) =>
    sim.schedule({ kind, entity: 'x', fire: () => log.push(`${sim.now} ${kind}`) }, when as Instant, phase);
  return { sim, log, at };
}

function catchError(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
