import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** Which folders of src a folder may import, besides errors.ts and units.ts. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  sim: [],
  stats: [],
  cluster: [],
  scheduler: ['cluster', 'sim'],
  controllers: ['cluster', 'sim'],
  rolls: ['controllers', 'cluster', 'sim'],
  scenario: ['rolls', 'controllers', 'scheduler', 'cluster', 'sim'],
  run: ['scenario', 'rolls', 'controllers', 'scheduler', 'cluster', 'sim', 'stats'],
  experiments: ['run', 'scenario', 'sim', 'stats'],
  arbitraries: ['scenario', 'cluster'],
  charts: ['stats'],
  reports: ['experiments', 'run', 'rolls', 'charts', 'stats'],
  cli: ['reports', 'charts', 'experiments', 'run', 'scenario', 'rolls', 'controllers', 'scheduler', 'cluster', 'sim', 'stats'],
};

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();
const imports = new Map(files.map((file) => [file, importsOf(file)]));

describe('the source tree', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it('imports only in the allowed direction', () => {
    const wrong = [...imports].flatMap(([file, targets]) =>
      targets.filter((target) => !isAllowed(folderOf(file), folderOf(target), target)).map((target) => `${file} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no import cycle, types included', () => {
    expect(findCycle()).toBeUndefined();
  });

  it('is at most two folders deep', () => {
    expect(files.filter((file) => file.split('/').length > 3)).toEqual([]);
  });

  it('keeps files, process and threads in cli', () => {
    const outside = files.filter((file) => folderOf(file) !== 'cli' && /from 'node:|\bprocess\.(?!next)/.test(text(file)));
    expect(outside).toEqual([]);
  });

  it('has no variable that modules share: the build makes constants of all', () => {
    expect(files.filter((file) => /^(export )?(let|var) /m.test(text(file)))).toEqual([]);
  });

  it('has no function that the engine keeps beyond its owner: one in a field, a getter of a mere object', () => {
    const inField = /^ {2}(private |protected |readonly )*\w+(: [^=\n]+)? = (async )?(\([^()]*\)|\w+)(: [\w<>]+)? =>/m;
    const inConstructor = /^ +this\.\w+ = (async )?(\([^()]*\)|\w+)(: [\w<>]+)? =>/m;
    const getter = /^ {4,}get \w+\(\)/m;
    const keeping = files.filter((file) => [inField, inConstructor, getter].some((pattern) => pattern.test(text(file))));
    expect(keeping).toEqual([]);
  });

  it('takes neither clock nor chance from the machine', () => {
    const outside = files.filter(
      (file) => folderOf(file) !== 'cli' && /\b(Math\.random|Date\.now|new Date\(\)|setTimeout)\b/.test(text(file)),
    );
    expect(outside).toEqual([]);
  });

  it('exports nothing that only tests use', () => {
    const unused = files.flatMap((file) => {
      const users = files.filter((user) => imports.get(user)?.includes(file));
      const isUsed = (name: string) => countOf(name, file) > 1 || users.some((user) => countOf(name, user) > 0);
      return file.endsWith('index.ts') ? [] : exportsOf(file).filter((name) => !isUsed(name));
    });
    expect(unused).toEqual([]);
  });

  it('has no file over 400 lines', () => {
    expect(files.filter((file) => text(file).split('\n').length > 401)).toEqual([]);
  });
});

function text(file: string): string {
  return readFileSync(join(source, file), 'utf8');
}

function importsOf(file: string): string[] {
  return [...text(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    relative(source, join(source, dirname(file), match[1] ?? '')),
  );
}

function exportsOf(file: string): string[] {
  return [...text(file).matchAll(/^export (?:async )?(?:function\*?|class|const|interface|type) (\w+)/gm)].map((match) => match[1] ?? '');
}

/** How often the code of `file`, comments left out, has `name`. */
function countOf(name: string, file: string): number {
  const code = text(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
}

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : '';
}

function isAllowed(from: string, to: string, target: string): boolean {
  if (from === '' || from === to) return true;
  if (to === '') return target === 'errors.ts' || target === 'units.ts';
  return (mayImport[from] ?? []).includes(to);
}

function findCycle(): string[] | undefined {
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const target of imports.get(file) ?? []) {
      const cycle = visit(target, [...path, file]);
      if (cycle) return cycle;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
