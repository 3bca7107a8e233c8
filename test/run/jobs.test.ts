import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { aJob, aNode, aPod } from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aScenario } from '../support/scenarios.ts';

/** A roll of `rolled` under a Job of five pods, two at a time, of which so many have ended before and one runs on the node n2. */
function forecast(ended: { readonly succeeded: number; readonly failed: number }, rolled: string) {
  const job = { ...aJob('sum', 2, { cpu: 1 }), completions: 5, ended };
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'sum' };
  const { spec, labels } = job.template;
  const pods = [aPod('sum-x', { owner, labels, spec, nodeName: 'n2' })];
  const cluster = { nodes: [aNode('n1'), aNode('n2')], workloads: [job], pods };
  const result = run(aScenario({ cluster, roll: { nodes: [rolled] } }), '1');
  const [sum] = result.workloads;
  const created = eventsOf(result).filter(({ kind }) => kind === 'podCreated').length;
  return {
    desired: sum?.desired,
    degraded: sum?.degraded,
    moves: sum?.moves,
    created,
    found: result.findings.map(({ code }) => code).filter((code) => code !== 'NODES_LEFT_EMPTY'),
  };
}

describe('a Job of a dump', () => {
  it('makes no pods in the place of those that have succeeded, though they are long gone', () => {
    expect(forecast({ succeeded: 4, failed: 0 }, 'n1')).toMatchObject({ desired: 1, degraded: 0, moves: 0, created: 0 });
    expect(forecast({ succeeded: 3, failed: 0 }, 'n1')).toMatchObject({ desired: 2 });
  });

  it('has fewer failures left by those that it had', () => {
    expect(forecast({ succeeded: 4, failed: 5 }, 'n2')).toMatchObject({ moves: 1, created: 1, found: ['JOB_WORK_LOST'] });
    expect(forecast({ succeeded: 4, failed: 6 }, 'n2')).toMatchObject({
      moves: 1,
      created: 0,
      found: expect.arrayContaining(['JOB_GAVE_UP', 'JOB_WORK_LOST']),
    });
  });

  it('that is not among the objects has not given up', () => {
    const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'sum' };
    const pods = [aPod('sum-x', { owner, nodeName: 'n1' })];
    const { findings } = run(aScenario({ cluster: { nodes: [aNode('n1'), aNode('n2')], pods }, roll: { nodes: ['n1'] } }), '1');
    expect(findings.map(({ code }) => code)).toContain('JOB_WORK_LOST');
    expect(findings.map(({ code }) => code)).not.toContain('JOB_GAVE_UP');
  });

  it('is over when its deadline is, which is no outage', () => {
    const job = { ...aJob('sum', 2, { cpu: 1 }), activeDeadlineSeconds: 300 };
    const { workloads, findings } = run(
      aScenario({ cluster: { nodes: [aNode('n1'), aNode('n2')], workloads: [job] }, roll: { nodes: ['n1'] } }),
      '1',
    );
    expect(workloads).toMatchObject([{ desired: 2, outages: [] }]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'JOB_DEADLINE_EXCEEDED',
        object: 'Job/default/sum',
        message: expect.stringMatching(/^its .* \(5m\) were over after 5m,/),
      }),
    );
  });

  it('says that the start may be wrong when its deadline was over before', () => {
    const { epochMilliseconds } = aScenario().start;
    const job = { ...aJob('sum', 2, { cpu: 1 }), activeDeadlineSeconds: 300, startedEpoch: epochMilliseconds - 3_600_000 };
    const { findings } = run(aScenario({ cluster: { nodes: [aNode('n1'), aNode('n2')], workloads: [job] }, roll: { nodes: ['n1'] } }), '1');
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'JOB_DEADLINE_EXCEEDED', hint: 'see whether spec.start is about the time of the dump' }),
    );
  });
});

describe('a Job that counts failures by index', () => {
  it('says which indexes the roll has made it give up, and wants their pods no more', () => {
    const job = { ...aJob('sum', 2, { cpu: 1 }), perIndex: { backoffLimit: 0, completed: [], failed: [] } };
    const { workloads, findings } = run(
      aScenario({ cluster: { nodes: [aNode('n1'), aNode('n2')], workloads: [job] }, roll: { nodes: ['n1'] } }),
      '1',
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'JOB_INDEXES_GIVEN_UP',
        object: 'Job/default/sum',
        message: expect.stringMatching(/^index [01] of it is given up:/),
      }),
    );
    expect(findings.map(({ code }) => code)).not.toContain('JOB_GAVE_UP');
    expect(workloads).toMatchObject([{ degraded: 0, moves: 1 }]);
  });
});

describe('the outage of a Job', () => {
  it('is told to come from the back-off after its pod had failed', () => {
    const cluster = { nodes: [aNode('n1'), aNode('n2')], workloads: [aJob('sum', 1, { cpu: 1 })] };
    const [sum] = run(aScenario({ cluster }), '1').workloads;
    const causes = sum?.outages.map(({ cause }) => cause.find((text) => text.startsWith('its successor'))) ?? [];
    expect(causes.length).toBeGreaterThan(0);
    for (const cause of causes)
      expect(cause).toMatch(/^its successor default\/sum-\S+ was created \d+s later, after the back-off of its Job$/);
  });
});
