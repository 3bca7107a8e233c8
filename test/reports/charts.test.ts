import { describe, expect, it } from 'vitest';
import type { WindowStart } from '../../src/experiments/Forecast.ts';
import { forecastCharts, windowCharts } from '../../src/reports/charts.ts';
import { aSeries } from '../support/chartInputs.ts';
import { optionsOf } from '../support/readDrawing.ts';
import { aForecastReport, aNodeRow, aReplication, aWindowSearch } from '../support/sampleForecast.ts';

describe('the pictures of a forecast', () => {
  it('go on until the last pod is Ready, however long after the last node', () => {
    const report = aForecastReport();
    const ready = [{ workload: 'Deployment/shop/web', share: aSeries([0, 1], [300, 0], [3000, 1]) }];
    const charts = forecastCharts({ ...report, series: { ...report.series, ready } });
    const ends = charts.map(({ name, drawing }) => [name, optionsOf(drawing).scales.x?.max]);
    expect(Object.fromEntries(ends)).toMatchObject({ readyShare: 50, nodesAndPending: 50, headroom: 50 });
  });

  it('go on to the end of the run for a roll that is stuck', () => {
    const report = aForecastReport();
    const stuck = { ...aNodeRow('workers-1', { outcome: 'stuck' }), drainedAt: null, resetAt: null, readyAt: null, inServiceAt: null };
    const roll = { ...report.forecast.roll, outcome: 'stuck' as const, durationSeconds: 7200, nodes: [{ ...stuck, cordonedAt: 600 }] };
    const charts = forecastCharts({ ...report, forecast: { ...report.forecast, roll } });
    expect(charts.map(({ drawing }) => optionsOf(drawing).scales.x?.max)).toEqual([130, 130, 130]);
  });

  it('mark the allowed duration among those of the replications', () => {
    const runs = [1200, 1500, 1800].map((durationSeconds, index) => aReplication(String(index), { durationSeconds }));
    const charts = forecastCharts({ ...aForecastReport(), runs, allowedSeconds: 1620 });
    const histogram = charts.find(({ name }) => name === 'durationHistogram');
    expect(JSON.stringify(histogram?.drawing.configuration.options)).toContain('allowed: 27 min');
  });
});

describe('the picture of a window search', () => {
  const night = {
    outcome: 'holds',
    breaks: [],
    durationSeconds: 60,
    outageSeconds: 0,
    unservedRequests: 0,
    requestsDuringRoll: 100,
  } as const;
  const legend = (...starts: Omit<WindowStart, 'start'>[]) => {
    const [chart] = windowCharts({
      ...aWindowSearch(),
      starts: starts.map((start, hour) => ({ start: `2026-11-24T0${hour}:00`, ...start })),
    });
    return chart?.drawing.configuration.data.datasets.map((dataset) => ('label' in dataset ? dataset.label : ''));
  };

  it('tells the starts that keep the objectives apart, whatever those that fail lose', () => {
    const noon = { ...night, outcome: 'fails', unservedRequests: 5000 } as const;
    expect(legend(night, { ...night, requestsDuringRoll: 200 }, noon)).toContain('Requests during the roll 100–120');
    expect(legend(night, { ...night, outageSeconds: 50 }, noon)).toContain('Total outage 0–10 s');
  });

  it('shows the risk to finish late where it differs', () => {
    expect(legend({ ...night, probability: 1 }, { ...night, probability: 0.9, unservedRequests: 7 })).toContain(
      'Risk to finish late 0–2 %',
    );
  });

  it('shows something even where all starts are equal', () => {
    expect(legend(night, night)).toContain('Requests during the roll 100');
    expect(legend({ ...night, outageSeconds: 7 })).toContain('Total outage 7 s');
    expect(legend({ ...night, requestsDuringRoll: 0 })).toContain('Total outage 0 s');
  });
});
