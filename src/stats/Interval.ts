/** Two bounds, the lower first; both belong to it. */
export type Interval = readonly [low: number, high: number];

/** The share of cases in which an interval holds the true figure, where nothing else is said. */
export const CONFIDENCE = 0.95;
