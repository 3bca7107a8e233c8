import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { Drawing } from '../../src/charts/Drawing.ts';
import { rollTimeline } from '../../src/charts/rollTimeline.ts';
import { sweepTradeOff } from '../../src/charts/sweepTradeOff.ts';
import { windowHeatMap } from '../../src/charts/windowHeatMap.ts';
import { drawChart } from '../../src/cli/drawChart.ts';
import { aRoll, aSweep, aWeekOfStarts } from '../support/chartInputs.ts';

const drawings: [string, Drawing][] = [
  ['timeline', rollTimeline(aRoll(24, 3))],
  ['crowded timeline', rollTimeline(aRoll(500, 50))],
  ['state counts', rollTimeline(aRoll(700, 70))],
  ['sweep', sweepTradeOff({ factor: 'maxUnavailable', cost: 'Total outage', points: aSweep(10), recommended: '4' })],
  ['heat map', windowHeatMap({ starts: aWeekOfStarts(), best: ['2026-11-24T03:00'], measure: 'Total outage', unit: 'seconds' })],
];

describe('drawChart', () => {
  it.each(drawings)('draws a %s of twice the size of the drawing, on white paper and with colours', async (_name, drawing) => {
    const { width, height, pixels } = await decode(drawChart(drawing));
    expect([width, height]).toEqual([2 * drawing.width, 2 * drawing.height]);
    expect([...pixels.slice(0, 4)]).toEqual([255, 255, 255, 255]);
    expect(coloursOf(pixels)).toBeGreaterThan(20);
  });

  it.each(drawings)('draws the same bytes of a %s again', (_name, drawing) => {
    expect(drawChart(drawing).equals(drawChart(drawing))).toBe(true);
  });

  it('leaves the drawing as it was', () => {
    const drawing = rollTimeline(aRoll(6, 2));
    const before = JSON.stringify(drawing);
    drawChart(drawing);
    expect(JSON.stringify(drawing)).toBe(before);
  });

  it('draws text: another label gives other pixels where the label stands, and nowhere else', async () => {
    const roll = aRoll(4, 2);
    const renamed = { ...roll, nodes: roll.nodes.map((node, index) => (index === 3 ? { ...node, name: 'workers-9' } : node)) };
    const [one, other] = [await decode(drawChart(rollTimeline(roll))), await decode(drawChart(rollTimeline(renamed)))];
    const different = differences(one, other);
    expect(different.length).toBeGreaterThan(20);
    expect(Math.max(...different.map(({ x }) => x))).toBeLessThan(200);
  });

  it('draws bold titles in the bundled face', async () => {
    const drawing = rollTimeline(aRoll(4, 2));
    const { pixels, width } = await decode(drawChart(drawing));
    const dark = Array.from({ length: 60 * width }, (_, index) => pixels[4 * index] ?? 255).filter((red) => red < 100).length;
    expect(dark).toBeGreaterThan(2000);
  });
});

async function decode(png: Buffer) {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return { width: image.width, height: image.height, pixels: context.getImageData(0, 0, image.width, image.height).data };
}

type Picture = Awaited<ReturnType<typeof decode>>;

function coloursOf(pixels: Picture['pixels']): number {
  const colours = new Set<number>();
  for (let index = 0; index < pixels.length; index += 4) {
    colours.add(((pixels[index] ?? 0) << 16) | ((pixels[index + 1] ?? 0) << 8) | (pixels[index + 2] ?? 0));
  }
  return colours.size;
}

function differences(one: Picture, other: Picture): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = [];
  for (let index = 0; index < one.pixels.length; index += 4) {
    if (one.pixels[index] !== other.pixels[index]) found.push({ x: (index / 4) % one.width, y: Math.floor(index / 4 / one.width) });
  }
  return found;
}
