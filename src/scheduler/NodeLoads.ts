import { carriedOver } from '../sim/carriedOver.ts';
import type { PodDemands } from './PodDemands.ts';
import { SumRows } from './SumRows.ts';

/**
 * What the pods on each node hold: the sums, and the slots of these pods. Everything is in rows by number, so that a pod that comes or goes
 * touches a few cache lines here, and neither the object of its node nor another pod.
 *
 * The pods of a node are in Kubernetes' order, which decides between equally important victims: by arrival, except that the last one takes
 * the place of one that goes.
 */
export class NodeLoads {
  /** A row for each node. */
  readonly sums: SumRows;
  private readonly demands: PodDemands;
  /** A row for each node: how many pods there are, and their slots. */
  private pods: Int32Array;
  /** Binary logarithm of the length of a row: one begins at `node << rowBits`. */
  private rowBits = 4;

  /** There is room for `nodes` nodes from the start. */
  constructor(demands: PodDemands, nodes: number) {
    this.demands = demands;
    this.sums = new SumRows(nodes);
    this.pods = new Int32Array(nodes << this.rowBits);
  }

  /** Begins a row for a node without pods. @returns its number, by which it is asked for. */
  take(): number {
    const node = this.sums.take();
    if (node << this.rowBits >= this.pods.length) this.pods = carriedOver(this.pods, new Int32Array(2 * this.pods.length));
    return node;
  }

  /** Takes back the row of a node. */
  give(node: number): void {
    this.sums.give(node);
    this.pods[node << this.rowBits] = 0;
  }

  /** Adds the pod in the slot `pod`, which holds what the row `held` of the demands says. */
  add(node: number, pod: number, held: number): void {
    const count = this.countOn(node) + 1;
    if (count >> this.rowBits !== 0) this.widen();
    const row = node << this.rowBits;
    this.pods[row] = count;
    this.pods[row | count] = pod;
    this.sums.add(node, this.demands.sums, held);
  }

  /** Takes out the pod in the slot `pod`, which was added with `held`. @returns whether it was here. */
  remove(node: number, pod: number, held: number): boolean {
    const { pods } = this;
    const row = node << this.rowBits;
    const count = pods[row] ?? 0;
    for (let place = 1; place <= count; place += 1) {
      if (pods[row | place] !== pod) continue;
      pods[row | place] = pods[row | count] ?? 0;
      pods[row] = count - 1;
      this.sums.subtract(node, this.demands.sums, held);
      return true;
    }
    return false;
  }

  countOn(node: number): number {
    return this.pods[node << this.rowBits] ?? 0;
  }

  /** The slots of the pods on a node, in their order. */
  podsOn(node: number): readonly number[] {
    const first = (node << this.rowBits) + 1;
    return Array.from(this.pods.subarray(first, first + this.countOn(node)));
  }

  /** Calls `visit` with the slot of each pod on a node. */
  visitPods(node: number, visit: (slot: number) => void): void {
    const row = node << this.rowBits;
    const count = this.countOn(node);
    for (let place = 1; place <= count; place += 1) visit(this.pods[row | place] ?? 0);
  }

  /** Makes all rows twice as long. */
  private widen(): void {
    const { pods, rowBits } = this;
    const wide = new Int32Array(2 * pods.length);
    const inRow = (1 << rowBits) - 1;
    for (let i = 0; i < pods.length; i += 1) wide[((i & ~inRow) << 1) | (i & inRow)] = pods[i] ?? 0;
    this.pods = wide;
    this.rowBits = rowBits + 1;
  }
}
