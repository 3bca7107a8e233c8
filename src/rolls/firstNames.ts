import { formatCount } from '../units.ts';

/** `a, b, c`: all of a few names, of more only the first `shown` and how many others there are, so that a message can still be read. */
export function firstNames(names: readonly string[], shown = 5): string {
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(', ')} and ${formatCount(more)} more` : names.join(', ');
}
