import type { NodeDescription } from '../../cluster/Node.ts';
import type { Request } from './requestsOf.ts';
import { sum } from './sum.ts';

/** Pods that are alike: how many there may be, and what each of them asks for. */
export interface AlikePods {
  readonly pods: number;
  readonly asked: readonly Request[];
}

/** All pods that may take the room of another one. */
export class Crowd {
  /** By what they ask for. */
  private readonly shapes = new Map<string, AlikePods>();
  /** By resource: the largest amount of which each pod asks for a multiple. */
  private readonly steps = new Map<string, number>();

  constructor(crowd: readonly AlikePods[]) {
    for (const { pods, asked } of crowd) {
      if (pods <= 0) continue;
      const key = JSON.stringify(asked);
      this.shapes.set(key, { pods: pods + (this.shapes.get(key)?.pods ?? 0), asked });
      for (const [resource, each] of asked) this.steps.set(resource, divisor(each, this.steps.get(resource) ?? 0));
    }
  }

  /**
   * Whether one of `nodes` has room for a pod that asks for `asked`, wherever all other pods are. `itself` is how many pods that ask for the
   * same do not count among the others.
   *
   * A node without room is short of some resource, so the pods on it hold at least a certain amount of that. Each pod holds a share of this
   * amount, by the resource of which its share is largest. If the shares of all pods add up to less than the number of nodes, one has room.
   */
  leavesOpen(nodes: readonly NodeDescription[], asked: readonly Request[], itself: number): boolean {
    const large = nodes.filter(({ allocatable }) => asked.every(([resource, each]) => each <= (allocatable[resource] ?? 0)));
    const filling = asked.map(([resource, each]) => {
      const amounts = large.map(({ allocatable }) => this.fillingUp(resource, (allocatable[resource] ?? 0) - each));
      return { resource, amounts, least: Math.min(...amounts) };
    });
    const shareOf = (request: ReadonlyMap<string, number>) =>
      Math.max(0, ...filling.map(({ resource, least }) => (request.get(resource) ?? 0) / least));
    const key = JSON.stringify(asked);
    const others = [...this.shapes].map(([shape, alike]) => (shape === key ? { ...alike, pods: alike.pods - itself } : alike));
    if (sum(others.map((alike) => alike.pods * shareOf(new Map(alike.asked)))) < large.length - ROUNDING) return true;
    return sum(filling.map(({ resource, amounts }) => mostFull(amounts, heldOf(resource, others)))) < large.length;
  }

  /** The least that others hold of `resource` on a node where they leave less than the pod needs. */
  private fillingUp(resource: string, spare: number): number {
    const step = this.steps.get(resource) ?? 1;
    return (Math.floor(spare / step) + 1) * step;
  }
}

/** More than the error of adding up shares. */
const ROUNDING = 1e-6;

function heldOf(resource: string, crowd: readonly AlikePods[]): number {
  return sum(crowd.map(({ pods, asked }) => pods * (asked.find(([name]) => name === resource)?.[1] ?? 0)));
}

/** How many nodes, each of which takes one of `amounts`, `held` is enough for. */
function mostFull(amounts: readonly number[], held: number): number {
  let left = held;
  const tooMany = [...amounts]
    .sort((a, b) => a - b)
    .findIndex((amount) => {
      left -= amount;
      return left < 0;
    });
  return tooMany < 0 ? amounts.length : tooMany;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
