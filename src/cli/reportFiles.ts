import type { DocumentHead, ForecastReport } from '../experiments/Forecast.ts';
import { documentMarkdown } from '../reports/markdown.ts';
import { reportFormats } from '../reports/registry.ts';
import { resultsJson } from '../reports/resultsJson.ts';
import type { ReportFile } from './reportFolder.ts';

/** Every file of the report folder of one forecast. */
export function forecastFiles(report: ForecastReport): ReportFile[] {
  return reportFormats.map(({ file, write }) => ({ file, content: () => write(report) }));
}

/** The files of a report folder that compares many forecasts. */
export function comparisonFiles(document: DocumentHead, page: Parameters<typeof documentMarkdown>[0]): ReportFile[] {
  return [
    { file: 'results.json', content: () => [resultsJson(document)] },
    { file: 'report.md', content: () => [documentMarkdown(page)] },
  ];
}
