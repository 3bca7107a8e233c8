import type { ShownAttempt } from '../experiments/Explanation.ts';
import { countOf } from './figures.ts';
import { groupByText, listNodes } from './nodeGroups.ts';
import { columns, type Section } from './Section.ts';

const TITLE = 'What would make it fit';
const LIMIT = 10;
const OF_EACH_KIND = 3;

type NodeRemedy = ShownAttempt['remedies'][number];

/** What would have let the pod in, fewest changes first; nodes that want the same share a row. */
export function remedySections(shown: Pick<ShownAttempt, 'remedies' | 'remediesLeftOut'>): Section[] {
  const known = shown.remedies.filter(({ changes }) => changes.length > 0);
  const lost = shown.remedies.length - known.length;
  if (known.length === 0) return lost === 0 ? [] : [{ title: TITLE, lead: `No change is known for any of ${countOf(lost, 'node')}.` }];
  const told = new Set(known.map(textOf)).size > LIMIT ? fewOfEachKind(known).slice(0, LIMIT) : known.map(textOf);
  const groups = groupByText(known.map((remedy) => [remedy.node, textOf(remedy)]));
  const rows = [...groups].filter(([text]) => told.includes(text)).map(([text, nodes]) => [text, listNodes(nodes)]);
  const note = notesOn({ rest: groups.size - rows.length, lost, unseen: shown.remediesLeftOut });
  return [
    {
      title: TITLE,
      lead: 'Any one row would do. Each was proved by running the filters with the changes made.',
      table: { columns: columns('change', 'on any of'), rows: rows.map((cells) => ({ tone: 'plain', cells })) },
      ...(note === '' ? {} : { note }),
    },
  ];
}

function textOf({ changes }: NodeRemedy): string {
  return changes.map(({ text }) => text).join(', and ');
}

/** Where every node wants something of its own, a few texts of each kind of change tell more than many of one. */
function fewOfEachKind(remedies: readonly NodeRemedy[]): string[] {
  const byKind = new Map<string, Set<string>>();
  for (const remedy of remedies) {
    const kind = remedy.changes.map((change) => change.kind).join();
    const texts = byKind.get(kind) ?? new Set();
    if (texts.size < OF_EACH_KIND) byKind.set(kind, texts.add(textOf(remedy)));
  }
  return [...byKind.values()].flatMap((texts) => [...texts]);
}

function notesOn({ rest, lost, unseen }: { rest: number; lost: number; unseen: number }): string {
  const notes = [
    ...(rest > 0 ? [`${countOf(rest, 'row')} of the same kinds left out; all are in --format json.`] : []),
    ...(lost > 0 ? [`No way is known for ${countOf(lost, 'node')}.`] : []),
    ...(unseen > 0 ? [`${countOf(unseen, 'node')} that refused the pod for the same reasons were not looked at.`] : []),
  ];
  return notes.join(' ');
}
