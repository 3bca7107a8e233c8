import type { AttemptRow, NodeChance, PodExplanation, RefusalRow, ShownAttempt } from '../experiments/Explanation.ts';
import { remedySections } from './explainRemedyRows.ts';
import { countOf, writeFigure, writeMoment } from './figures.ts';
import { historySections } from './historyRows.ts';
import { lastRows } from './lastRows.ts';
import { limitRows } from './limitRows.ts';
import { groupByText, listNodes } from './nodeGroups.ts';
import { columns, type Section, tableSection } from './Section.ts';

const JSON_FILE = '--format json';
const ATTEMPT_LIMIT = 20;
const NODE_LIMIT = 40;

/** What happened to a pod, the attempts to place it, and one of them node by node. */
export function explainPodSections({ history, attempts, shown }: PodExplanation): Section[] {
  return [
    ...historySections(history),
    ...attemptSections(attempts),
    ...(shown ? [...nodeSections(shown, attempts), ...remedySections(shown)] : []),
  ];
}

function attemptSections(attempts: readonly AttemptRow[]): Section[] {
  const { kept, note } = lastRows(attempts, ATTEMPT_LIMIT);
  const outcomes = kept.map(outcomeOf);
  const rows = kept.map(({ number, at, wokenBy, outcome }, index) => ({
    tone: outcome === 'bound' ? ('good' as const) : ('bad' as const),
    cells: [writeFigure(number), writeMoment(at), wokenBy, outcomes[index] === outcomes[index - 1] ? 'the same' : (outcomes[index] ?? '')],
  }));
  const names = columns('>attempt', '>at', 'woken by', 'what came of it');
  return tableSection('Attempts', { columns: names, rows }, note === undefined ? {} : { note });
}

function outcomeOf({ outcome, node, victims, message }: AttemptRow): string {
  if (outcome === 'bound') return `bound to ${node}`;
  const preempted = node === null ? '' : `; nominated to ${node}, preempting ${victims.join(', ')}`;
  return `${message ?? outcome}${preempted}`;
}

function nodeSections({ attempt, outright, nodes, best }: ShownAttempt, attempts: readonly AttemptRow[]): Section[] {
  const at = attempts[attempt - 1]?.at ?? 0;
  const title = `Attempt ${attempt} at ${writeMoment(at)}, node by node`;
  if (outright)
    return [{ title, lead: `${outright.plugin} refused the pod before any node was looked at: ${outright.reasons.join(', ')}.` }];
  const fitting = nodes.filter(({ total }) => total !== null);
  const refusing = nodes.filter(({ total }) => total === null);
  const lead = `${countOf(fitting.length, 'node')} of ${nodes.length} could take the pod.`;
  return [{ title, lead }, ...scoreSections(fitting, best), ...refusalSections(refusing)];
}

/** One column per plugin: its normalized score times its weight, as it goes into the total. */
function scoreSections(nodes: readonly NodeChance[], best: readonly string[]): Section[] {
  const { kept, note } = limitRows(nodes, NODE_LIMIT, {
    trouble: ({ total }) => total ?? 0,
    rest: 'the other nodes',
    file: JSON_FILE,
  });
  const plugins = nodes[0]?.scores ?? [];
  const rows = [...kept]
    .sort((a, b) => (b.total ?? 0) - (a.total ?? 0))
    .map(({ node, total, scores }) => ({
      tone: best.includes(node) ? ('good' as const) : ('plain' as const),
      cells: [node, writeFigure(total ?? 0), ...scores.map(({ weighted }) => writeFigure(weighted))],
    }));
  const names = columns(
    'node',
    '>total',
    ...plugins.map(({ plugin, weight }) => `>${spaced(plugin)}${weight === 1 ? '' : ` x${weight}`}?`),
  );
  const lead = `Each score in [0, 100] times its weight; ${best.join(', ')} ${best.length === 1 ? 'is' : 'are'} best. Raw scores: ${JSON_FILE}.`;
  return tableSection('Nodes that fit', { columns: names, rows }, { lead, ...(note === undefined ? {} : { note }) });
}

/** One row per node; with too many of them, one row per refusal. */
function refusalSections(nodes: readonly NodeChance[]): Section[] {
  const texts = nodes.map(({ node, refusals }) => [node, refusals.map(writeRefusal).join('; ')] as const);
  const rows = nodes.length > NODE_LIMIT ? [...groupByText(texts)].map(([text, names]) => [text, listNodes(names)]) : texts;
  const names = nodes.length > NODE_LIMIT ? columns('refused by', 'nodes') : columns('node', 'refused by');
  return tableSection('Nodes that refused the pod', { columns: names, rows: rows.map((cells) => ({ tone: 'bad', cells })) });
}

function writeRefusal({ plugin, reasons }: RefusalRow): string {
  return `${plugin}: ${reasons.join(', ')}`;
}

/** `NodeResourcesFit` -> `Node Resources Fit`, so that a narrow column can wrap it. */
function spaced(plugin: string): string {
  return plugin.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
