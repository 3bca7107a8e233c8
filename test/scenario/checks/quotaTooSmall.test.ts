import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { quotaTooSmall } from '../../../src/scenario/checks/quotaTooSmall.ts';
import { readScenario } from '../../support/scenarioText.ts';

const foundFor = (knobs: string) => quotaTooSmall(subjectOf(readScenario({ roll: `{preset: capi-md, pool: workers, ${knobs}}` })));

describe('quotaTooSmall', () => {
  it.each([
    ['quota: 10', 1],
    ['quota: 11', 0],
    ['quota: 10, maxUnavailable: 1', 0],
    ['surge: 3', 0],
  ])('of ten nodes and {%s} finds %i', (knobs, count) => {
    expect(foundFor(knobs)).toHaveLength(count);
  });

  it('is sure of it, and says what to do', () => {
    expect(foundFor('quota: 9')).toMatchObject([{ code: 'QUOTA_TOO_SMALL', severity: 'error', object: 'Roll/capi-md' }]);
  });
});
