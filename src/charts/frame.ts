import { ink } from './palette.ts';

/** The words and the legend around a chart. */
export interface FrameText {
  readonly title: string;
  /** What is shown and how to read it, one line. */
  readonly subtitle: string;
  /** Boxes for areas, line samples for lines. */
  readonly legend: 'boxes' | 'lines' | 'hidden';
}

/** Title, subtitle and legend as every chart has them: flush left, legend above the plot. */
export function frame(text: FrameText) {
  return {
    title: {
      display: true,
      align: 'start' as const,
      text: text.title,
      color: ink.text,
      font: { size: 17, weight: 'bold' as const },
      padding: { top: 2, bottom: 4 },
    },
    subtitle: {
      display: true,
      align: 'start' as const,
      text: text.subtitle,
      color: ink.soft,
      font: { size: 12 },
      padding: { bottom: text.legend === 'hidden' ? 18 : 4 },
    },
    legend: {
      display: text.legend !== 'hidden',
      position: 'top' as const,
      align: 'start' as const,
      labels: {
        color: ink.text,
        padding: 12,
        font: { size: 12 },
        ...(text.legend === 'lines' ? { usePointStyle: true, pointStyleWidth: 30 } : { boxWidth: 14, boxHeight: 10 }),
      },
    },
  };
}

/** Space around the whole drawing. */
export const layout = { padding: { top: 8, right: 20, bottom: 8, left: 12 } } as const;

/** Title of an axis, with its unit. */
export function axisTitle(text: string, color: string = ink.soft) {
  return { display: true, text, color, font: { size: 12 } };
}

/** A whole number with separators: `2,000`. */
export function whole(count: number): string {
  return count.toLocaleString('en-US');
}

/** Counting words: `1 node`, `24 nodes`. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
}
