import { describe, expect, it } from 'vitest';
import { type Process, Signal, timeout } from '../../src/sim/Process.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { sample } from '../../src/sim/sample.ts';
import { mean, meanInterval } from '../../src/stats/meanInterval.ts';
import { StepFunction } from '../../src/stats/StepFunction.ts';
import { instant, seconds } from '../../src/units.ts';

const WARM_UP = 2_000_000;
const END = 42_000_000;
const ARRIVAL = seconds(10);
const SERVICE = seconds(8);

/** The textbook queue with load 0.8: L = 0.8 / 0.2 = 4 customers and W = 8 / 0.2 = 40 seconds (Kleinrock, Queueing Systems I, 3.2). */
describe('an M/M/1 queue on the kernel', () => {
  const runs = Array.from({ length: 24 }, (_, index) => simulateQueue(`mm1-${index}`));

  it('holds the number of customers that theory gives', () => {
    const [low, high] = meanInterval(
      runs.map((run) => run.customers),
      0.999,
    );
    expect(low).toBeLessThan(4);
    expect(high).toBeGreaterThan(4);
    expect(high - low).toBeLessThan(1.2);
  });

  it('keeps a customer for as long as theory says', () => {
    const [low, high] = meanInterval(
      runs.map((run) => run.stay),
      0.999,
    );
    expect(low).toBeLessThan(40);
    expect(high).toBeGreaterThan(40);
    expect(high - low).toBeLessThan(12);
  });

  it('is busy for the share of time that arrivals bring work', () => {
    expect(mean(runs.map((run) => run.busy))).toBeCloseTo(0.8, 1);
  });

  it('obeys Little: customers = arrival rate times stay', () => {
    for (const run of runs) expect(Math.abs(run.customers / ((run.served / ((END - WARM_UP) / 1000)) * run.stay) - 1)).toBeLessThan(0.02);
  });
});

function simulateQueue(seed: string) {
  const sim = new Simulation(seed);
  const arrivals: number[] = [];
  const stays: number[] = [];
  const series = { times: [0], values: [0] };
  const arrived = new Signal();
  const count = () => {
    series.times.push(sim.now);
    series.values.push(arrivals.length);
  };
  function* customers(): Process<void> {
    for (;;) {
      yield timeout(sample({ kind: 'exponential', mean: ARRIVAL }, sim.stream('arrival', 'queue')));
      arrivals.push(sim.now);
      count();
      arrived.fire();
    }
  }
  function* server(): Process<void> {
    for (;;) {
      if (arrivals.length === 0) yield arrived;
      yield timeout(sample({ kind: 'exponential', mean: SERVICE }, sim.stream('service', 'queue')));
      const arrivedAt = arrivals.shift() ?? sim.now;
      if (sim.now >= WARM_UP) stays.push((sim.now - arrivedAt) / 1000);
      count();
    }
  }
  sim.start('customers', customers());
  sim.start('server', server());
  sim.run(instant(END));
  const steps = new StepFunction(series);
  const isBusy = new StepFunction({ times: series.times, values: series.values.map((customers) => Math.min(customers, 1)) });
  const busy = isBusy.mean(WARM_UP, END);
  return { customers: steps.mean(WARM_UP, END), stay: mean(stays), busy, served: stays.length };
}
