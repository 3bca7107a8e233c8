import { isEndPhase, Pod, type PodDescription } from './Pod.ts';
import type { PodClass } from './PodClass.ts';

/** What a pod is now, as far as it can be told without the pod itself. */
export type PodLook = Pick<
  Pod,
  'podClass' | 'slot' | 'exists' | 'createdAs' | 'phase' | 'nodeName' | 'isFinished' | 'isTerminating' | 'isServing'
>;

/**
 * The pods that a cluster is given, by slot. None of them is made before somebody asks for it: most never are, or are gone soon after. All
 * clusters of the same objects share what is here.
 */
export class GivenPods {
  private readonly descriptions: readonly PodDescription[];
  private readonly classes: readonly PodClass[];
  /** By slot: the place among those that were given. */
  private readonly order: Int32Array;
  /** By slot, as far as pods have been made. */
  private readonly keys: (string | undefined)[] = [];

  /** `order` has the place in `descriptions` and `classes` of the pod of each slot. */
  constructor(descriptions: readonly PodDescription[], classes: readonly PodClass[], order: Int32Array) {
    this.descriptions = inOrder(descriptions, order);
    this.classes = inOrder(classes, order);
    this.order = order;
    this.keys.length = order.length;
  }

  /** One more than the highest slot. */
  get end(): number {
    return this.order.length;
  }

  /** Makes the pod of a slot, another one each time; undefined where none is given. */
  make(slot: number): Pod | undefined {
    if (slot >= this.end) return undefined;
    const description = this.descriptions[slot];
    const podClass = this.classes[slot];
    if (!description || !podClass) return undefined;
    const key = this.keys[slot] ?? podKey(description);
    this.keys[slot] = key;
    const pod = new Pod(podClass, key, description.createdAt, description);
    pod.slot = slot;
    pod.exists = true;
    pod.createdAs = this.order[slot] ?? 0;
    return pod;
  }

  /** What the pod of a slot was when it was given. */
  lookAt(slot: number): PodLook | undefined {
    if (slot >= this.end) return undefined;
    const description = this.descriptions[slot];
    const podClass = this.classes[slot];
    if (!description || !podClass) return undefined;
    const { phase, nodeName, ready, termination } = description;
    const isTerminating = termination !== undefined;
    return {
      podClass,
      slot,
      exists: true,
      createdAs: this.order[slot] ?? 0,
      phase,
      nodeName,
      isFinished: isEndPhase(phase),
      isTerminating,
      isServing: ready && !isTerminating,
    };
  }
}

export const NOTHING_GIVEN = new GivenPods([], [], new Int32Array(0));

/** Those of `given` that `order` names, in that order. */
function inOrder<T>(given: readonly T[], order: Int32Array): T[] {
  const ordered: T[] = [];
  for (const index of order) {
    const one = given[index];
    if (one !== undefined) ordered.push(one);
  }
  return ordered;
}

/** `namespace/name`, as people write it. It is joined to one piece, for one that is added up is read by way of its parts ever after. */
export function podKey({ namespace, name }: Pick<PodDescription, 'namespace' | 'name'>): string {
  return [namespace, name].join('/');
}
