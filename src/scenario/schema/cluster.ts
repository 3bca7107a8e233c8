import { z } from 'zod';
import { closed } from './closed.ts';
import { duration } from './duration.ts';
import { labels, taint } from './match.ts';
import { intOrPercent, quantity, resources } from './quantity.ts';

const name = z.string().regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'expected lower-case letters, digits, - and .');

/** One entry of `spec.cluster.nodePools`: nodes NAME-1 … NAME-n, zones in turn. Its labels and taints are the pool's own. */
export const nodePool = closed({
  name,
  id: z.exactOptional(z.string()).meta({ description: 'Identifier of the pool in its provider’s requests' }),
  nodes: z.int().min(1).max(15_000),
  zones: z.exactOptional(z.array(z.string()).min(1)),
  allocatable: closed({
    cpu: quantity,
    memory: quantity,
    pods: z.exactOptional(quantity),
  }).catchall(quantity),
  labels: z.exactOptional(labels),
  taints: z.exactOptional(z.array(taint)),
  byHand: z
    .exactOptional(
      z.array(
        closed({
          nodes: z.exactOptional(z.array(z.string()).min(1)),
          labels: z.exactOptional(labels),
          taints: z.exactOptional(z.array(taint)),
        }),
      ),
    )
    .meta({ description: 'Labels and taints that someone put on nodes by hand, on all without nodes: a wipe loses them' }),
  waitPostInstallFinish: z
    .exactOptional(z.boolean())
    .meta({ description: 'Whether pods wait for the post-installation script; wins over a request' }),
  autoscaled: z
    .exactOptional(z.boolean())
    .meta({ description: 'Whether the pool scales itself (NodePool autoScaling of HyperShift): a percentage is one node then' }),
});

/** One entry of `spec.cluster.nodePools` as checked. */
export type GivenNodePool = z.output<typeof nodePool>;

/** Topology keys that have a short name. */
const by = z.string().meta({ description: 'zone, hostname, or a label of nodes' });

/** The most replicas that a workload may have, in any form: more than Kubernetes is designed for, and few enough to create one by one. */
export const MOST_REPLICAS = 100_000;

/** One entry of `spec.cluster.workloads`: expands to ordinary Kubernetes objects labelled `app: NAME`. */
export const workload = closed({
  name,
  namespace: z.exactOptional(name),
  kind: z.exactOptional(z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Pod'])),
  replicas: z.exactOptional(z.int().min(0).max(MOST_REPLICAS)).meta({ description: 'Not for DaemonSet; for Pod the number of bare pods' }),
  image: z.exactOptional(z.string()),
  labels: z.exactOptional(labels),
  requests: z.exactOptional(resources),
  limits: z.exactOptional(resources),
  budget: z.exactOptional(
    closed({
      minAvailable: z.exactOptional(intOrPercent),
      maxUnavailable: z.exactOptional(intOrPercent),
      unhealthyPodEvictionPolicy: z.exactOptional(z.enum(['IfHealthyBudget', 'AlwaysAllow'])),
    }).refine(
      ({ minAvailable, maxUnavailable }) => (minAvailable === undefined) !== (maxUnavailable === undefined),
      'give exactly one of minAvailable, maxUnavailable',
    ),
  ),
  autoscale: z
    .exactOptional(
      closed({
        min: z.int().min(1),
        max: z.int().min(1),
        utilization: z.exactOptional(z.int().min(1)).meta({ description: 'Percent of the CPU request, 80 unless given' }),
      }).refine(({ min, max }) => min <= max, 'max must be at least min'),
    )
    .meta({ description: 'A HorizontalPodAutoscaler; it works when spec.demand has a curve for the workload' }),
  nodeSelector: z.exactOptional(labels),
  tolerations: z.exactOptional(z.array(z.record(z.string(), z.unknown()))).meta({ description: 'As in a pod' }),
  affinity: z.exactOptional(z.record(z.string(), z.unknown())).meta({ description: 'As in a pod' }),
  antiAffinity: z.exactOptional(closed({ by, rule: z.exactOptional(z.enum(['required', 'preferred'])) })),
  spread: z.exactOptional(
    z.array(
      closed({
        by,
        maxSkew: z.exactOptional(z.int().min(1)),
        whenUnsatisfiable: z.exactOptional(z.enum(['DoNotSchedule', 'ScheduleAnyway'])),
      }),
    ),
  ),
  priority: z.exactOptional(z.int()),
  priorityClassName: z.exactOptional(z.string()),
  grace: z.exactOptional(duration).meta({ description: 'terminationGracePeriodSeconds' }),
  preStop: z.exactOptional(duration).meta({ description: 'A sleep before the container is told to stop' }),
  minReady: z.exactOptional(duration).meta({ description: 'minReadySeconds' }),
  podManagementPolicy: z.exactOptional(z.enum(['OrderedReady', 'Parallel'])).meta({ description: 'StatefulSet only' }),
  volumes: z.exactOptional(z.array(z.looseObject({ name: z.string() }))).meta({ description: 'As in a pod' }),
  claims: z
    .exactOptional(z.array(closed({ name, storage: quantity, storageClass: z.exactOptional(z.string()) })))
    .meta({ description: 'Volume claim templates, StatefulSet only' }),
});

/** One entry of `spec.cluster.workloads` as checked. */
export type GivenWorkload = z.output<typeof workload>;

/** The lists of `spec.cluster`, each checked by itself so that a fault in one does not hide the others. */
export const cluster = {
  load: z.array(z.string().min(1)).meta({ description: 'Files, folders and globs of Kubernetes objects' }),
  nodePools: z.array(nodePool),
  workloads: z.array(workload),
  objects: z.array(z.looseObject({ kind: z.string() })).meta({ description: 'Kubernetes objects' }),
};
