import type { ChartConfiguration } from 'chart.js';
import { CLOSED_AXIS, closedAxis, closedTime } from './closedTime.ts';
import { type Drawing, HEIGHT, WIDTH } from './Drawing.ts';
import { counted, frame, layout, whole } from './frame.ts';
import { type NodeState, nodeStates, stateColours, stateLabels, type TimelineNode, timelineOf, turnOf } from './nodeStates.ts';
import { ink } from './palette.ts';
import { countAxis, timeAxis, timeUnitFor } from './timeAxis.ts';

/** What the timeline is drawn from; all times in seconds from t = 0. */
export interface RollTimelineInput {
  readonly nodes: readonly TimelineNode[];
  /** Where the axis ends: the end of the roll, or of the run when the roll did not end. */
  readonly endSeconds: number;
  /** From when to when no node could start, in order of time; absent: at no time. */
  readonly closed?: readonly (readonly [fromSeconds: number, toSeconds: number])[];
}

/** More nodes than this are counted by state instead of drawn one by one: a row would be thinner than two pixels. */
const MOST_ROWS = 600;
const TALLEST = 1400;
const HEAD = 150;
const LONGEST = 28;

/**
 * One row per node, in the order the roll reached them, coloured by what the node was doing.
 *
 * Rows shrink as nodes grow in number; beyond 600 nodes the chart shows instead how many nodes are in each state over time.
 */
export function rollTimeline(input: RollTimelineInput): Drawing {
  const nodes = [...input.nodes].sort((a, b) => (turnOf(a) ?? Number.MAX_VALUE) - (turnOf(b) ?? Number.MAX_VALUE));
  return nodes.length > MOST_ROWS ? drawCounts(nodes, input) : drawRows(nodes, input);
}

function drawRows(nodes: readonly TimelineNode[], { endSeconds, closed = [] }: RollTimelineInput): Drawing {
  const rowHeight = Math.min(24, (TALLEST - HEAD) / Math.max(nodes.length, 1));
  const height = Math.round(HEAD + Math.max(nodes.length, 4) * rowHeight);
  const timelines = nodes.map((node) => timelineOf(node, endSeconds));
  const unit = timeUnitFor(endSeconds).seconds;
  const datasets = nodeStates
    .map((state) => ({
      label: labelOf(state, nodes),
      data: timelines.map((timeline) => bar(timeline.get(state), unit)),
      backgroundColor: stateColours[state],
      grouped: false,
      barPercentage: 1,
      categoryPercentage: rowHeight > 8 ? 0.78 : 1,
    }))
    .filter((dataset) => dataset.data.some((span) => span !== null));
  const configuration: ChartConfiguration<'bar' | 'line', ([number, number] | { x: number; y: number } | null)[]> = {
    type: 'bar',
    data: { labels: nodes.map(rowLabel), datasets: [...datasets, ...stripes(closed, unit)] },
    options: {
      indexAxis: 'y',
      animation: false,
      layout,
      plugins: frame({ ...words(nodes), legend: 'boxes' }),
      scales: {
        x: timeAxis(endSeconds),
        y: { ticks: { autoSkip: true, autoSkipPadding: 3, color: ink.text, font: { size: 11 } }, grid: { display: false } },
        ...(closed.length > 0 ? { [CLOSED_AXIS]: closedAxis } : {}),
      },
    },
  };
  return { configuration, width: WIDTH, height };
}

/** Nothing where the roll has no maintenance windows. */
function stripes(closed: NonNullable<RollTimelineInput['closed']>, unit: number) {
  return closed.length > 0 ? [closedTime(closed, unit)] : [];
}

function bar(span: readonly [number, number] | undefined, unit: number): [number, number] | null {
  return span ? [span[0] / unit, span[1] / unit] : null;
}

/** A node that is not back in service says so beside its name; long names lose their domain, then their middle. */
function rowLabel(node: TimelineNode): string {
  const host = node.name.length > LONGEST ? (node.name.split('.')[0] ?? node.name) : node.name;
  const name = host.length > LONGEST ? `${host.slice(0, LONGEST - 12)}…${host.slice(-11)}` : host;
  return node.outcome === 'inService' || node.outcome === 'replaced' ? name : `${name} (${outcomeWords[node.outcome]})`;
}

