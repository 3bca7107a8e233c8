import type { Pod } from './Pod.ts';
import { type IN_ROW, NOBODY, type PodRows, ROW } from './PodRows.ts';

/** Pods in order of entry. */
export interface PodsInOrder extends Iterable<Pod> {
  readonly size: number;
  /** Calls `visit` for each of them; the cheapest way through many. It must change neither these pods nor their order. */
  forEach(visit: (pod: Pod) => void): void;
}

export const NO_PODS: PodsInOrder = new Set<Pod>();

/**
 * Pods of a cluster in order of entry. Who goes through them while they change meets those that enter and misses those that leave, as with
 * a Set.
 *
 * A list is linked in the rows of its pods, see {@link PodRows}: entering and leaving costs a few numbers, where a Set hashes the pod, grows,
 * and is rebuilt again and again.
 */
export class PodList implements PodsInOrder {
  size = 0;
  private readonly links: PodLinks;
  private first = NOBODY;
  private last = NOBODY;

  constructor(links: PodLinks) {
    this.links = links;
  }

  /** Adds a pod that is in no list of these links and has a row, at the end. */
  add({ slot }: Pod): void {
    const { links, last } = this;
    const { before, after } = links;
    const { numbers } = links.rows;
    numbers[ROW * slot + before] = last;
    numbers[ROW * slot + after] = NOBODY;
    if (last === NOBODY) this.first = slot;
    else numbers[ROW * last + after] = slot;
    this.last = slot;
    this.size += 1;
    for (const walk of links.walks) if (walk.list === this && walk.at === NOBODY) walk.at = slot;
  }

  /** Takes out a pod that is in this list. */
  delete({ slot }: Pod): void {
    const { links } = this;
    const { before, after } = links;
    const { numbers } = links.rows;
    const previous = numbers[ROW * slot + before] ?? NOBODY;
    const next = numbers[ROW * slot + after] ?? NOBODY;
    if (previous === NOBODY) this.first = next;
    else numbers[ROW * previous + after] = next;
    if (next === NOBODY) this.last = previous;
    else numbers[ROW * next + before] = previous;
    this.size -= 1;
    for (const walk of links.walks) if (walk.at === slot) walk.at = next;
  }

  forEach(visit: (pod: Pod) => void): void {
    const { after, rows } = this.links;
    const { pods, numbers } = rows;
    for (let slot = this.first; slot !== NOBODY; slot = numbers[ROW * slot + after] ?? NOBODY) {
      const pod = pods[slot];
      if (pod) visit(pod);
    }
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return new Walk(this, this.links, this.first);
  }
}

/** What links pods into lists, of which each pod is in at most one. */
export class PodLinks {
  readonly rows: PodRows;
  /** Where in a row the slot of the pod before is, {@link NOBODY} at an end. */
  readonly before: number;
  /** The same of the pod after. */
  readonly after: number;
  /** Everyone who is going through a list. */
  readonly walks: Walk[] = [];

  constructor(rows: PodRows, place: typeof IN_ROW.owned | typeof IN_ROW.bound) {
    this.rows = rows;
    this.before = place;
    this.after = place + 1;
  }
}

/** Someone's way through a list. */
class Walk implements IterableIterator<Pod> {
  readonly list: PodList;
  /** The slot of the pod that comes next. */
  at: number;
  private readonly links: PodLinks;

  constructor(list: PodList, links: PodLinks, at: number) {
    this.list = list;
    this.links = links;
    this.at = at;
    links.walks.push(this);
  }

  next(): IteratorResult<Pod, undefined> {
    const { at } = this;
    const { after, rows } = this.links;
    const value = at === NOBODY ? undefined : rows.pods[at];
    if (!value) return this.return();
    this.at = rows.numbers[ROW * at + after] ?? NOBODY;
    return { done: false, value };
  }

  return(): IteratorReturnResult<undefined> {
    const { walks } = this.links;
    const place = walks.indexOf(this);
    if (place >= 0) walks.splice(place, 1);
    this.at = NOBODY;
    return END;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };
