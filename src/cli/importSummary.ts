import { columns, type Row, type Section, tableSection } from '../reports/Section.ts';
import { findGaps } from '../scenario/importing/findGaps.ts';
import type { ImportedDump } from './importDump.ts';

/** What an import found, what it leaves out, and what is missing that matters. */
export function importSections(dump: ImportedDump): Section[] {
  const found = { columns: columns('what', '>number', 'of them'), rows: foundRows(dump) };
  const unused = { columns: columns('kind', '>number'), rows: dump.unused.map(({ kind, count }) => row(kind, String(count))) };
  const gaps = {
    columns: columns('what', 'how to get it'),
    rows: findGaps(dump.objects).map(({ what, command = '' }) => warning(what, command)),
  };
  return [
    ...tableSection('Found', found),
    ...tableSection('Not used', unused, { lead: 'Nothing of these objects is in the snapshot.' }),
    ...tableSection('Missing', gaps, { note: 'Give the further dumps to the same command, beside those that you have.' }),
  ];
}

function foundRows({ objects, version }: ImportedDump): Row[] {
  const { nodes, workloads, cronJobs, pods, budgets, autoscalers, persistentVolumes } = objects;
  const kubelets = version.kubelets === undefined ? 'not told by the nodes' : `kubelets of 1.${version.kubelets}`;
  return [
    row('nodes', String(nodes.length), tally(nodes.map(({ pool }) => pool ?? 'no pool'))),
    row(
      'workloads',
      String(workloads.length + cronJobs.length),
      tally([...workloads.map(({ kind }) => kind), ...cronJobs.map(() => 'CronJob')]),
    ),
    row('pods', String(pods.length), tally(pods.map(({ phase }) => phase))),
    row('disruption budgets', String(budgets.length), ''),
    row('autoscalers', String(autoscalers.length), ''),
    row('persistent volumes', String(persistentVolumes.length), ''),
    row('rules of Kubernetes', version.rules, kubelets),
  ];
}

/** How often each word is there, in order of appearance. */
function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

function row(...cells: readonly string[]): Row {
  return { tone: 'plain', cells };
}

function warning(...cells: readonly string[]): Row {
  return { tone: 'warning', cells };
}
