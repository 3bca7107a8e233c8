/** Those of `names` whose total (at the same index) is the highest, in their order. */
export function bestNodes(names: readonly string[], totals: readonly number[]): readonly string[] {
  let highest = Number.NEGATIVE_INFINITY;
  for (const total of totals) if (total > highest) highest = total;
  return names.filter((_, i) => totals[i] === highest);
}
