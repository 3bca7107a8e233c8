import { deserialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { JobSharing, type Shared } from '../../src/cli/JobSharing.ts';
import type { RunJob } from '../../src/experiments/RunJob.ts';
import { cellsOver } from '../../src/experiments/sweep.ts';
import { unpacked } from '../../src/scenario/packedScenarios.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const nodes = Array.from({ length: 200 }, (_, index) => aNode(`n${index}`));
const scenario = aScenario({ cluster: { nodes, workloads: [aDeployment('web', 2, { cpu: 1 })] } });
const cells = cellsOver(scenario, [1, 2, 3, 4, 5]).map((cell) => cell.scenario);

const read = ({ bytes }: Shared) => deserialize(new Uint8Array(bytes));
const scenariosIn = (shared: Shared) => unpacked(read(shared));
const jobsOf = (...scenarios: (typeof scenario)[]): RunJob[] =>
  scenarios.map((one, index) => ({ scenario: one, seed: `s#${index}`, detail: 'figures' }));

describe('JobSharing', () => {
  it('names the scenario of each job by its place', () => {
    const [first = scenario, second = scenario] = cells;
    const { scenarios, jobs } = new JobSharing().share(jobsOf(first, second, first));
    expect(scenariosIn(scenarios)).toEqual([first, second]);
    expect(read(jobs)).toEqual([
      { seed: 's#0', detail: 'figures', scenario: 0 },
      { seed: 's#1', detail: 'figures', scenario: 1 },
      { seed: 's#2', detail: 'figures', scenario: 0 },
    ]);
  });

  it('holds a cluster once, however many cells of a sweep have it', () => {
    const sharing = new JobSharing();
    const { scenarios } = sharing.share(jobsOf(...cells));
    const [first, ...others] = scenariosIn(scenarios);
    for (const other of others) expect(other.cluster).toBe(first?.cluster);
    expect(scenarios.bytes.byteLength).toBeLessThan(1.1 * new JobSharing().share(jobsOf(scenario)).scenarios.bytes.byteLength);
  });

  it('shares no scenario a second time', () => {
    const sharing = new JobSharing();
    const before = sharing.share(jobsOf(...cells));
    const after = sharing.share(jobsOf(...cells.slice(3)));
    expect(after.scenarios).toBe(before.scenarios);
    expect(read(after.jobs)).toMatchObject([{ scenario: 3 }, { scenario: 4 }]);
  });

  it('gives new bytes a new number', () => {
    const sharing = new JobSharing();
    const numbers = [...cells, scenario].flatMap((one) => {
      const { scenarios, jobs } = sharing.share(jobsOf(one));
      return [scenarios.number, jobs.number];
    });
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
