import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { readScenario } from '../support/scenarioText.ts';

/** A roll of the node of one replica with data on it, drained by `mode`. */
function rolled(mode: string) {
  const volumes = 'volumes: [{name: cache, emptyDir: {}}, {name: files, hostPath: {path: /data}}]';
  const scenario = readScenario({
    cluster: `{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 8, memory: 16Gi}}],
      workloads: [{name: web, replicas: 1, nodeSelector: {kubernetes.io/hostname: workers-1}, ${volumes}}]}`,
    roll: `{preset: cce-sync, pool: workers, maxUnavailable: 1, drain: {mode: ${mode}}}`,
  });
  return run(scenario, '1');
}

describe('a roll that drains nothing', () => {
  it('destroys the same data as one that evicts, and says so', () => {
    const [evicting, none] = [rolled('evict'), rolled('none')];
    const lost = none.workloads.flatMap(({ lostData }) => lostData.map(({ volume }) => volume));
    expect(lost).toEqual(['cache', 'files']);
    expect(lost).toEqual(evicting.workloads.flatMap(({ lostData }) => lostData.map(({ volume }) => volume)));
    expect(none.findings.map(({ code }) => code)).toContain('DATA_LOST');
  });

  it('tells of an outage that the machine went away under the pod', () => {
    const [outage] = rolled('none').workloads[0]?.outages ?? [];
    expect(outage?.cause).toEqual([
      'node workers-1 was cordoned at 0s to be reset',
      expect.stringMatching(/^pod default\/web-\S+ was still on it when the reset began at 0s, and not Ready from 50s on$/),
      expect.stringMatching(
        /^its successor default\/web-\S+ was created 5m later, when pod default\/web-\S+ was deleted because of a NoExecute taint \(unreachable nodes have one\)$/,
      ),
      expect.stringMatching(/waited 2m 10s for a node/),
      expect.stringMatching(/needed 10s to become Ready on workers-1$/),
    ]);
  });
});
