import type { Instant } from '../units.ts';

/**
 * What Chart.js is given, without the type parameters in which its controllers differ.
 * @see https://www.chartjs.org/docs/latest/configuration/
 */
export interface Configuration {
  readonly type: string;
  readonly data: { readonly labels?: readonly unknown[] | undefined; readonly datasets: readonly object[] };
  readonly options?: object | undefined;
}

/** A chart as pure data: what Chart.js draws, and on how much room (CSS pixels) it is legible. */
export interface Drawing {
  readonly configuration: Configuration;
  readonly width: number;
  readonly height: number;
}

/** A figure over time: `values[i]` holds from `times[i]` on. */
export interface ChartSeries {
  readonly times: readonly Instant[];
  readonly values: readonly number[];
}

/** Room of every chart that does not grow with what it shows. */
export const WIDTH = 960;
export const HEIGHT = 420;
