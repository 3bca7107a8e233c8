import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { toSeconds } from '../../src/units.ts';
import { aDeployment, aNode, anAutoscaler } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const nodes = Array.from({ length: 6 }, (_, index) => aNode(`n${index + 1}`));

/** Six nodes rolled from Monday 00:40 on, 8 minutes each, with other demand from 01:00 on; one replica serves 100 requests per second. */
function changingDemand(replicas: number, [before, later]: readonly [number, number], autoscalers = [anAutoscaler('web')]): Scenario {
  const requestsPerSecond = Array.from({ length: 168 }, (_, hour) => (hour === 0 ? before : later));
  return aScenario({
    cluster: { nodes, workloads: [aDeployment('web', replicas, { cpu: 1 })], autoscalers },
    start: { text: '2026-01-05T00:40:00+00:00[UTC]', timeZone: 'UTC', epochMilliseconds: Date.UTC(2026, 0, 5, 0, 40) },
    demand: [{ match: { name: 'web' }, requestsPerSecond, perReplica: 100 }],
  });
}

function desiredOf(scenario: Scenario) {
  const steps: [number, number][] = [];
  const result = run(scenario, '1', 'everything', ({ sim, cluster }) =>
    cluster.subscribe((change) => {
      if (change.kind === 'workloadUpdated' && change.workload.kind === 'Deployment')
        steps.push([toSeconds(sim.now), change.workload.replicas]);
    }),
  );
  return { result, steps };
}

describe('an autoscaler during a roll', () => {
  it('adds replicas when demand rises, and its twin without one leaves demand unserved', () => {
    const { result, steps } = desiredOf(changingDemand(2, [100, 500]));
    expect(steps.map(([, replicas]) => replicas)).toEqual([4, 7, 9]);
    expect(steps[0]?.[0]).toBe(1200);
    const twin = run(changingDemand(2, [100, 500], []), '1');
    const shortfall = 300 * (toSeconds(twin.endedAt) - 1200);
    expect(twin.unservedRequests).toBeGreaterThanOrEqual(shortfall);
    expect(result.unservedRequests).toBeLessThan(0.1 * twin.unservedRequests);
  });

  it('removes replicas when demand falls, which is no outage', () => {
    const { result, steps } = desiredOf(changingDemand(8, [500, 50]));
    expect(steps).toEqual([[1485, 2]]);
    const [web] = result.workloads;
    expect(web?.outages).toEqual([]);
    // Nobody is missed who is not wanted: the fewer pods, the fewer moves.
    expect(web?.degraded).toBeLessThanOrEqual(run(changingDemand(8, [500, 50], []), '1').workloads[0]?.degraded ?? 0);
    expect(result.roll.outcome).toBe('completed');
  });

  it('has done its work before the roll begins: the replicas fit the demand of the first hour', () => {
    const [low, high] = [50, 500].map((demand) => run(changingDemand(4, [demand, demand]), '1'));
    expect([low, high].map((result) => result?.workloads[0]?.desired)).toEqual([2, 9]);
    expect(high?.unservedRequests).toBe(0);
    expect(high?.scheduling.pendingBefore).toEqual([]);
  });

  it('lets the run end', () => {
    const { result } = desiredOf(changingDemand(2, [100, 500]));
    expect(toSeconds(result.endedAt)).toBeLessThan(6 * 8 * 60 + 60);
  });
});
