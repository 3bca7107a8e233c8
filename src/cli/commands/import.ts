import { basename } from 'node:path';
import type { NodeDescription } from '../../cluster/Node.ts';
import { RollError } from '../../errors.ts';
import { countOf } from '../../reports/figures.ts';
import { sectionText } from '../../reports/table.ts';
import { guessPreset } from '../../scenario/importing/guessPreset.ts';
import { importedScenario } from '../../scenario/importing/importedScenario.ts';
import type { Command } from '../Command.ts';
import { exitCode } from '../exitCode.ts';
import { type ImportedDump, importDump } from '../importDump.ts';
import { importSections } from '../importSummary.ts';
import { requireNew, writeTogether } from '../writeTogether.ts';

interface ImportOptions {
  readonly dump: readonly string[];
  readonly pool: string | undefined;
  readonly out: string;
  readonly anonymize: boolean;
}

/** Writes a scenario and a cleaned snapshot from dumps of a cluster, and says what the dumps hold and lack. */
export const importCommand: Command<ImportOptions> = {
  usage: 'import <dump..>',
  describes: 'write a scenario from a dump of a cluster, with a cleaned snapshot beside it',
  needs: { what: 'a dump of a cluster', example: 'import cluster.json' },
  options: (parser) =>
    parser
      .positional('dump', { type: 'string', array: true, demandOption: true, describe: 'files, folders, patterns, - for standard input' })
      .option('pool', { type: 'string', requiresArg: true, describe: 'node pool to roll; needed when there are several' })
      .option('out', { type: 'string', requiresArg: true, default: 'scenario.yaml', describe: 'scenario file to write' })
      .option('anonymize', { type: 'boolean', default: false, describe: 'replace every name by a pseudonym' }),
  async run({ dump, pool, out, anonymize }, { terminal }) {
    const name = basename(out).replace(/\.(ya?ml|json)$/i, '');
    const snapshotFile = `${out.slice(0, out.length - basename(out).length)}${name}.cluster.json`;
    requireNew([out, snapshotFile], 'name another file: --out other.yaml');
    const read = importDump(dump, anonymize ? 'anonymous' : 'plain');
    const rolled = rolledNodes(read.objects.nodes, pool);
    const guess = guessPreset(rolled.nodes);
    const text = importedScenario({
      name,
      description: descriptionOf(rolled, read),
      snapshot: basename(snapshotFile),
      target: targetOf(rolled, read),
      guess,
      version: read.version.rules,
    });
    writeTogether([
      { path: snapshotFile, pieces: read.snapshot.pieces() },
      { path: out, pieces: [text] },
    ]);
    terminal.out(
      `${importSections(read)
        .map((section) => sectionText(section, terminal.style))
        .join('\n\n')}\n`,
    );
    const drain = guess.drainKind === undefined ? '' : ` that drains as ${guess.drainKind} does`;
    terminal.say(
      `preset ${guess.preset}${drain}, guessed: ${guess.because}\nwrote ${out} and ${snapshotFile}; next: rollcast check ${out}\n`,
    );
    return exitCode.holds;
  },
};

function descriptionOf(rolled: RolledNodes, { objects }: ImportedDump): string {
  return `Roll of ${countOf(rolled.nodes.length, 'node')} of ${objects.nodes.length}, with ${countOf(objects.pods.length, 'pod')}`;
}

/** The nodes to roll, and the pool that they are if they are one. */
interface RolledNodes {
  readonly pool: string | undefined;
  readonly nodes: readonly NodeDescription[];
}

/** The nodes of the `pool` that was named, or of the only one; without any pool, all that are not of the control plane. */
function rolledNodes(nodes: readonly NodeDescription[], pool: string | undefined): RolledNodes {
  if (nodes.length === 0) throw invalid('there are no nodes in the dump', 'kubectl get nodes -o json gets them');
  const sizes = new Map<string, number>();
  for (const node of nodes) if (node.pool !== undefined) sizes.set(node.pool, (sizes.get(node.pool) ?? 0) + 1);
  const known = [...sizes].map(([name, size]) => `${name} (${countOf(size, 'node')})`).join(', ');
  const [only, ...others] = sizes.keys();
  if (pool !== undefined && !sizes.has(pool))
    throw invalid(`no node is in a pool "${pool}"`, known === '' ? NO_POOLS : `the pools: ${known}`);
  if (pool === undefined && others.length > 0) throw invalid(`which pool? There are ${known}`, `such as: --pool ${only}`);
  const chosen = pool ?? only;
  if (chosen !== undefined) return { pool: chosen, nodes: nodes.filter((node) => node.pool === chosen) };
  const workers = nodes.filter(({ labels }) => !CONTROL_PLANE.some((label) => label in labels));
  return { pool: undefined, nodes: workers.length > 0 ? workers : nodes };
}

const NO_POOLS = 'no node has the label of a pool: leave --pool out to roll all nodes that are not of the control plane';

const CONTROL_PLANE = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

function targetOf({ pool, nodes }: RolledNodes, { snapshot }: ImportedDump): Parameters<typeof importedScenario>[0]['target'] {
  return pool === undefined ? { nodes: nodes.map(({ name }) => snapshot.nodeName(name)) } : { pool: snapshot.poolName(pool) };
}

function invalid(message: string, hint: string): RollError {
  return new RollError([{ code: 'ARGUMENT_INVALID', message, hint }]);
}
