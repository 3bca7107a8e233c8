import { closeSync, openSync, writeSync } from 'node:fs';
import { leastBytesFor } from '../../src/cli/DumpSnapshot.ts';
import { loadDocuments } from '../../src/cli/loadDocuments.ts';
import { withSmallHeap } from '../../src/cli/withSmallHeap.ts';
import { ObjectReader } from '../../src/scenario/kubernetes/ObjectReader.ts';

/** How a dump is given: as the API server sends it, as kubectl prints it, or the latter with the snapshot of an earlier reading. */
export type DumpForm = (typeof DUMP_FORMS)[number];

/** Every {@link DumpForm}; the last one needs a reading with `keep` before. */
export const DUMP_FORMS = ['compact', 'printed', 'snapshot'] as const;

/** One line of the benchmark of reading a dump. */
export interface IngestRow {
  readonly pods: number;
  readonly form: DumpForm;
  readonly seconds: number;
  /** User CPU time, with that of the garbage collector's threads: what to compare when others use the machine. */
  readonly cpuSeconds: number;
  readonly peakRssMiB: number;
}

/** Reads the dump `file` once, from the bytes to the objects of a cluster. Peak memory is that of the whole process. */
export function measureIngest(file: string, form: DumpForm): IngestRow {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  const { objects, faults } = withSmallHeap(() => {
    const reader = new ObjectReader();
    const wrong = loadDocuments(file, file, leastBytesFor[form === 'snapshot' ? 'keep' : 'none']).read(reader);
    const read = reader.finish({ start: Date.parse('2026-01-02T00:00:00Z'), kubernetesVersion: '1.34' });
    return { ...read, faults: [...wrong, ...read.faults] };
  });
  if (faults.length > 0) throw new Error(`the dump has ${faults.length} faults`);
  return {
    pods: objects.pods.length,
    form,
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: process.cpuUsage(cpu).user / 1e6,
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
  };
}

/** Writes a list of `items` item by item, since the whole text would be longer than the longest string: without a space or with four. */
export function writeList(file: string, items: Iterable<unknown>, form: 'compact' | 'printed'): void {
  const descriptor = openSync(file, 'w');
  const indent = form === 'printed' ? 4 : 0;
  const [open, between, close] = indent
    ? ['{\n    "apiVersion": "v1",\n    "items": [\n', ',\n', '\n']
    : ['{"apiVersion":"v1","items":[', ',', ''];
  writeSync(descriptor, open);
  let separator = '';
  for (const item of items) {
    const text = JSON.stringify(item, undefined, indent);
    writeSync(descriptor, separator + (indent ? text.replace(/^/gm, ' '.repeat(8)) : text));
    separator = between;
  }
  writeSync(
    descriptor,
    indent ? `${close}    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n` : '],"kind":"List"}\n',
  );
  closeSync(descriptor);
}

/** The rows as a table for people. */
export function ingestTable(rows: readonly IngestRow[], machine: string): string {
  const lines = rows.map(({ pods, form, seconds, cpuSeconds, peakRssMiB }) => [
    String(pods),
    form,
    `${seconds.toFixed(2)} s`,
    `${cpuSeconds.toFixed(2)} s`,
    `${Math.round(peakRssMiB)} MiB`,
  ]);
  const table = [HEAD, HEAD.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [machine, '', ...table, ''].join('\n');
}

const HEAD = ['pods', 'form', 'wall', 'user CPU', 'peak RSS'];