const outcomeWords: Readonly<Record<TimelineNode['outcome'], string>> = {
  inService: 'in service',
  replaced: 'replaced',
  failed: 'failed',
  stuck: 'stuck',
  skipped: 'skipped',
  deleted: 'deleted',
  notStarted: 'not started',
};

function words(nodes: readonly TimelineNode[]) {
  const blocked = nodes.filter((node) => node.blockedSeconds > 0).length;
  const waited = blocked > 0 ? `; ${counted(blocked, 'drain')} had to wait for a disruption budget (drawn at the end of the drain)` : '';
  const { title, done } = isReplacing(nodes) ? replacementWords(nodes) : resetWords(nodes);
  return { title, subtitle: `${done}${waited}` };
}

function isReplacing(nodes: readonly TimelineNode[]): boolean {
  return nodes.some(({ outcome, createdAt }) => outcome === 'replaced' || createdAt !== undefined);
}

/** A node that is new is not back. */
function labelOf(state: NodeState, nodes: readonly TimelineNode[]): string {
  return state === 'inService' && isReplacing(nodes) ? 'In service' : stateLabels[state];
}

function resetWords(nodes: readonly TimelineNode[]) {
  const back = nodes.filter((node) => node.outcome === 'inService').length;
  return { title: 'Node resets over time', done: `${whole(back)} of ${counted(nodes.length, 'node')} back in service` };
}

function replacementWords(nodes: readonly TimelineNode[]) {
  const made = nodes.filter(({ createdAt }) => createdAt !== undefined);
  const gone = nodes.filter(({ outcome, createdAt }) => outcome === 'replaced' && createdAt === undefined).length;
  const isUp = made.filter(({ outcome }) => outcome === 'inService').length;
  const done = `${whole(gone)} of ${counted(nodes.length - made.length, 'node')} replaced, ${whole(isUp)} new in service`;
  return { title: 'Nodes replaced over time', done };
}

function drawCounts(nodes: readonly TimelineNode[], { endSeconds, closed = [] }: RollTimelineInput): Drawing {
  const unit = timeUnitFor(endSeconds).seconds;
  const counts = countStates(nodes, endSeconds);
  const configuration: ChartConfiguration<'line', { x: number; y: number }[]> = {
    type: 'line',
    data: {
      datasets: [
        ...[...statesIn(counts)].reverse().map((state) => ({
          label: labelOf(state, nodes),
          data: counts.map(({ at, byState }) => ({ x: at / unit, y: byState.get(state) ?? 0 })),
          backgroundColor: stateColours[state],
          borderColor: stateColours[state],
          borderWidth: 0.5,
          pointRadius: 0,
          fill: 'stack',
        })),
        ...stripes(closed, unit),
      ],
    },
    options: {
      animation: false,
      layout,
      plugins: inReverse(frame({ ...words(nodes), legend: 'boxes' })),
      scales: {
        x: timeAxis(endSeconds),
        y: { ...countAxis('Nodes in each state'), grace: 0, max: nodes.length, stacked: true },
        ...(closed.length > 0 ? { [CLOSED_AXIS]: closedAxis } : {}),
      },
    },
  };
  return { configuration, width: WIDTH, height: HEIGHT + 60 };
}

/** The states of a replacement are left out where no node has them. */
function statesIn(counts: ReturnType<typeof countStates>): readonly NodeState[] {
  const isRare = (state: NodeState) => state === 'deleting' || state === 'booting';
  return nodeStates.filter((state) => !isRare(state) || counts.some(({ byState }) => byState.has(state)));
}

/** The stack grows upwards from the last state; the legend still names the states in the order a node goes through them. */
function inReverse(plugins: ReturnType<typeof frame>) {
  return { ...plugins, legend: { ...plugins.legend, reverse: true } };
}

/** How many nodes are in each state at 400 times evenly spread over the run. */
function countStates(nodes: readonly TimelineNode[], endSeconds: number): { at: number; byState: ReadonlyMap<NodeState, number> }[] {
  const timelines = nodes.map((node) => timelineOf(node, endSeconds));
  return Array.from({ length: 401 }, (_, step) => {
    const at = (endSeconds * step) / 400;
    const byState = new Map<NodeState, number>();
    for (const timeline of timelines) {
      for (const [state, [from, to]] of timeline) {
        if (from <= at && (at < to || to === endSeconds)) byState.set(state, (byState.get(state) ?? 0) + 1);
      }
    }
    return { at, byState };
  });
}
