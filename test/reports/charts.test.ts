import { describe, expect, it } from 'vitest';
import { forecastCharts } from '../../src/reports/charts.ts';
import { aSeries } from '../support/chartInputs.ts';
import { optionsOf } from '../support/readDrawing.ts';
import { aForecastReport } from '../support/sampleForecast.ts';

describe('the pictures of a forecast', () => {
  it('go on until the last pod is Ready, however long after the last node', () => {
    const report = aForecastReport();
    const ready = [{ workload: 'Deployment/shop/web', share: aSeries([0, 1], [300, 0], [3000, 1]) }];
    const charts = forecastCharts({ ...report, series: { ...report.series, ready } });
    const ends = charts.map(({ name, drawing }) => [name, optionsOf(drawing).scales.x?.max]);
    expect(Object.fromEntries(ends)).toMatchObject({ readyShare: 50, nodesAndPending: 50, headroom: 50 });
  });
});
