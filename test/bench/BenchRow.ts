/** One line of the benchmark. */
export interface BenchRow {
  readonly nodes: number;
  readonly variant: string;
  readonly mode: 'sampled' | 'exhaustive';
  readonly wallSeconds: number;
  /** The part of it in which the cluster is built, before anything is rolled. */
  readonly setupSeconds: number;
  /** User CPU time of the roll: what to compare when others use the machine. */
  readonly cpuSeconds: number;
  readonly decisions: number;
  readonly slowDecisions: number;
  readonly decisionsPerSecond: number;
  readonly eventsPerSecond: number;
  readonly peakRssMiB: number;
  /** What a built cluster with everyone who acts in it takes of the heap, in MB (10^6 bytes). */
  readonly stateMBPerThousandPods: number;
  /** Wall time by the plugins alone over wall time; null when that was not measured. */
  readonly ratioToPlugins: number | null;
}

/** The slope of wall time over nodes in logarithms, by least squares; undefined with fewer than two sizes. */
export function growthExponent(rows: readonly Pick<BenchRow, 'nodes' | 'wallSeconds'>[]): number | undefined {
  const points = rows.map(({ nodes, wallSeconds }) => [Math.log(nodes), Math.log(wallSeconds)] as const);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return spread > 0 ? points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread : undefined;
}

/** The rows as a table for people, with the growth of each variant and mode below. */
export function benchTable(rows: readonly BenchRow[], machine: string): string {
  const lines = rows.map((row) => [
    String(row.nodes),
    row.variant,
    row.mode,
    `${row.wallSeconds.toFixed(3)} s`,
    `${row.setupSeconds.toFixed(3)} s`,
    `${row.cpuSeconds.toFixed(3)} s`,
    String(row.decisions),
    String(Math.round(row.decisionsPerSecond)),
    String(Math.round(row.eventsPerSecond)),
    `${Math.round(row.peakRssMiB)} MiB`,
    `${row.stateMBPerThousandPods.toFixed(2)} MB`,
    row.ratioToPlugins === null ? '' : row.ratioToPlugins.toFixed(1),
  ]);
  const table = [HEAD, HEAD.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [machine, '', ...table, '', ...growthLines(rows), ''].join('\n');
}

const HEAD = [
  ...['nodes', 'variant', 'mode', 'wall', 'of it set-up', 'user CPU', 'decisions', 'decisions/s', 'events/s'],
  ...['peak RSS', 'state per 1,000 pods', 'times plugins'],
];

function growthLines(rows: readonly BenchRow[]): string[] {
  const kinds = new Set(rows.map(({ variant, mode }) => `${variant}, ${mode}`));
  return [...kinds].flatMap((kind) => {
    const exponent = growthExponent(rows.filter(({ variant, mode }) => `${variant}, ${mode}` === kind));
    return exponent === undefined ? [] : [`Growth exponent (${kind}): ${exponent.toFixed(2)}`];
  });
}
