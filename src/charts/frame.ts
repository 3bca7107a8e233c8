import { ink } from './palette.ts';

/** The words and the legend around a chart. */
export interface FrameText {
  readonly title: string;
  /** What is shown and how to read it, one line. */
  readonly subtitle: string;
  readonly legend: 'shown' | 'hidden';
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
    subtitle: { display: true, align: 'start' as const, text: text.subtitle, color: ink.soft, font: { size: 12 }, padding: { bottom: 12 } },
    legend: {
      display: text.legend === 'shown',
      position: 'top' as const,
      align: 'start' as const,
      labels: { color: ink.text, boxWidth: 14, boxHeight: 10, padding: 14, font: { size: 12 } },
    },
  };
}

/** Space around the whole drawing. */
export const layout = { padding: { top: 8, right: 20, bottom: 8, left: 12 } } as const;

/** Title of an axis, with its unit. */
export function axisTitle(text: string, color: string = ink.soft) {
  return { display: true, text, color, font: { size: 12 } };
}

/** Counting words: `1 node`, `24 nodes`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
