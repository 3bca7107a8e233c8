import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDocuments } from '../../src/cli/loadDocuments.ts';
import { ObjectReader } from '../../src/scenario/kubernetes/ObjectReader.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const node = (name: string) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });

describe('loadDocuments', () => {
  it.each([
    ['one JSON object', 'a.json', JSON.stringify(node('n1'))],
    ['a compact list as kubectl prints it', 'b.json', JSON.stringify({ apiVersion: 'v1', items: [node('n1')], kind: 'List' })],
    ['a pretty-printed list', 'c.json', JSON.stringify({ apiVersion: 'v1', items: [node('n1')], kind: 'List' }, null, 4)],
    [
      'a list of one kind whose items name none',
      'd.json',
      '{"kind":"NodeList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"n1"}}]}',
    ],
    ['JSON lines', 'e.jsonl', `${JSON.stringify(node('n1'))}\n`],
    ['a plain JSON list', 'f.json', JSON.stringify([node('n1')])],
    ['YAML of several documents', 'g.yaml', '---\n---\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\n'],
    ['YAML in braces', 'h.yaml', '{apiVersion: v1, kind: Node, metadata: {name: n1}}\n'],
  ])('reads %s', (_, name, text) => {
    writeFileSync(join(folder, name), text);
    expect(namesOf(name)).toEqual(['n1']);
  });

  it('reads gzipped files', () => {
    writeFileSync(join(folder, 'z.json.gz'), gzipSync(JSON.stringify({ kind: 'List', items: [node('n1'), node('n2')] })));
    expect(namesOf('z.json.gz')).toEqual(['n1', 'n2']);
  });

  it.each([
    ['a gzipped file whatever its name', 'packed.json', (text: string) => gzipSync(text)],
    ['a plain file that is named like a packed one', 'plain.json.gz', (text: string) => Buffer.from(text)],
    ['what PowerShell redirects', 'le.json', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 with the high byte first', 'be.yaml', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['packed UTF-16', 'le.json.gz', (text: string) => gzipSync(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
  ])('reads %s', (_, name, bytes) => {
    writeFileSync(join(folder, name), bytes(JSON.stringify({ kind: 'List', items: [node('n-ü'), node('n-😀')] })));
    expect(namesOf(name)).toEqual(['n-ü', 'n-😀']);
  });

  it('says that a gzipped file was cut off', () => {
    const packed = gzipSync(JSON.stringify(node('n1')));
    writeFileSync(join(folder, 'cut.json.gz'), packed.subarray(0, packed.length - 9));
    expect(faultsOf('cut.json.gz')).toMatchObject([{ code: 'FILE_UNREADABLE', hint: 'is the gzip file truncated?' }]);
  });

  it('reads the YAML and JSON files of a folder by name, and those that a pattern matches', () => {
    mkdirSync(join(folder, 'dump/deep'), { recursive: true });
    writeFileSync(join(folder, 'dump/b.json'), JSON.stringify(node('b')));
    writeFileSync(join(folder, 'dump/a.yml'), JSON.stringify(node('a')));
    writeFileSync(join(folder, 'dump/notes.txt'), 'no object');
    writeFileSync(join(folder, 'dump/deep/c.json'), JSON.stringify(node('c')));
    expect(namesOf('dump')).toEqual(['a', 'b']);
    expect(namesOf('dump/*.json')).toEqual(['b']);
    expect(namesOf('dump/**/*.json')).toEqual(['b', 'c']);
    expect(namesOf('d?mp/{a,b}.*')).toEqual(['a', 'b']);
  });

  it('says which file is not there', () => {
    expect(faultsOf('nowhere/*.json')).toEqual([
      { code: 'FILE_UNREADABLE', message: expect.stringContaining('nowhere/*.json'), hint: expect.any(String) },
    ]);
  });

  it('tells line and column of a fault inside the item of a list, compact or not', () => {
    const items = [node('n1'), { ...node('n2'), status: { capacity: { cpu: '1' }, allocatable: { cpu: '4x' } } }];
    const lines = JSON.stringify({ kind: 'List', items }, null, 2).split('\n');
    const line = lines.findIndex((text) => text.includes('"4x"'));
    writeFileSync(join(folder, 'wrong.json'), lines.join('\n'));
    writeFileSync(join(folder, 'wrong-compact.json'), `\n${JSON.stringify({ kind: 'List', items })}`);
    expect(faultsOf('wrong.json')).toMatchObject([
      { path: 'status.allocatable.cpu', position: { line: line + 1, column: (lines[line] ?? '').indexOf('"4x"') + 1 } },
    ]);
    const column = JSON.stringify({ kind: 'List', items }).indexOf('"4x"') + 1;
    expect(faultsOf('wrong-compact.json')).toMatchObject([{ code: 'KUBERNETES_INVALID', position: { line: 2, column } }]);
  });

  it.each([
    ['truncated JSON', 'trunc.json', '{"kind": "List",\n "items": [{"kind": "Node"', 'SCENARIO_SYNTAX', 2, 27],
    ['100,000 nested brackets', 'deep.json', `{"a":${'['.repeat(100_000)}`, 'SCENARIO_TOO_LARGE', 1, 105],
    ['100,000 nested brackets in YAML', 'deep.yaml', `a: ${'['.repeat(100_000)}`, 'SCENARIO_TOO_LARGE', 1, 104],
    ['an item that is no JSON', 'broken.json', '{"kind":"List","items":[\n{"a" "b"}]}', 'SCENARIO_SYNTAX', 2, 6],
    ['a text that is no object', 'text.json', '[1, 2]', 'SCENARIO_SYNTAX', 1, 2],
  ])('finds the place of %s', (_, name, text, code, line, column) => {
    writeFileSync(join(folder, name), text);
    expect(faultsOf(name)).toMatchObject([{ code, position: { line, column } }]);
  });

  it('refuses an alias bomb with a place', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`);
    writeFileSync(join(folder, 'bomb.yaml'), `l0: &l0 [a]\n${levels.join('\n')}\n`);
    expect(faultsOf('bomb.yaml')).toMatchObject([{ code: 'SCENARIO_TOO_LARGE', position: { file: join(folder, 'bomb.yaml'), line: 1 } }]);
  });

  it('never repeats a secret, whether its object is valid or broken', () => {
    writeFileSync(
      join(folder, 'secret.json'),
      '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"password":"aHVudGVyMg=="}}',
    );
    writeFileSync(join(folder, 'secret-broken.json'), '{"apiVersion":"v1","kind":"Secret","data":{"password":"aHVudGVyMg==" oops}}');
    const { unused, objects } = read('secret.json');
    expect(unused).toEqual([{ kind: 'Secret', count: 1 }]);
    expect(JSON.stringify([objects, faultsOf('secret.json'), faultsOf('secret-broken.json')])).not.toContain('aHVudGVy');
    expect(faultsOf('secret-broken.json')).toMatchObject([{ code: 'SCENARIO_SYNTAX' }]);
  });

  it('cuts characters of several bytes and long lists right wherever a chunk ends', () => {
    const items = Array.from({ length: 9000 }, (_, index) => ({
      ...node(`n${index}`),
      metadata: { name: `n${index}`, labels: { a: 'ä€😀'.repeat(60) } },
    }));
    const text = JSON.stringify({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } });
    expect(text.length).toBeGreaterThan(2 << 20);
    writeFileSync(join(folder, 'long.json'), text);
    const { objects, faults } = read('long.json');
    expect(faults).toEqual([]);
    expect(objects.nodes).toHaveLength(9000);
    expect(new Set(objects.nodes.map(({ labels }) => labels.a))).toEqual(new Set(['ä€😀'.repeat(60)]));
  });
});

function read(entry: string) {
  const reader = new ObjectReader();
  const faults = loadDocuments(entry, join(folder, 'scenario.yaml'), Number.POSITIVE_INFINITY).read(reader);
  const result = reader.finish({ start: 0, kubernetesVersion: '1.34' });
  return { ...result, faults: [...faults, ...result.faults] };
}

function namesOf(entry: string): string[] {
  const { objects, faults } = read(entry);
  expect(faults).toEqual([]);
  return objects.nodes.map(({ name }) => name);
}

function faultsOf(entry: string) {
  return read(entry).faults;
}
