/** The names that are in each of `lists`, such as the objectives that no setting of a sweep keeps. */
export function inAll([first = [], ...others]: readonly (readonly string[])[]): string[] {
  return first.filter((name) => others.every((list) => list.includes(name)));
}

/** The end of a sentence that nothing keeps every objective, about those that fail whatever is chosen; empty when there are none. */
export function alwaysFailing(names: readonly string[]): string {
  return names.length === 0 ? '' : `; ${names.length === 1 ? 'this always fails' : 'these always fail'}: ${names.join('; ')}`;
}

/** A cell on the objectives that one choice breaks, without the names of those that the headline says `always` fail. */
export function brokenObjectives(names: readonly string[], always: readonly string[]): string {
  const [first, ...others] = names.filter((name) => !always.includes(name));
  const own = first === undefined ? [] : [others.length === 0 ? first : `${first} and ${others.length} more`];
  return [...(always.length > 0 ? ['as above'] : []), ...own].join(', ') || '-';
}
