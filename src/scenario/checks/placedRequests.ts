import type { NodeDescription } from '../../cluster/Node.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import type { Scenario } from '../Scenario.ts';
import { admits } from './admits.ts';
import type { CheckSubject } from './Check.ts';
import { endsByItself } from './endsByItself.ts';
import { isBare, type PodGroup } from './PodGroup.ts';
import { type Request, requestsOf } from './requestsOf.ts';

/** How much of a resource pods that come and go can have on one node. */
export type Room = (resource: string) => number;

/**
 * The total requests, by resource, of the pods that come and go, as far as they have a place or find one while no node is away. Bound pods
 * count where they are; the others go one by one to the first node that has room and admits them by its taints and their node affinity.
 * Not counted are pods behind a scheduling gate, bare pods of rolled nodes, pods that would be pending without any roll, and pods that end by
 * themselves: they may be done before a node goes away.
 */
export function placedRequests({ scenario, groups }: CheckSubject, roomOf: (name: string) => Room): ReadonlyMap<string, number> {
  const places = scenario.cluster.nodes.map((node) => new Place(node, roomOf(node.name)));
  const byName = new Map(places.map((place) => [place.name, place]));
  const moving = movingGroups(groups, scenario);
  for (const { asked, boundTo } of moving) for (const name of boundTo) byName.get(name)?.take(asked, 1);
  for (const group of moving) placeRest(group, places);
  return totalTaken(places);
}

/** Pods that are alike and come and go, with what each of them asks for. */
export interface MovingGroup extends PodGroup {
  readonly asked: readonly Request[];
}

/** The groups of pods that come and go, that no scheduling gate keeps back, and that come back: no bare pods, and none that end by themselves. */
export function movingGroups(groups: readonly PodGroup[], scenario: Scenario): MovingGroup[] {
  const comesBack = (group: PodGroup) => !group.staysOnNode && !isBare(group) && !endsByItself(group, scenario);
  const moving = groups.filter((group) => comesBack(group) && group.spec.schedulingGates.length === 0);
  return moving.map((group) => ({ ...group, asked: requestsOf(group.spec, scenario) }));
}

function placeRest({ asked, boundTo, count, spec }: MovingGroup, places: readonly Place[]): void {
  let left = count - boundTo.length;
  for (const place of places) {
    if (left <= 0) return;
    const fitting = Math.min(left, place.fitting(asked));
    if (fitting <= 0 || !place.admits(spec)) continue;
    place.take(asked, fitting);
    left -= fitting;
  }
}

/** A node while pods are put on it. */
class Place {
  readonly name: string;
  /** By resource. */
  readonly taken = new Map<string, number>();
  private readonly node: NodeDescription;
  private readonly room: Room;

  constructor(node: NodeDescription, room: Room) {
    this.name = node.name;
    this.node = node;
    this.room = room;
  }

  /** How many more pods that ask for as much have room. */
  fitting(asked: readonly Request[]): number {
    let least = Number.POSITIVE_INFINITY;
    for (const [resource, each] of asked) {
      least = Math.min(least, Math.floor((this.room(resource) - (this.taken.get(resource) ?? 0)) / each));
    }
    return least;
  }

  admits(spec: PodSpec): boolean {
    return admits(this.node, spec);
  }

  take(asked: readonly Request[], pods: number): void {
    for (const [resource, each] of asked) this.taken.set(resource, (this.taken.get(resource) ?? 0) + pods * each);
  }
}

function totalTaken(places: readonly Place[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const { taken } of places) for (const [resource, amount] of taken) total.set(resource, (total.get(resource) ?? 0) + amount);
  return total;
}
