import { describe, expect, it } from 'vitest';
import { gateTime } from '../../src/rolls/gateTime.ts';
import { run } from '../../src/run/run.ts';
import { minutes, ZERO } from '../../src/units.ts';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

const NONE = { minReady: ZERO, postInstall: ZERO, waitPostInstallFinish: false };

const withGate = (gate: string) => ({ roll: `{preset: cce-sync, nodes: {names: [workers-1]}, maxUnavailable: 1, gate: ${gate}}` });

describe('the gate of a node', () => {
  it.each([
    ['nothing', {}, ZERO],
    ['a script that nobody waits for', { postInstall: minutes(5) }, ZERO],
    ['a script', { postInstall: minutes(5), waitPostInstallFinish: true }, minutes(5)],
    ['the later of two conditions', { initConditions: { network: minutes(2), gpu: minutes(3) }, minReady: minutes(1) }, minutes(3)],
    ['a time as Ready that is longer', { initConditions: { network: minutes(2) }, minReady: minutes(4) }, minutes(4)],
  ])('waits for %s', (_, gate, time) => {
    expect(gateTime({ ...NONE, ...gate })).toBe(time);
  });

  it('keeps pods away until every condition is true', () => {
    const [row] = run(readScenario(withGate('{initConditions: {networkReady: 2m, gpuReady: 90s}}')), '1').roll.nodes;
    expect(row?.inServiceAt).toBe((row?.readyAt ?? 0) + minutes(2));
  });

  it.each([
    ['{initConditions: {a: 1m, b: 1m, c: 1m}}', ['roll.gate.initConditions: at most two conditions']],
    ['{initConditions: {network-ready: 1m}}', ['roll.gate.initConditions.network-ready: not the name of a condition']],
  ])('given as %s has faults', (gate, faults) => {
    expect(summaryOf(faultsIn(withGate(gate)))).toEqual(faults);
  });
});
