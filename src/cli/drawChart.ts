import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';
import { Chart, type ChartConfiguration, type Plugin } from 'chart.js/auto';
import { BarWithErrorBar, BarWithErrorBarsController, LineWithErrorBarsController, PointWithErrorBar } from 'chartjs-chart-error-bars';
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import annotation from 'chartjs-plugin-annotation';
import type { Drawing } from '../charts/Drawing.ts';

/** No system has a font of this name: with a common name the machine's own bold face would be mixed in and change the bytes. */
const FONT = 'Roll Sans';
/** Pixels of the picture per unit of the drawing: text stays crisp on dense screens and in print. */
const DENSITY = 2;

/** The white paper under a chart, drawn by a plug-in: the renderer's own background keeps the first chart's colour and size. */
const paper: Plugin = {
  id: 'paper',
  beforeDraw({ ctx, width, height }) {
    ctx.save();
    ctx.globalCompositeOperation = 'destination-over';
    ctx.fillStyle = '#ffffff';
    ctx.fillRect(0, 0, width, height);
    ctx.restore();
  },
};

Chart.register(
  annotation,
  MatrixController,
  MatrixElement,
  BarWithErrorBarsController,
  BarWithErrorBar,
  LineWithErrorBarsController,
  PointWithErrorBar,
  paper,
);
Chart.defaults.font.family = FONT;
Chart.defaults.locale = 'en-US';

/** Hands every canvas the one Chart.js with its plug-ins; by itself the renderer would load a second one that knows none of them. */
class Renderer extends ChartJSNodeCanvas {
  protected override initialize(): typeof Chart {
    return Chart;
  }
}

/** Draws `drawing` as a PNG of twice its width and height in pixels; the same drawing gives the same bytes. */
export function drawChart(drawing: Drawing): Buffer {
  const { configuration, width, height } = drawing;
  registerFont();
  const dense = { ...configuration, options: { ...configuration.options, devicePixelRatio: DENSITY } };
  return new Renderer({ width, height }).renderToBufferSync(copy(dense) as ChartConfiguration);
}

/** Without a font of its own a machine that has none would draw no text at all, and no error would say so. */
function registerFont(): void {
  if (GlobalFonts.has(FONT)) return;
  for (const weight of [400, 700] as const) GlobalFonts.registerFromPath(fontFile(weight), FONT);
}

/** The font beside the built program, or in the package it comes from when running from source. */
function fontFile(weight: 400 | 700): string {
  const shipped = fileURLToPath(new URL(`../assets/dejavu-sans-${weight}.woff2`, import.meta.url));
  if (existsSync(shipped)) return shipped;
  return createRequire(import.meta.url).resolve(`@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`);
}

/** A deep copy that keeps functions: Chart.js writes into the configuration it gets. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}
