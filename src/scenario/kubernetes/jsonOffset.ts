/**
 * The offset in characters at which the value at `path` begins in the valid JSON `text`, or that of its nearest existing ancestor.
 *
 * Reads no further than the value, so that a single position in a dump of thousands of objects is cheap.
 */
export function jsonOffset(text: string, path: readonly PropertyKey[]): number {
  let offset = skipSpace(text, 0);
  for (const segment of path) {
    const inner = text[offset] === '{' ? memberAt(text, offset, String(segment)) : itemAt(text, offset, Number(segment));
    if (inner === undefined) return offset;
    offset = inner;
  }
  return offset;
}

function memberAt(text: string, open: number, name: string): number | undefined {
  let found: number | undefined;
  let at = skipSpace(text, open + 1);
  while (text[at] === '"') {
    const end = endOfString(text, at);
    const value = skipSpace(text, skipSpace(text, end) + 1);
    // The last of two equal keys is the one that JSON.parse keeps.
    if (JSON.parse(text.slice(at, end)) === name) found = value;
    at = nextOf(text, value);
  }
  return found;
}

function itemAt(text: string, open: number, index: number): number | undefined {
  if (text[open] !== '[') return undefined;
  let at = skipSpace(text, open + 1);
  for (let passed = 0; at < text.length && text[at] !== ']'; passed += 1) {
    if (passed === index) return at;
    at = nextOf(text, at);
  }
  return undefined;
}

/** The place after the value at `at` and the comma that may follow. */
function nextOf(text: string, at: number): number {
  const end = skipSpace(text, endOfValue(text, at));
  return text[end] === ',' ? skipSpace(text, end + 1) : end;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth < 0 || (depth === 0 && (character === ',' || character === '\n'))) return at;
    if (depth === 0 && (character === '"' || character === '}' || character === ']')) return at + 1;
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
  return at;
}
