import type { DocumentHead, ForecastReport, WindowSearch } from '../experiments/Forecast.ts';
import { forecastCharts, type ReportChart } from '../reports/charts.ts';
import { html } from '../reports/html.ts';
import { documentMarkdown, forecastPage, type Page } from '../reports/markdown.ts';
import { reportFormats } from '../reports/registry.ts';
import { resultsJson } from '../reports/resultsJson.ts';
import { startsIcs } from '../reports/startsIcs.ts';
import { archiveScenario } from '../scenario/archiveScenario.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { SCENARIO_FILE } from './loadReport.ts';
import type { ReportFile } from './reportFolder.ts';
import { version } from './version.ts';

/** Every file of the report folder of one forecast; `scenario` is kept, so that its run can be made again. */
export function forecastFiles(report: ForecastReport, scenario: Scenario): ReportFile[] {
  const texts = reportFormats.map(({ file, write }) => ({ file, content: () => write(report) }));
  const archive = { file: SCENARIO_FILE, content: () => archiveScenario(scenario, version) };
  return [...texts, archive, ...pictureFiles(forecastPage(report), forecastCharts(report))];
}

/** The files of a report folder that compares many forecasts. */
export function comparisonFiles(document: DocumentHead, page: Page, pictures: readonly ReportChart[]): ReportFile[] {
  return [
    { file: 'results.json', content: () => [resultsJson(document)] },
    { file: 'report.md', content: () => [documentMarkdown(page)] },
    ...pictureFiles(page, pictures),
  ];
}

/** The files of the report folder of a window search: those of a comparison, and a calendar if there is a start to enter in it. */
export function windowFiles(search: WindowSearch, page: Page, pictures: readonly ReportChart[]): ReportFile[] {
  const calendar = startsIcs(search);
  const entered = calendar === undefined ? [] : [{ file: 'starts.ics', content: () => [calendar] }];
  return [...comparisonFiles(search, page, pictures), ...entered];
}

/** The pictures, each drawn once, and the page that has them inside. */
function pictureFiles(page: Page, pictures: readonly ReportChart[]): ReportFile[] {
  const drawn = new Map<string, Promise<Buffer>>();
  const draw = (picture: ReportChart): Promise<Buffer> => {
    const known = drawn.get(picture.name) ?? drawPicture(picture);
    drawn.set(picture.name, known);
    return known;
  };
  const embed = async (picture: ReportChart) => ({ name: picture.name, data: (await draw(picture)).toString('base64') });
  return [
    ...pictures.map((picture) => ({ file: `charts/${picture.name}.png`, content: () => draw(picture) })),
    { file: 'report.html', content: async () => [html(page, await Promise.all(pictures.map(embed)))] },
  ];
}

/** Drawing is loaded only when something is drawn: it is the slowest part of this program to load. */
async function drawPicture({ drawing }: ReportChart): Promise<Buffer> {
  const { drawChart } = await import('./drawChart.ts');
  return drawChart(drawing);
}
