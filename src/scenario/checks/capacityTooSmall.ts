import type { NodeDescription } from '../../cluster/Node.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { daemonPlacement } from '../../controllers/daemonPlacement.ts';
import { batchSizes } from '../../rolls/batchSizes.ts';
import type { RollPlan } from '../../rolls/RollPlan.ts';
import { type Bytes, formatBytes, formatCount, formatMilliCpu, type MilliCpu } from '../../units.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import { awayForCertain } from './awayForCertain.ts';
import type { Check, CheckSubject } from './Check.ts';
import { movingGroups, placedRequests, type Room } from './placedRequests.ts';
import { type Request, requestsOf } from './requestsOf.ts';
import { sum } from './sum.ts';
import { sureRequests, sureRoom } from './sureRequests.ts';

/**
 * Resources of which the cluster has too little while nodes are away, so that some pod is pending which would not be without the roll.
 *
 * The comparison is a lower bound. On one side is what pods request that have a place or find one while every node is there; pods that are
 * pending anyway are not counted, because the roll changes nothing for them. On the other side is what DaemonSets leave free on the nodes
 * that stay while as many nodes are away as may be. It is an error only if the same follows from what is certain alone: the pods that are
 * on nodes in every course of events, and the nodes that are empty at once. If the total fits, a pod may still find no place. Without a drain
 * nothing is reported, because whether pods leave depends on how long their node is away.
 */
export const capacityTooSmall: Check = (subject) => {
  const { cluster, roll } = subject.scenario;
  if (roll.drain.mode === 'none') return [];
  const daemons = subject.groups.filter(({ kind }) => kind === 'DaemonSet').map(({ spec }) => spec);
  const room = new Map(cluster.nodes.map((node) => [node.name, roomOn(node, daemons, subject.scenario)]));
  const isRolled = new Set(roll.nodes);
  const rolled = [...room.keys()].filter((name) => isRolled.has(name));
  const supply = new Supply(room, rolled);
  const away = mostAway(roll, rolled.length);
  const isShort = ([resource, asked]: Request) => asked > supply.leftWithout(resource, away);
  // Placing every pod takes long in a large cluster, and nearly all clusters have room enough in total.
  if (![...totalRequests(subject)].some(isShort)) return [];
  const placed = [...placedRequests(subject, (name) => room.get(name) ?? NO_ROOM)];
  return placed.filter(isShort).map(([resource, asked]): Finding => {
    const isCertain = isShortForCertain(resource, subject);
    const left = supply.leftWithout(resource, away);
    return {
      code: 'CAPACITY_TOO_SMALL',
      severity: isCertain ? 'error' : 'warning',
      object: `Cluster/${resource}`,
      message: `${wanted(resource, asked)}, and ${shown(resource, left)} are left while ${formatCount(away)} of ${formatCount(cluster.nodes.length)} nodes are away`,
      hint: advice(supply.fitting(resource, asked)),
    };
  });
};

/** Whether pods that are on nodes for certain ask for more than there is without the nodes that are empty at once for certain. */
function isShortForCertain(resource: string, subject: CheckSubject): boolean {
  const room = sureRoom(resource, subject);
  const rolled = new Set(subject.scenario.roll.nodes);
  const onRolled = new Map([...room].filter(([name]) => rolled.has(name)));
  return sureRequests(resource, subject) > sum([...room.values()]) - awayForCertain(subject, onRolled);
}

const NO_ROOM: Room = () => 0;

/** What the nodes have for pods that come and go, in total and while rolled ones are away. */
class Supply {
  private readonly room: ReadonlyMap<string, Room>;
  private readonly rolled: readonly string[];

  constructor(room: ReadonlyMap<string, Room>, rolled: readonly string[]) {
    this.room = room;
    this.rolled = rolled;
  }

  all(resource: string): number {
    return sum([...this.room.values()].map((room) => room(resource)));
  }

  /** By name of the rolled node. */
  onRolled(resource: string): ReadonlyMap<string, number> {
    return new Map(this.rolled.map((name) => [name, (this.room.get(name) ?? NO_ROOM)(resource)]));
  }

  /** What is left while the `count` largest of the rolled nodes are away. */
  leftWithout(resource: string, count: number): number {
    return this.all(resource) - sum(this.largest(resource).slice(0, count));
  }

  /** The largest number of rolled nodes that may be away, 0 when not even one. */
  fitting(resource: string, asked: number): number {
    let left = this.all(resource);
    const largest = this.largest(resource);
    const tooMany = largest.findIndex((amount) => {
      left -= amount;
      return asked > left;
    });
    return tooMany < 0 ? largest.length : tooMany;
  }

  private largest(resource: string): readonly number[] {
    return [...this.onRolled(resource).values()].sort((a, b) => b - a);
  }
}

/** What DaemonSets, pods of `daemons`, leave of `node`: their pods come first and stay. */
function roomOn(node: NodeDescription, daemons: readonly PodSpec[], scenario: Scenario): Room {
  const staying = daemons.filter((spec) => daemonPlacement(spec, node) === 'run');
  const taken = totalOf(staying.flatMap((spec) => requestsOf(spec, scenario)));
  return (resource) => Math.max(0, (node.allocatable[resource] ?? 0) - (taken.get(resource) ?? 0));
}

/** How many of so many rolled nodes are away at once, at most. */
function mostAway(roll: RollPlan, rolled: number): number {
  return roll.pacing.kind === 'window' ? Math.min(roll.maxUnavailable, rolled) : Math.max(0, ...batchSizes(roll, rolled));
}

/** What all pods that come and go ask for, whether there is a place for them or not. */
function totalRequests({ scenario, groups }: CheckSubject): ReadonlyMap<string, number> {
  return totalOf(
    movingGroups(groups, scenario).flatMap(({ asked, count }) => asked.map(([resource, each]) => [resource, each * count] as const)),
  );
}

function totalOf(requests: readonly Request[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const [resource, each] of requests) total.set(resource, (total.get(resource) ?? 0) + each);
  return total;
}

function advice(fits: number): string {
  return fits > 0 ? `maxUnavailable ${fits} or less leaves enough in total` : 'add a node: even one node at a time is too many';
}

function wanted(resource: string, asked: number): string {
  return resource === 'pods' ? `pods need ${asked} places` : `pods ask for ${shown(resource, asked)} of ${resource}`;
}

function shown(resource: string, value: number): string {
  if (resource === 'cpu') return formatMilliCpu(value as MilliCpu);
  return resource === 'memory' || resource === 'ephemeral-storage' ? formatBytes(value as Bytes) : String(value);
}
