import { describe, expect, it } from 'vitest';
import { readCronJob } from '../../../src/scenario/kubernetes/readCronJob.ts';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';

const spec = {
  schedule: '0 3 * * *',
  jobTemplate: {
    spec: { backoffLimit: 2, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'app:1' }] } } },
  },
};

function read(change: object, given: { readonly metadata?: object; readonly status?: object } = {}) {
  const metadata = { name: 'night', namespace: 'shop', ...given.metadata };
  const value = { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { ...spec, ...change }, status: given.status };
  const locate = () => ({ file: 'dump.json', line: 1, column: 1 });
  return readObjects([{ value, locate }], { start: 0, kubernetesVersion: '1.34' });
}

describe(readCronJob, () => {
  it('reads the schedule, the policy and the Job that it makes', () => {
    const { objects, faults } = read({ timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid' });
    expect(faults).toEqual([]);
    expect(objects.cronJobs).toMatchObject([
      {
        namespace: 'shop',
        name: 'night',
        schedule: '0 3 * * *',
        timeZone: 'Europe/Berlin',
        concurrencyPolicy: 'Forbid',
        isSuspended: false,
      },
    ]);
    expect(objects.cronJobs[0]?.job).toMatchObject({ kind: 'Job', backoffLimit: 2, completions: 1 });
    expect(objects.workloads).toEqual([]);
  });

  it('counts from its last start, otherwise from its creation', () => {
    const metadata = { creationTimestamp: '1970-01-01T00:01:00Z' };
    const countedFrom = (status: object) => read({}, { metadata, status }).objects.cronJobs[0]?.countedFromEpoch;
    expect(countedFrom({ lastScheduleTime: '1970-01-01T00:02:00Z' })).toBe(120_000);
    expect(countedFrom({})).toBe(60_000);
    expect(read({}).objects.cronJobs[0]).not.toHaveProperty('countedFromEpoch');
  });

  it('points at a schedule that cannot be read', () => {
    expect(read({ schedule: 'often' }).faults).toMatchObject([{ path: expect.stringContaining('schedule') }]);
  });

  it('points at a time zone that nobody knows', () => {
    expect(read({ timeZone: 'Mars/Phobos' }).faults).toMatchObject([{ path: expect.stringContaining('timeZone') }]);
  });

  it('points into the Job template', () => {
    const broken = { spec: { ...spec.jobTemplate.spec, backoffLimit: -1 } };
    expect(read({ jobTemplate: broken }).faults).toMatchObject([{ path: expect.stringContaining('jobTemplate.spec.backoffLimit') }]);
  });
});
