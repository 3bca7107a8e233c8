import { describe, expect, it } from 'vitest';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

const rollWith = (knobs: string, preset = 'cce-sync') => ({ roll: `{preset: ${preset}, pool: workers, maxUnavailable: 3, ${knobs}}` });
const RUNNING = 'replacement: inplace, machine: keepsRunning';

describe('knobs that contradict one another', () => {
  it.each([
    ['failure: {maxFailed: 2}', ['roll.failure.maxFailed: the roll continues whatever fails']],
    ['failure: {maxFailed: 2, then: stop}', []],
    ['cordon: none', ['roll.cordon: pods leave the nodes, which have to be cordoned for that']],
    ['cordon: none, drain: {mode: none}', ['roll.cordon: pods leave the nodes, which have to be cordoned for that']],
    [`cordon: none, ${RUNNING}`, ['roll.cordon: pods leave the nodes, which have to be cordoned for that']],
    [`cordon: none, drain: {mode: none}, ${RUNNING}`, []],
    ['drain: {attemptPause: 1m}', ['roll.drain.attemptPause: there is only one attempt']],
    ['drain: {attemptPause: 1m, onTimeout: retryForever, timeout: never}', ['roll.drain.attemptPause: there is only one attempt']],
    ['drain: {attemptPause: 1m, onTimeout: retryForever}', []],
    ['drain: {slowAttempts: {after: 10m, pause: 5m}}', ['roll.drain.slowAttempts: there is only one attempt']],
    ['drain: {kind: hypershift, slowAttempts: {after: 10m, pause: 5m}, alertAfter: 1h}', []],
    ['drain: {kind: hypershift, onTimeout: force}', []],
    ['drain: {kind: hypershift, backoff: {factor: 2, longest: 1m}}', ['roll.drain.backoff: not with attemptPause']],
    [
      'cordon: wholePool, budgetAccounting: unreadyOrCordoned',
      ['roll.budgetAccounting: the roll itself cordons the whole pool, which uses up every place'],
    ],
    ['cordon: wholePool, budgetAccounting: anyUnready', []],
    ['machine: keepsRunning', ['roll.replacement: not with a machine that keeps running']],
    [`${RUNNING}, nodeObject: recreated`, ['roll.nodeObject: not with a machine that keeps running']],
    [`${RUNNING}, shutdown: {grace: 30s}`, ['roll.shutdown: not with a machine that keeps running']],
    [`${RUNNING}, wipe: {imageCache: true}`, ['roll.wipe: not with a machine that keeps running']],
    [`${RUNNING}, wipe: {imageCache: false, localVolumePath: empty}`, []],
  ])('as in %s are the faults %j', (knobs, faults) => {
    expect(summaryOf(faultsIn(rollWith(knobs)))).toEqual(faults);
  });

  it('are faults beside all others', () => {
    expect(summaryOf(faultsIn(rollWith('cordon: none, order: alphabetical')))).toEqual([
      'roll.cordon: pods leave the nodes, which have to be cordoned for that',
      'roll.order: not one of the known values',
    ]);
  });

  it('are not looked for where one of them could not be read', () => {
    expect(summaryOf(faultsIn(rollWith('cordon: none, drain: {mode: nothing}')))).toEqual(['roll.drain.mode: not one of the known values']);
  });

  it('leave a machine alone that goes away or keeps running as said', () => {
    expect(readScenario(rollWith(RUNNING)).roll).toMatchObject({ machine: 'keepsRunning', wipe: { systemDisk: false } });
    expect(readScenario(rollWith('machine: goesAway')).roll.machine).toBe('goesAway');
  });
});
