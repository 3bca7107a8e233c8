import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { type Duration, minutes, seconds, ZERO } from '../../src/units.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

/** Unserved requests and moves of a Deployment that gets 100 requests per second; its pods end 2 s after they terminate and start in 10 s. */
function forecast({
  replicas,
  lag,
  perReplica = 1000,
  rate = 100,
}: {
  readonly replicas: number;
  readonly lag?: readonly [removal: Duration, loadBalancer: Duration];
  readonly perReplica?: number;
  readonly rate?: number;
}) {
  const nodes = Array.from({ length: 4 }, (_, index) => aNode(`n${index + 1}`));
  const scenario = aScenario({
    cluster: { nodes, workloads: [aDeployment('web', replicas, { cpu: 1 })] },
    timing: { ...aTiming(), ...(lag ? { endpoints: { removal: lag[0], loadBalancer: lag[1] } } : {}) },
    demand: [{ match: {}, requestsPerSecond: Array.from({ length: 168 }, () => rate), perReplica }],
  });
  const { unservedRequests, workloads, findings } = run(scenario, '1');
  return {
    unserved: unservedRequests,
    moves: workloads[0]?.moves ?? 0,
    findings: findings.filter(({ code }) => code !== 'NODES_LEFT_EMPTY'),
  };
}

describe('endpoint lag', () => {
  it('loses the share of a pod from its end until clients leave it out', () => {
    const { unserved, moves } = forecast({ replicas: 4, lag: [seconds(1), seconds(4)] });
    expect(moves).toBeGreaterThanOrEqual(4);
    expect(unserved).toBeCloseTo(100 * (5 - 2) * (1 / 4) * moves, 6);
  });

  it('costs nothing when pods outlive it', () => {
    const { unserved, findings } = forecast({ replicas: 4, lag: [seconds(2), ZERO] });
    expect(unserved).toBe(0);
    expect(findings).toEqual([]);
  });

  it('is named with the requests that it cost and the time in which it did', () => {
    const { moves, findings } = forecast({ replicas: 4, lag: [seconds(1), seconds(4)] });
    expect(findings).toMatchObject([{ code: 'REQUESTS_MISSED', severity: 'warning', object: 'Deployment/default/web' }]);
    // Each move costs a quarter of the requests of 3 s; the two pods of the last node go together.
    const cost = `${75 * moves} requests were sent to pods that had ended, for ${3 * (moves - 1)}s in all`;
    expect(findings[0]?.message).toBe(`${cost}: clients leave a pod out 5s after it begins to terminate`);
  });

  it('is not blamed for requests that pods cannot serve, nor when nobody asks', () => {
    expect(forecast({ replicas: 4, lag: [seconds(2), ZERO], perReplica: 20 }).findings).toEqual([]);
    expect(forecast({ replicas: 4, lag: [seconds(1), seconds(4)], rate: 0 }).findings).toEqual([]);
  });

  it('delays a new pod too: a single replica is missed from its end until the other one has joined', () => {
    const { unserved, moves } = forecast({ replicas: 1, lag: [seconds(5), ZERO] });
    expect(unserved).toBeCloseTo(100 * (10 + 5 - 2) * moves, 6);
  });

  it.each([
    { loadBalancer: ZERO, unserved: 3120 },
    { loadBalancer: minutes(1), unserved: 3700 },
    { loadBalancer: minutes(10), unserved: 9100 },
  ])('of $loadBalancer ms counts to the moment when clients know the last pod', ({ loadBalancer, unserved }) => {
    const nodes = ['n1', 'n2'].map((name) => aNode(name, { labels: { name }, poolLabels: { name } }));
    const scenario = aScenario({
      cluster: { nodes, workloads: [aDeployment('web', 1, { cpu: 1, nodeSelector: { name: 'n1' } })] },
      roll: { nodes: ['n1'] },
      timing: { ...aTiming({ reset: minutes(5) }), endpoints: { removal: ZERO, loadBalancer } },
      demand: [{ match: {}, requestsPerSecond: Array.from({ length: 168 }, () => 10), perReplica: 1000 }],
    });
    expect(run(scenario, '1').unservedRequests).toBeCloseTo(unserved, 6);
  });

  it('of no time changes nothing', () => {
    const none = forecast({ replicas: 1 });
    expect(none.unserved).toBeCloseTo(100 * 10 * none.moves, 6);
    expect(forecast({ replicas: 1, lag: [ZERO, ZERO] }).unserved).toBeCloseTo(100 * 10 * none.moves, 6);
  });

  it('counts overload of the pods that are left once', () => {
    const { unserved, moves } = forecast({ replicas: 4, lag: [seconds(1), seconds(4)], perReplica: 25 });
    expect(unserved).toBeCloseTo(25 * (10 + 5 - 2) * moves, 6);
  });
});
