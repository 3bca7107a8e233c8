import { describe, expect, it } from 'vitest';
import { readCronJob } from '../../../src/scenario/kubernetes/readCronJob.ts';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';

const spec = {
  schedule: '0 3 * * *',
  jobTemplate: {
    spec: { backoffLimit: 2, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'app:1' }] } } },
  },
};

function read(change: object) {
  const value = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'night', namespace: 'shop' }, spec: { ...spec, ...change } };
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
