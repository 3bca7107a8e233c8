import type { ChartConfiguration } from 'chart.js';
import { type Drawing, HEIGHT, WIDTH } from './Drawing.ts';
import { type FrameText, frame, layout } from './frame.ts';
import { lineColours } from './palette.ts';
import type { ChartPoint } from './stepPoints.ts';
import { shareAxis, timeAxis } from './timeAxis.ts';

/** One line of shares: its name and its corners in the units of the axes. */
export interface ShareLine {
  readonly label: string;
  readonly points: readonly ChartPoint[];
}

/** Dashes tell lines apart where they lie on each other: the more gaps a line has, the higher it is drawn. */
const DASHES = [[], [7, 3], [2, 2], [10, 3, 2, 3]];

/** Step lines of shares between 0 and 100 % over time. */
export function shareLines(
  lines: readonly ShareLine[],
  words: Omit<FrameText, 'legend'> & { readonly axis: string },
  endSeconds: number,
): Drawing {
  const configuration: ChartConfiguration<'line', ChartPoint[]> = {
    type: 'line',
    data: { datasets: lines.map(({ label, points }, index) => ({ label, data: [...points], ...lineStyle(index) })) },
    options: {
      animation: false,
      layout,
      plugins: withDashes(frame({ ...words, legend: 'lines' }), lines),
      scales: { x: timeAxis(endSeconds), y: shareAxis(words.axis) },
    },
  };
  return { configuration, width: WIDTH, height: HEIGHT };
}

/** Chart.js itself would draw all lines of the legend solid. */
function withDashes(plugins: ReturnType<typeof frame>, lines: readonly ShareLine[]) {
  const generateLabels = () =>
    lines.map(({ label }, index) => {
      const { borderColor, borderDash, borderWidth, pointStyle } = lineStyle(index);
      const { color } = plugins.legend.labels;
      return { text: label, fontColor: color, strokeStyle: borderColor, lineDash: [...borderDash], lineWidth: borderWidth, pointStyle };
    });
  return { ...plugins, legend: { ...plugins.legend, labels: { ...plugins.legend.labels, generateLabels } } };
}

function lineStyle(index: number) {
  const color = lineColours[index % lineColours.length] ?? lineColours[0];
  return {
    borderColor: color,
    backgroundColor: color,
    borderDash: DASHES[index % DASHES.length] ?? [],
    order: -(index % DASHES.length),
    borderWidth: 2,
    pointRadius: 0,
    pointStyle: 'line' as const,
    stepped: 'before' as const,
    clip: 4,
  };
}
