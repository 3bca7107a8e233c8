import { createHash } from 'node:crypto';
import { withThreads } from '../../src/cli/threads.ts';
import { replicationSeed } from '../../src/experiments/RunJob.ts';
import type { MeasuredReplications } from './ReplicationRow.ts';
import { scenarioOf, settledW } from './rollW.ts';
import type { Variant } from './workloadW.ts';

/** What to measure. */
export interface ReplicationRequest {
  readonly nodes: number;
  readonly variant: Variant;
  readonly replications: number;
  readonly threads: number;
}

/** Replicates a roll of W on the program's own threads. Peak memory is that of the whole process, so give each row its own. */
export async function measureReplications({ nodes, variant, replications, threads }: ReplicationRequest): Promise<MeasuredReplications> {
  const scenario = scenarioOf(settledW(nodes, variant), variant);
  const seeds = Array.from({ length: replications }, (_, index) => replicationSeed('1', index));
  const jobs = seeds.map((seed) => ({ scenario, seed, detail: 'figures' as const }));
  const [startedAt, cpu, loop] = [performance.now(), process.cpuUsage(), performance.eventLoopUtilization()];
  const outcomes = await withThreads(threads, new AbortController().signal, (runBatch) => runBatch(jobs, () => {}));
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...{ nodes, variant, replications, threads, wallSeconds },
    cpuSeconds: (user + system) / 1e6,
    mainSeconds: performance.eventLoopUtilization(loop).active / 1000,
    replicationsPerSecond: replications / wallSeconds,
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
    digest: createHash('sha256').update(JSON.stringify(outcomes)).digest('hex'),
  };
}
