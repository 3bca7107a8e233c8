import type { ForecastReport } from '../experiments/Forecast.ts';
import { eventsNdjson } from './eventsNdjson.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { nodesCsv } from './nodesCsv.ts';
import { podsCsv } from './podsCsv.ts';
import { replicationsCsv } from './replicationsCsv.ts';
import { resultsJson } from './resultsJson.ts';
import { workloadsCsv } from './workloadsCsv.ts';

/** One file of a report folder. */
export interface ReportFormat {
  readonly file: string;
  /** The text in pieces: some logs are longer than the longest string. */
  readonly write: (report: ForecastReport) => Iterable<string>;
}

/** Every text file of a report folder: one file in this folder and one line here. A name that ends in `.gz` is packed by the writer. */
export const reportFormats: readonly ReportFormat[] = [
  { file: 'results.json', write: ({ forecast }) => [resultsJson(forecast)] },
  { file: 'report.md', write: (report) => [markdown(report)] },
  { file: 'junit.xml', write: (report) => [junit(report)] },
  { file: 'nodes.csv', write: nodesCsv },
  { file: 'workloads.csv', write: workloadsCsv },
  { file: 'pods.csv', write: podsCsv },
  { file: 'replications.csv', write: replicationsCsv },
  { file: 'events.ndjson.gz', write: eventsNdjson },
];
