import { firstNames } from '../rolls/firstNames.ts';

const SHOWN_NAMES = 4;

/** Nodes by the text that they share, in order of appearance. */
export function groupByText(texts: readonly (readonly [node: string, text: string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [node, text] of texts) {
    const group = groups.get(text);
    if (group) group.push(node);
    else groups.set(text, [node]);
  }
  return groups;
}

/** `a, b, c, d and 20 more`: a few names and the count of the others. */
export function listNodes(nodes: readonly string[]): string {
  return firstNames(nodes, SHOWN_NAMES);
}
