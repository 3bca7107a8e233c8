/** Counting words, the number as it is: `1 node`, `24 nodes`. */
export function counted(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
