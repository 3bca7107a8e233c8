import type { NodeDescription } from '../../cluster/Node.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { isTolerated, UNSCHEDULABLE } from '../../cluster/Taint.ts';
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
 * are where they are; the others go one by one, the highest priority first, to the first node that has room and admits them by its labels
 * and taints. Not counted are pods behind a scheduling gate, pods that would be pending without any roll, and pods that need no other node.
 */
export function placedRequests({ scenario, groups }: CheckSubject, roomOf: (name: string) => Room): ReadonlyMap<string, number> {
  const places = scenario.cluster.nodes.map((node) => new Place(node, roomOf(node.name)));
  const byName = new Map(places.map((place) => [place.name, place]));
  const present = presentGroups(groups, scenario).sort((a, b) => b.spec.priority - a.spec.priority);
  for (const { asked, boundTo } of present) for (const name of boundTo) byName.get(name)?.take(asked, 1);
  const total = new Map<string, number>();
  for (const group of present) {
    const bound = group.boundTo.filter((name) => byName.has(name)).length;
    const count = Math.min(bound, group.count) + placeRest(group, places);
    if (comesBackElsewhere(group, scenario))
      for (const [resource, each] of group.asked) total.set(resource, (total.get(resource) ?? 0) + count * each);
  }
  return total;
}

/** Pods that are alike, with what each of them asks for. */
export interface AskingGroup extends PodGroup {
  readonly asked: readonly Request[];
}

/** The groups of pods that need a place while their node is away: no DaemonSet pods, none behind a scheduling gate, none that is gone for good. */
export function movingGroups(groups: readonly PodGroup[], scenario: Scenario): AskingGroup[] {
  return presentGroups(groups, scenario).filter((group) => comesBackElsewhere(group, scenario));
}

function presentGroups(groups: readonly PodGroup[], scenario: Scenario): AskingGroup[] {
  const present = groups.filter(({ staysOnNode, spec }) => !staysOnNode && spec.schedulingGates.length === 0);
  return present.map((group) => ({ ...group, asked: requestsOf(group.spec, scenario) }));
}

/**
 * Whether the pods of `group` need another node while theirs is away. Bare pods do not come back, pods that tolerate the taint of a cordon may
 * come back to their node, and pods that end by themselves may be done before it goes away.
 */
function comesBackElsewhere(group: PodGroup, scenario: Scenario): boolean {
  return !isBare(group) && !isTolerated(UNSCHEDULABLE, group.spec.tolerations) && !endsByItself(group, scenario);
}

/** Puts the pods that are not bound on nodes. @returns how many of them have found a place */
function placeRest({ asked, boundTo, count, spec }: AskingGroup, places: readonly Place[]): number {
  const all = Math.max(0, count - boundTo.length);
  let left = all;
  for (const place of places) {
    if (left <= 0) break;
    const fitting = Math.min(left, place.fitting(asked));
    if (fitting <= 0 || !place.admits(spec)) continue;
    place.take(asked, fitting);
    left -= fitting;
  }
  return all - left;
}

/** A node while pods are put on it. */
class Place {
  readonly name: string;
  /** By resource. */
  private readonly taken = new Map<string, number>();
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
