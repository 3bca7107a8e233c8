import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadDocuments } from '../../src/cli/loadDocuments.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import { ObjectReader, type ReadObjects } from '../../src/scenario/kubernetes/ObjectReader.ts';
import { everyKind, podOf } from '../support/everyKind.ts';

let folder = '';
const dump = () => join(folder, 'dump.json');
const snapshot = () => join(folder, '.dump.json.rollcast');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
  writeFileSync(dump(), listOf(everyKind()));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the snapshot of a dump', () => {
  it('gives what the dump gives, to the byte and for any start', () => {
    const plain = read({ leastBytes: Number.POSITIVE_INFINITY });
    expect(readdirSync(folder)).toEqual(['dump.json']);
    expect(plain.faults).toEqual([]);
    expect(plain.warnings).not.toEqual([]);
    for (const reading of ['first', 'from the snapshot']) expect({ reading, ...read() }).toStrictEqual({ reading, ...plain });
    expect(JSON.stringify(read())).toBe(JSON.stringify(plain));
    expect(isFromSnapshot()).toBe(true);
    const later = { start: Date.parse('2026-02-01T00:00:00Z') };
    expect(read(later)).toStrictEqual(read({ ...later, leastBytes: Number.POSITIVE_INFINITY }));
  });

  it('lets pods share what they share without it, with those of other files too', () => {
    writeFileSync(join(folder, 'more.json'), listOf([podOf('web-7'), podOf('web-8')]));
    const entries = ['dump.json', 'more.json'];
    const plain = sharing(read({ entries, leastBytes: Number.POSITIVE_INFINITY }).objects.pods);
    expect(plain.specs).toBeLessThan(plain.pods);
    read({ entries });
    expect(existsSync(join(folder, '.more.json.rollcast'))).toBe(true);
    expect(sharing(read({ entries }).objects.pods)).toEqual(plain);
    rmSync(join(folder, '.more.json.rollcast'));
    expect(sharing(read({ entries }).objects.pods)).toEqual(plain);
  });

  it('has no data of a Secret, no environment and no command of a container', () => {
    read();
    const bytes = readFileSync(snapshot());
    expect(readFileSync(dump(), 'latin1')).toMatch(/aHVudGVyMg[\s\S]*hunter3|hunter3[\s\S]*aHVudGVyMg/);
    for (const secret of ['aHVudGVyMg', 'hunter3', 'hunter4', 'last-applied']) expect(bytes.includes(secret)).toBe(false);
  });

  it('is readable only by those who may read the dump', () => {
    chmodSync(dump(), 0o600);
    read();
    expect(statSync(snapshot()).mode & 0o777).toBe(0o600);
  });

  it.each<[string, () => void]>([
    ['a part that was added', () => appendFileSync(dump(), '{"apiVersion":"v1","kind":"Node","metadata":{"name":"late"}}\n')],
    [
      'another file of the same size and times',
      () => {
        const { atime, mtime } = statSync(dump());
        writeFileSync(`${dump()}.new`, readFileSync(dump(), 'utf8').replaceAll('node-a', 'node-b'));
        utimesSync(`${dump()}.new`, atime, mtime);
        renameSync(`${dump()}.new`, dump());
      },
    ],
    [
      'the same size with the old time set by hand',
      () => {
        const { atime, mtime } = statSync(dump());
        writeFileSync(dump(), readFileSync(dump(), 'utf8').replaceAll('node-a', 'node-b'));
        utimesSync(dump(), atime, mtime);
      },
    ],
  ])('does not count after the dump became %s', (_, change) => {
    read();
    change();
    expect(read()).toStrictEqual(read({ leastBytes: Number.POSITIVE_INFINITY }));
    expect(isFromSnapshot()).toBe(true);
  });

  it('is written again when it is cut off, changed in one byte, or something else', () => {
    const plain = read();
    const good = readFileSync(snapshot());
    const flipped = [0, 20, 120, Math.floor(good.length / 2), good.length - 1].map((at) => {
      const copy = Buffer.from(good);
      copy.writeUInt8(copy.readUInt8(at) ^ 0x41, at);
      return copy;
    });
    const cut = [0, 10, 100, 130, good.length - 1].map((length) => good.subarray(0, length));
    for (const wrong of [...flipped, ...cut, Buffer.concat([good, good]), Buffer.alloc(100_000, 0xff), Buffer.from('a note')]) {
      writeFileSync(snapshot(), wrong);
      expect(read()).toStrictEqual(plain);
      expect(readFileSync(snapshot()).equals(good)).toBe(true);
    }
  });

  it('is not taken from a link or a folder, and old unfinished ones are removed', () => {
    writeFileSync(join(folder, 'precious'), 'text');
    symlinkSync('precious', snapshot());
    const leftover = `${snapshot()}.1`;
    writeFileSync(leftover, 'half');
    utimesSync(leftover, 0, 0);
    read();
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('text');
    expect(readdirSync(folder).sort()).toEqual(['.dump.json.rollcast', 'dump.json', 'precious']);
    rmSync(snapshot());
    mkdirSync(snapshot());
    expect(read().faults).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['.dump.json.rollcast', 'dump.json', 'precious']);
  });

  it('is done without where it cannot be written', () => {
    vi.spyOn(process, 'pid', 'get').mockReturnValue(0);
    mkdirSync(`${snapshot()}.0`);
    expect(read().faults).toEqual([]);
    expect(existsSync(snapshot())).toBe(false);
    vi.restoreAllMocks();
  });

  it('is not written for a small dump or one with a fault, and no pattern matches it', () => {
    read({ leastBytes: statSync(dump()).size + 1 });
    writeFileSync(join(folder, 'wrong.json'), listOf([{ ...podOf('x'), spec: {} }]));
    writeFileSync(join(folder, 'cut.json'), listOf([podOf('y')]).slice(0, -3));
    for (const entry of ['wrong.json', 'cut.json']) expect(read({ entries: [entry] }).faults).not.toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    read();
    rmSync(join(folder, 'wrong.json'));
    rmSync(join(folder, 'cut.json'));
    expect(read({ entries: ['*'] })).toStrictEqual(read());
  });

  it('puts faults where they are in the dump', () => {
    writeFileSync(join(folder, 'again.json'), listOf([podOf('web-1'), podOf('lost', { nodeName: 'nowhere', priorityClassName: 'none' })]));
    const entries = ['again.json', 'dump.json'];
    const plain = read({ entries, leastBytes: Number.POSITIVE_INFINITY });
    expect(plain.faults.map(({ position }) => position?.file.split('/').at(-1))).toEqual(['dump.json', 'again.json', 'again.json']);
    read({ entries });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual(['.again.json.rollcast']);
    expect(read({ entries })).toStrictEqual(plain);
    read();
    expect(read({ entries })).toStrictEqual(plain);
    expect(read({ entries: ['dump.json', 'again.json'] })).toStrictEqual(
      read({ entries: ['dump.json', 'again.json'], leastBytes: Number.POSITIVE_INFINITY }),
    );
  });
});

