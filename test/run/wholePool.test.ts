import { describe, expect, it } from 'vitest';
import { rollTimeline } from '../../src/charts/rollTimeline.ts';
import { nodeRow } from '../../src/experiments/forecastOf.ts';
import { run } from '../../src/run/run.ts';
import { type Duration, instant, minutes, NEVER } from '../../src/units.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { datasetOf } from '../support/readDrawing.ts';
import { aRoll, aScenario, aTiming } from '../support/scenarios.ts';

const names = ['n1', 'n2', 'n3'];
const nodes = names.map((name) => aNode(name, { labels: { name }, poolLabels: { name } }));

/** Three nodes that are cordoned together and reset one by one, the last of which has the one pod. */
function rolled(resets: Readonly<Record<string, Duration>> = {}) {
  const { failure } = aRoll({ nodes });
  const roll = { cordon: 'wholePool' as const, failure: { ...failure, readyTimeout: minutes(30), then: 'stop' as const } };
  const workloads = [aDeployment('web', 1, { cpu: 1, nodeSelector: { name: 'n3' } })];
  return run(aScenario({ cluster: { nodes, workloads }, roll, timing: aTiming({ resets }) }), '1');
}

describe('a pool that is cordoned as a whole', () => {
  it('has all of its nodes cordoned from the start, and each away until it is back', () => {
    const { roll, series } = rolled();
    expect(roll.nodes.map(({ cordonedAt }) => cordonedAt)).toEqual([0, 0, 0]);
    expect(roll.nodes.map(({ startedAt }) => startedAt)).toEqual([0, minutes(8), minutes(16)]);
    expect(series.nodesAway.values).toEqual([3, 2, 1, 0]);
    expect(series.nodesAway.times.slice(0, 3)).toEqual([0, minutes(8), minutes(16)]);
    expect(roll.batches.map(({ start }) => start)).toEqual([0, minutes(8), minutes(16)]);
  });

  it('is the first cause of what goes down later', () => {
    const [outage] = rolled().workloads[0]?.outages ?? [];
    expect(outage?.start).toBe(minutes(16));
    expect(outage?.cause[0]).toBe('node n3 was cordoned at 0s to be reset');
  });

  it('keeps those cordoned that the roll does not reach', () => {
    const { roll, series } = rolled({ n2: NEVER });
    expect(roll.nodes.map(({ outcome, cordonedAt }) => [outcome, cordonedAt])).toEqual([
      ['inService', 0],
      ['failed', 0],
      ['notStarted', 0],
    ]);
    expect(series.nodesAway).toEqual({ times: [0, minutes(8)], values: [3, 2] });
    expect(roll.batches.flatMap((batch) => batch.nodes)).toEqual(['n1', 'n2']);
  });

  it('is drawn as waiting until the turn of each node comes', () => {
    const drawn = (result: ReturnType<typeof rolled>) =>
      datasetOf(rollTimeline({ nodes: result.roll.nodes.map(nodeRow), endSeconds: 60 * 60 }), 'Waiting its turn').data;
    expect(drawn(rolled())).toEqual([null, [0, 8], [0, 16]]);
    expect(drawn(rolled({ n2: NEVER }))).toEqual([null, [0, 8], [0, 60]]);
  });

  it('says nothing of turns where each node is cordoned in its own', () => {
    const { roll } = run(aScenario({ cluster: { nodes } }), '1');
    expect(roll.nodes.map(({ cordonedAt, startedAt }) => [cordonedAt, startedAt])).toEqual(
      [0, 8, 16].map((minute) => [instant(minutes(minute)), undefined]),
    );
    expect(roll.nodes.map((node) => 'startedAt' in nodeRow(node))).toEqual([false, false, false]);
  });
});
