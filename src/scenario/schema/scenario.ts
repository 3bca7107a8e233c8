import { z } from 'zod';
import { kubernetesVersions } from '../../cluster/KubernetesVersion.ts';
import { closed } from './closed.ts';
import { cluster } from './cluster.ts';
import { demand } from './demand.ts';
import { disturbance } from './disturbances.ts';
import { duration } from './duration.ts';
import { objective } from './objectives.ts';
import { quorum } from './quorums.ts';
import { roll } from './roll.ts';
import { timing } from './timing.ts';

/** The parts of `spec` other than the cluster's lists; each is checked by itself, so that all faults come together. */
export const sections = {
  seed: z
    .union([z.string().min(1), z.int()])
    .transform(String)
    .meta({ description: 'Every random number follows from it' }),
  start: z.string().meta({ description: 'Wall clock of t = 0 with its zone, such as 2026-11-24T01:00:00[Europe/Berlin]' }),
  horizon: duration,
  kubernetesVersion: z.enum(kubernetesVersions),
  timing,
  latencies: z
    .enum(['none', 'measured'])
    .meta({ description: 'Whether controllers react at once, or after times as measured on a control plane of 1.34' }),
  demand: z.array(demand),
  quorums: z.array(quorum),
  roll,
  disturbances: z.array(disturbance),
  objectives: z.array(objective),
};

const opening = {
  apiVersion: z.literal('rollcast/v1'),
  kind: z.literal('Scenario'),
  metadata: closed({ name: z.string().min(1), description: z.exactOptional(z.string()) }),
};

const anything = z.exactOptional(z.unknown());

/** The outline of a scenario: which keys there are, not what they hold. */
export const outline = closed({
  ...opening,
  spec: closed({
    seed: anything,
    start: anything,
    horizon: anything,
    kubernetesVersion: anything,
    cluster: closed({ load: anything, nodePools: anything, workloads: anything, objects: anything }),
    timing: anything,
    latencies: anything,
    demand: anything,
    quorums: anything,
    roll: z.unknown(),
    disturbances: anything,
    objectives: anything,
  }),
});

/** The whole scenario format in one schema. */
export const scenario = closed({
  ...opening,
  spec: closed({
    seed: z.exactOptional(sections.seed),
    start: z.exactOptional(sections.start),
    horizon: z.exactOptional(sections.horizon),
    kubernetesVersion: z.exactOptional(sections.kubernetesVersion),
    cluster: closed({
      load: z.exactOptional(cluster.load),
      nodePools: z.exactOptional(cluster.nodePools),
      workloads: z.exactOptional(cluster.workloads),
      objects: z.exactOptional(cluster.objects),
    }),
    timing: z.exactOptional(sections.timing),
    latencies: z.exactOptional(sections.latencies),
    demand: z.exactOptional(sections.demand),
    quorums: z.exactOptional(sections.quorums),
    roll: sections.roll,
    disturbances: z.exactOptional(sections.disturbances),
    objectives: z.exactOptional(sections.objectives),
  }),
});
