import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

const READABLE = /\.(ya?ml|json|jsonl|ndjson)(\.gz)?$/i;
/** What Rollcast itself leaves beside dumps; no pattern means it. */
const SNAPSHOT = /^\..*\.rollcast(\.\d+)?$/;
const WILDCARD = /[*?[{]/;

/**
 * The files that `path` means, sorted by name: itself, the YAML and JSON files of a folder (not of its subfolders), or those that match
 * a pattern with `*`, `**`, `?` and `{a,b}`. Empty when nothing is there.
 */
export function findFiles(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory())
    return namesIn(path)
      .filter((name) => READABLE.test(name))
      .map((name) => join(path, name));
  if (stat) return [path];
  return WILDCARD.test(path) ? matching(path) : [];
}

function matching(pattern: string): string[] {
  const segments = pattern.split('/');
  const fixed = segments.findIndex((segment) => WILDCARD.test(segment));
  const base = segments.slice(0, fixed).join('/') || (pattern.startsWith('/') ? '/' : '.');
  if (!statSync(base, { throwIfNoEntry: false })?.isDirectory()) return [];
  const expression = new RegExp(`^${segments.slice(fixed).map(expressionOf).join('/').replaceAll('\0/', '(?:.*/)?').replace('\0', '.*')}$`);
  const names = readdirSync(base, { recursive: segments.length - fixed > 1, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !SNAPSHOT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const prefix = base === '.' ? 0 : join(base, 'x').length - 1;
  return names.filter((name) => expression.test(name.slice(prefix).replaceAll(sep, '/'))).sort();
}

/** `**` becomes a null character, which its caller turns into any number of folders. */
function expressionOf(segment: string): string {
  if (segment === '**') return '\0';
  return segment
    .replace(/[.+^$()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replace(/\{([^}]*)\}/g, (_, choices: string) => `(?:${choices.replaceAll(',', '|')})`);
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort();
}
