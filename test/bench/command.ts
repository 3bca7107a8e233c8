import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BenchRow, benchTable } from './BenchRow.ts';
import { DUMP_FORMS, type DumpForm, type IngestRow, ingestTable, measureIngest } from './IngestRow.ts';
import { ingestRows } from './ingest.ts';
import { kubernetesList } from './kubernetesList.ts';
import { measureReplications } from './measureReplications.ts';
import { type MeasuredRow, measureRow, type RowRequest } from './measureRow.ts';
import { measureState } from './measureState.ts';
import { type MeasuredReplications, replicationRows, replicationTable } from './ReplicationRow.ts';
import { settledW } from './rollW.ts';
import { VARIANTS, type Variant } from './workloadW.ts';

const USAGE = `usage: npm run bench -- [--nodes 100,1000,5000] [--variant plain|ds|pressure] [--mode sampled|exhaustive] [--json]
                      [--compare-up-to 300] [--write FILE] [--replications 1000 --threads 1,2] [--ingest 150000]
`;

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '100,300,1000' },
    variant: { type: 'string', default: 'plain' },
    mode: { type: 'string', default: 'sampled' },
    json: { type: 'boolean', default: false },
    'compare-up-to': { type: 'string', default: '300' },
    write: { type: 'string' },
    row: { type: 'boolean', default: false },
    state: { type: 'boolean', default: false },
    replications: { type: 'string' },
    threads: { type: 'string', default: '1,2' },
    ingest: { type: 'string' },
    dump: { type: 'string' },
    form: { type: 'string', default: 'compact' },
  },
});
process.exitCode = await main();

async function main(): Promise<number> {
  const sizes = values.nodes.split(',').map(Number);
  const variants = values.variant.split(',').filter(isVariant);
  const modes = values.mode.split(',').filter(isMode);
  const [size = 0, variant = 'plain', mode = 'sampled'] = [sizes[0], variants[0], modes[0]];
  if (!sizes.every((nodes) => Number.isInteger(nodes) && nodes > 0) || variants.length * modes.length === 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (values.ingest !== undefined) ingest(Number(values.ingest));
  else if (values.replications !== undefined) await replicate({ nodes: size, variant }, Number(values.replications));
  else if (values.write !== undefined) writeFileSync(values.write, kubernetesList(settledW(size, variant)));
  else if (values.state) process.stdout.write(JSON.stringify(measureState(size, variant)));
  else if (values.row) process.stdout.write(JSON.stringify(measureRow({ nodes: size, variant, mode, compares: compares(size) })));
  else report(variants.flatMap((each) => modes.flatMap((how) => sizes.map((nodes) => measureApart({ nodes, variant: each, mode: how })))));
  return 0;
}

/** Measures one row in a process of its own, so that rows share neither memory nor compiled code, and its state in another one. */
function measureApart({ nodes, variant, mode }: Omit<RowRequest, 'compares'>): BenchRow {
  const args = ['--nodes', String(nodes), '--variant', variant, '--mode', mode, '--compare-up-to', values['compare-up-to']];
  const row: MeasuredRow = inOwnProcess(['--row', ...args]);
  const stateMBPerThousandPods: number = inOwnProcess(['--state', ...args]);
  if (!values.json) process.stderr.write(`${nodes} nodes, ${variant}, ${mode}: done\n`);
  return { ...row, stateMBPerThousandPods };
}

/** Replicates one roll with each number of threads, each in a process of its own, and holds the outcomes against one another. */
async function replicate(roll: { nodes: number; variant: Variant }, replications: number): Promise<void> {
  const threads = values.threads.split(',').map(Number);
  const [first = 1] = threads;
  if (values.row) return void process.stdout.write(JSON.stringify(await measureReplications({ ...roll, replications, threads: first })));
  const args = ['--row', '--nodes', String(roll.nodes), '--variant', roll.variant, '--replications', String(replications)];
  const measured = threads.map((count): MeasuredReplications => inOwnProcess([...args, '--threads', String(count)]));
  const rows = replicationRows(measured);
  process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : replicationTable(rows, machine()));
}

/** Reads a dump of `pods` pods in each form, each in a process of its own. */
function ingest(pods: number): void {
  const { dump, form } = values;
  if (dump !== undefined && isForm(form)) return void process.stdout.write(JSON.stringify(measureIngest(dump, form)));
  const rows = ingestRows(pods, (file, how): IngestRow => inOwnProcess(['--ingest', String(pods), '--dump', file, '--form', how]));
  process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : ingestTable(rows, machine()));
}

/** What this command prints for `args`, read as JSON. */
function inOwnProcess<Row>(args: readonly string[]): Row {
  const words = [...process.execArgv, '--expose-gc', fileURLToPath(import.meta.url), ...args];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 2 ** 26 }));
}

function report(rows: readonly BenchRow[]): void {
  const table = benchTable(rows, machine());
  mkdirSync('reports/bench', { recursive: true });
  writeFileSync('reports/bench/table.md', table);
  writeFileSync('reports/bench/rows.json', `${JSON.stringify(rows, undefined, 2)}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : table);
}

function machine(): string {
  const [first] = cpus();
  return `Command: npm run bench -- ${process.argv.slice(2).join(' ')}\nMachine: ${cpus().length} x ${first?.model.trim() ?? 'unknown'}, Node.js ${process.version}`;
}

function compares(nodes: number): boolean {
  return nodes <= Number(values['compare-up-to']);
}

function isVariant(text: string): text is Variant {
  return VARIANTS.some((variant) => variant === text);
}

function isMode(text: string): text is BenchRow['mode'] {
  return text === 'sampled' || text === 'exhaustive';
}

function isForm(text: string): text is DumpForm {
  return DUMP_FORMS.some((form) => form === text);
}