interface Wish {
  readonly entries?: readonly string[];
  readonly start?: number;
  readonly leastBytes?: number;
}

function read({ entries = ['dump.json'], start = Date.parse('2026-01-02T00:00:00Z'), leastBytes = 1 }: Wish = {}): ReadObjects {
  const reader = new ObjectReader();
  const faults = entries.flatMap((entry) => loadDocuments(entry, join(folder, 'scenario.yaml'), leastBytes).read(reader));
  const result = reader.finish({ start, kubernetesVersion: '1.34' });
  return { ...result, faults: [...faults, ...result.faults] };
}

/** Whether a reading of the dump leaves its snapshot alone, since it is good. */
function isFromSnapshot(): boolean {
  const before = statSync(snapshot(), { bigint: true });
  read();
  return statSync(snapshot(), { bigint: true }).ino === before.ino;
}

function sharing(pods: readonly PodDescription[]) {
  const count = (part: (pod: PodDescription) => unknown) => new Set(pods.map(part)).size;
  return {
    pods: pods.length,
    specs: count(({ spec }) => spec),
    containers: count(({ spec }) => spec.containers),
    labels: count(({ labels }) => labels),
    annotations: count(({ annotations }) => annotations),
    owners: count(({ owner }) => owner),
  };
}

function listOf(items: readonly unknown[]): string {
  return `${JSON.stringify({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, null, 4)}\n`;
}
