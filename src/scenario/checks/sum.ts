/** The numbers added up; 0 for none. */
export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, each) => total + each, 0);
}
