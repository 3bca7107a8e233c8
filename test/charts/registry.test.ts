import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { charts } from '../../src/charts/registry.ts';
import { drawChart } from '../../src/cli/drawChart.ts';
import { aSeries } from '../support/chartInputs.ts';
import { optionsOf, subtitleOf } from '../support/readDrawing.ts';

const nothing = aSeries([0, 0]);
const empty = [
  charts.rollTimeline({ nodes: [], endSeconds: 0 }),
  charts.nodesAndPending({ nodesAway: nothing, podsPending: nothing, endSeconds: 0 }),
  charts.readyShare({ ready: [], endSeconds: 0 }),
  charts.headroom({ headroom: { cpu: nothing, memory: nothing, pods: nothing }, endSeconds: 0 }),
  charts.durationHistogram({ durations: [Number.POSITIVE_INFINITY] }),
  charts.sweepTradeOff({ factor: 'maxUnavailable', cost: 'Total outage', points: [] }),
  charts.windowHeatMap({ starts: [], best: [], measure: 'Total outage', unit: 'seconds' }),
].map((drawing, index) => [Object.keys(charts)[index] ?? '', drawing] as const);

describe('the registry of charts', () => {
  it.each(Object.keys(charts))('names %s after its file', (name) => {
    expect(existsSync(new URL(`../../src/charts/${name}.ts`, import.meta.url))).toBe(true);
  });

  it.each(empty)('has a %s that says what it shows and draws even when nothing happened', (_name, drawing) => {
    expect(optionsOf(drawing).plugins.title?.text).toMatch(/^[A-Z]\w+ \w+/);
    expect(subtitleOf(drawing)).toMatch(/\w+ \w+/);
    expect(JSON.stringify(drawing.configuration)).not.toContain('null');
    expect(drawChart(drawing).length).toBeGreaterThan(10_000);
  });
});
