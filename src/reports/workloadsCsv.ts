import type { ForecastReport } from '../experiments/Forecast.ts';
import { csv } from './csv.ts';

const header = [
  ...['kind', 'namespace', 'name', 'desired', 'minReady', 'outages', 'outageSeconds', 'degradedSeconds', 'belowFloorSeconds'],
  ...['moves', 'wastedMoves', 'lostVolumes', 'quorum', 'leastInSync'],
];

/** One line per workload, hurt or not. */
export function workloadsCsv({ forecast }: ForecastReport): Iterable<string> {
  const rows = forecast.workloads.map((workload) => [
    ...[workload.kind, workload.namespace, workload.name, workload.desired, workload.minReady, workload.outages.length],
    ...[workload.outageSeconds, workload.degradedSeconds, workload.belowFloorSeconds],
    ...[workload.moves, workload.wastedMoves, workload.lostData.length],
    ...[workload.quorum?.size ?? null, workload.quorum?.leastInSync ?? null],
  ]);
  return csv(header, rows);
}
