import { describe, expect, it } from 'vitest';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

describe('readTiming of starts that fail', () => {
  it('reads probes, gates and crashes of pods, and leaves out what is not given', () => {
    const { timing } = readScenario({
      timing: '{pods: [{match: {namespace: default}, readyIs: answering, gates: 30s, crashes: {after: 2s, until: 5m}}, {ready: 5s}]}',
    });
    expect(timing.pods[0]).toMatchObject({
      readyIs: 'answering',
      gates: { kind: 'constant', value: 30_000 },
      crashes: { after: 2000, until: 300_000 },
    });
    expect(Object.keys(timing.pods[1] ?? {})).toEqual(['match', 'ready', 'exit', 'origin']);
  });

  it('reads images that cannot be pulled', () => {
    const { timing } = readScenario({
      timing:
        '{images: {size: 1Gi, nodeRate: 50Mi, registryRate: 1Gi, failing: [{image: "r.example/*", until: 10m}, {image: r.example/a}]}}',
    });
    expect(timing.images?.failing).toEqual([{ image: 'r.example/*', until: 600_000 }, { image: 'r.example/a' }]);
  });

  it('reads what comes later than Ready after a reset', () => {
    const { timing } = readScenario({ timing: '{nodes: [{reset: 8m, registration: {devicesAfter: 90s}}]}' });
    expect(timing.nodes[0]?.registration).toEqual({ devicesAfter: { kind: 'constant', value: 90_000 } });
  });

  it('refuses crashes that say nothing of when', () => {
    expect(summaryOf(faultsIn({ timing: '{pods: [{crashes: {count: 3}}]}' })).join()).toBe(
      'timing.pods[0].crashes.after: missing, expected text',
    );
  });
});
