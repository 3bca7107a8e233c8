import type { WorkloadRow } from '../experiments/Forecast.ts';
import { countOf, writeCount, writeFigure, writeMoment, writeSeconds } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { columns, type Section, type Tone, tableSection } from './Section.ts';

/** The workloads that the roll hurts, why each was down, the local data that is lost, and how the quorums fared. */
export function workloadSections(workloads: readonly WorkloadRow[], rowLimit: number): Section[] {
  return [...hurtSections(workloads, rowLimit), ...quorumSections(workloads, rowLimit)];
}

function hurtSections(workloads: readonly WorkloadRow[], rowLimit: number): Section[] {
  const hurt = workloads.filter((workload) => harmOf(workload) > 0);
  if (workloads.length === 0) return [];
  const lead = `${countOf(hurt.length, 'workload')} of ${writeFigure(workloads.length)} had fewer ready replicas than desired at some time, or lost data.`;
  if (hurt.length === 0)
    return [{ title: 'Workloads', lead: `None of ${countOf(workloads.length, 'workload')} was ever short of a replica.` }];
  return [...harmSections(hurt, rowLimit, lead), ...outageSections(hurt, rowLimit), ...lostDataSections(hurt, rowLimit)];
}

function harmSections(hurt: readonly WorkloadRow[], rowLimit: number, lead: string): Section[] {
  const { kept, note } = limitRows(hurt, rowLimit, { trouble: harmOf, rest: 'the other workloads', file: 'workloads.csv' });
  const rows = kept.map((workload) => ({
    tone: toneOf(workload),
    cells: [
      nameOf(workload),
      `${workload.minReady} of ${workload.desired}`,
      writeSeconds(workload.outageSeconds),
      writeSeconds(workload.belowFloorSeconds),
      writeSeconds(workload.degradedSeconds),
      writeCount(workload.moves),
      writeCount(workload.wastedMoves),
    ],
  }));
  const names = columns('workload', '>least ready', '>down', '>below floor', '>degraded', '>moves?', '>wasted?');
  return tableSection('Workloads harmed', { columns: names, rows }, { lead, ...(note === undefined ? {} : { note }) });
}

function outageSections(hurt: readonly WorkloadRow[], rowLimit: number): Section[] {
  const outages = hurt.flatMap((workload) => workload.outages.map((outage) => ({ ...outage, workload: nameOf(workload) })));
  const { kept, note } = limitRows(outages, rowLimit, {
    trouble: ({ start, end }) => end - start,
    rest: 'the other outages',
    file: 'results.json',
  });
  const rows = kept.map(({ workload, start, end, isOver, cause }) => ({
    tone: 'bad' as const,
    cells: [workload, writeMoment(start), isOver ? writeSeconds(end - start) : `not over at ${writeMoment(end)}`, cause.join(' -> ')],
  }));
  const names = columns('workload', '>from', '>lasts', 'because');
  return tableSection('Outages', { columns: names, rows }, note === undefined ? {} : { note });
}

function lostDataSections(hurt: readonly WorkloadRow[], rowLimit: number): Section[] {
  const lost = hurt.flatMap((workload) => workload.lostData);
  const { kept, note } = limitRows(lost, rowLimit, { trouble: () => 1, rest: 'the other volumes', file: 'results.json' });
  const rows = kept.map(({ pod, volume, reason }) => ({ tone: 'bad' as const, cells: [pod, volume, reason] }));
  return tableSection('Data lost', { columns: columns('pod', 'volume', 'why'), rows }, note === undefined ? {} : { note });
}

/** Quorums that were kept are listed as well: by how much is what people ask next. */
function quorumSections(workloads: readonly WorkloadRow[], rowLimit: number): Section[] {
  const all = workloads.flatMap((workload) => (workload.quorum ? [{ ...workload, quorum: workload.quorum }] : []));
  const { kept, note } = limitRows(all, rowLimit, { trouble: harmOf, rest: 'the other quorums', file: 'workloads.csv' });
  const rows = kept.map((workload) => ({
    tone: workload.belowFloorSeconds > 0 ? ('bad' as const) : ('good' as const),
    cells: [
      nameOf(workload),
      String(workload.quorum.size),
      `${workload.quorum.leastInSync} of ${workload.desired}`,
      workload.belowFloorSeconds > 0 ? writeSeconds(workload.belowFloorSeconds) : 'never',
    ],
  }));
  const names = columns('workload', '>quorum', '>least in sync', '>without quorum');
  return tableSection('Quorums', { columns: names, rows }, note === undefined ? {} : { note });
}

function nameOf({ kind, namespace, name }: WorkloadRow): string {
  return `${kind} ${namespace}/${name}`;
}

/** Any outage weighs more than being below the floor, and that more than being short of replicas. */
function harmOf({ outageSeconds, belowFloorSeconds, degradedSeconds, lostData }: WorkloadRow): number {
  return outageSeconds * 1e6 + lostData.length * 1e4 + belowFloorSeconds * 1e3 + degradedSeconds;
}

function toneOf({ outageSeconds, belowFloorSeconds, lostData }: WorkloadRow): Tone {
  return outageSeconds > 0 || belowFloorSeconds > 0 || lostData.length > 0 ? 'bad' : 'warning';
}
