/** One line of the benchmark of replications. */
export interface ReplicationRow {
  readonly nodes: number;
  readonly variant: string;
  readonly replications: number;
  readonly threads: number;
  /** From the parsed scenario to the last outcome, the start of the threads included. */
  readonly wallSeconds: number;
  /** CPU time of all threads: what to compare when others use the machine. */
  readonly cpuSeconds: number;
  /** How long the main thread was busy. */
  readonly mainSeconds: number;
  readonly replicationsPerSecond: number;
  /** Wall time with the fewest threads that were measured over this one's. */
  readonly speedup: number;
  readonly peakRssMiB: number;
}

/** What one process measured; `digest` stands for all outcomes. */
export interface MeasuredReplications extends Omit<ReplicationRow, 'speedup'> {
  readonly digest: string;
}

/** The rows of one scenario. @throws Error when the outcomes depend on the number of threads. */
export function replicationRows(measured: readonly MeasuredReplications[]): ReplicationRow[] {
  if (new Set(measured.map(({ digest }) => digest)).size > 1) throw new Error('outcomes depend on the number of threads');
  const [fewest] = [...measured].sort((a, b) => a.threads - b.threads);
  return measured.map(({ digest: _, ...row }) => ({ ...row, speedup: (fewest?.wallSeconds ?? 0) / row.wallSeconds }));
}

/** The rows as a table for people. */
export function replicationTable(rows: readonly ReplicationRow[], machine: string): string {
  const lines = rows.map((row) => [
    String(row.nodes),
    row.variant,
    String(row.replications),
    String(row.threads),
    `${row.wallSeconds.toFixed(2)} s`,
    `${row.cpuSeconds.toFixed(2)} s`,
    `${row.mainSeconds.toFixed(2)} s`,
    row.replicationsPerSecond.toFixed(1),
    row.speedup.toFixed(2),
    `${Math.round(row.peakRssMiB)} MiB`,
  ]);
  const table = [HEAD, HEAD.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [machine, '', ...table, ''].join('\n');
}

const HEAD = ['nodes', 'variant', 'replications', 'threads', 'wall', 'CPU', 'main busy', 'replications/s', 'speed-up', 'peak RSS'];
