const NAMED = 5;

/** `a, b, c`: all of a few names, of more only the first five and how many others there are, so that a message can still be read. */
export function firstNames(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}
