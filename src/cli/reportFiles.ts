import type { DocumentHead, ForecastReport } from '../experiments/Forecast.ts';
import { forecastCharts, type ReportChart } from '../reports/charts.ts';
import { documentMarkdown, type Page } from '../reports/markdown.ts';
import { reportFormats } from '../reports/registry.ts';
import { resultsJson } from '../reports/resultsJson.ts';
import type { ReportFile } from './reportFolder.ts';

/** Every file of the report folder of one forecast. */
export function forecastFiles(report: ForecastReport): ReportFile[] {
  const texts = reportFormats.map(({ file, write }) => ({ file, content: () => write(report) }));
  return [...texts, ...forecastCharts(report).map(pictureFile)];
}

/** The files of a report folder that compares many forecasts. */
export function comparisonFiles(document: DocumentHead, page: Page, pictures: readonly ReportChart[]): ReportFile[] {
  return [
    { file: 'results.json', content: () => [resultsJson(document)] },
    { file: 'report.md', content: () => [documentMarkdown(page)] },
    ...pictures.map(pictureFile),
  ];
}

/** Drawing is loaded only when something is drawn: it is the slowest part of this program to load. */
function pictureFile({ name, drawing }: ReportChart): ReportFile {
  return { file: `charts/${name}.png`, content: async () => (await import('./drawChart.ts')).drawChart(drawing) };
}
