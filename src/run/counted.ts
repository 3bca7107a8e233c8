const figures = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** Counting words: `1 node`, `24 nodes`, `12,100 requests`, `0.5 pods`. */
export function counted(amount: number, noun: string): string {
  const written = inFigures(amount);
  return `${written} ${noun}${written === '1' ? '' : 's'}`;
}

/** The same with a verb in the past: `1 node was`, `24 nodes were`. */
export function countedWere(amount: number, noun: string): string {
  return `${counted(amount, noun)} ${amount === 1 ? 'was' : 'were'}`;
}

/** An amount with its thousands separated and at most one decimal: `12,100`. What is more than nothing is not written as 0. */
export function inFigures(amount: number): string {
  const written = figures.format(amount);
  return written === '0' && amount > 0 ? 'less than 0.1' : written;
}
