import type { NotModelled, Scenario } from '../scenario/Scenario.ts';
import { formatCount } from '../units.ts';

/** What this version leaves out in general, each with the direction of the error, and then what this scenario asks for beyond it. */
export function notModelled(scenario: Scenario): NotModelled[] {
  const unused = scenario.unusedObjects.map(({ kind, count }) => ({
    what: `${formatCount(count)} objects of kind ${kind} were read and are not used`,
    direction: 'optimistic' as const,
  }));
  const asked = [
    scenario.timing.volumes ? VOLUME_FAULTS : VOLUMES,
    scenario.latencies === 'measured' ? SCHEDULER_LATENCY : LATENCY,
    ...(scenario.roll.shutdown ? [] : [SHUTDOWN]),
    scenario.timing.endpoints ? DRAINING : ENDPOINT_LAG,
    scenario.timing.starts ? WEIGHTS : STAMPEDE,
    scenario.quorums ? GATES : SYNC,
  ];
  return [...ALWAYS, ...asked, ...scenario.notModelled, ...unused];
}

const VOLUMES: NotModelled = { what: 'Attaching, detaching and mounting of network volumes takes no time', direction: 'optimistic' };
const VOLUME_FAULTS: NotModelled = {
  what: 'Failed attaches, detaches and mounts, and the pauses of a kubelet that looks for its volume (up to 2 minutes)',
  direction: 'optimistic',
};

const SHUTDOWN: NotModelled = {
  what: 'Graceful node shutdown, unless roll.shutdown asks for it: what a drain leaves on a node is cut off by its reset',
  direction: 'pessimistic',
};
const LATENCY: NotModelled = {
  what: 'Latency of controllers, API server and scheduler: they react in the same instant',
  direction: 'optimistic',
};
const SCHEDULER_LATENCY: NotModelled = {
  what: 'Latency of the scheduler and the API server, and the client limits of controllers (20 calls per second)',
  direction: 'optimistic',
};

const ENDPOINT_LAG: NotModelled = {
  what: 'Connection draining and load-balancer lag after a pod leaves its endpoints',
  direction: 'optimistic',
};
const DRAINING: NotModelled = {
  what: 'Connection draining: a pod that is terminated serves what it is sent until it ends',
  direction: 'optimistic',
};

const STAMPEDE: NotModelled = {
  what: 'Pods that start together on a node and slow one another down, unless timing.starts asks for it',
  direction: 'optimistic',
};
const WEIGHTS: NotModelled = {
  what: 'Pods that are Ready under a stampede of starts: they take no CPU from it and no probe of theirs fails; all starts weigh the same',
  direction: 'optimistic',
};

const GATES: NotModelled = {
  what: 'Gates of other systems, such as volumes that have to be healthy; replicas that slow one another down while they come into sync',
  direction: 'optimistic',
};
const SYNC: NotModelled = {
  what: 'Replicas that are Ready before their data is in sync, unless quorums say how long; gates of other systems, such as healthy volumes',
  direction: 'optimistic',
};

const ALWAYS: readonly NotModelled[] = [
  {
    what: 'Containers and probes that fail by themselves, beyond what timing gives: a pod that is Ready stays so',
    direction: 'optimistic',
  },
  { what: 'Cluster autoscaling during the roll', direction: 'pessimistic' },
  {
    what: 'Admission webhooks (one may deny an eviction, or be served from the node that is drained), resource quotas and limit ranges',
    direction: 'optimistic',
  },
  {
    what: 'Services that depend on one another, such as on the DNS of the cluster: each is judged by its own pods alone',
    direction: 'optimistic',
  },
  {
    what: 'Pod addresses that run out or are given back late; Services that send traffic to pods of the same node only',
    direction: 'optimistic',
  },
  { what: 'Limits to how many evictions a drain has under way at once', direction: 'optimistic' },
  { what: 'Node-pressure eviction: actual use above the requests', direction: 'optimistic' },
  { what: 'Operators: pods that a custom resource owns are not replaced', direction: 'pessimistic' },
  { what: 'Pods that run and are not Ready at the start stay so until they move', direction: 'pessimistic' },
  { what: 'Storage capacity, dynamic resource allocation and scheduler extenders', direction: 'optimistic' },
];
