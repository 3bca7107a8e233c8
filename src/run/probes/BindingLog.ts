import type { Instant } from '../../units.ts';

/** Which pods were bound, where and when, in the order in which it happened: rows that are only ever written at their end. */
export class BindingLog {
  private readonly nodes: string[] = [];
  private numbers = new Int32Array(1024);
  private times = new Float64Array(1024);

  /** Adds a row on a pod that goes by `number` and was bound to `node`. */
  note(number: number, node: string, at: Instant): void {
    const row = this.nodes.length;
    if (row === this.numbers.length) this.grow();
    this.nodes[row] = node;
    this.numbers[row] = number;
    this.times[row] = at;
  }

  forEach(visit: (number: number, node: string, at: Instant) => void): void {
    const { nodes, numbers, times } = this;
    for (let row = 0; row < nodes.length; row += 1) visit(numbers[row] ?? 0, nodes[row] ?? '', (times[row] ?? 0) as Instant);
  }

  private grow(): void {
    const rows = this.nodes.length;
    const [numbers, times] = [new Int32Array(2 * rows), new Float64Array(2 * rows)];
    numbers.set(this.numbers);
    times.set(this.times);
    [this.numbers, this.times] = [numbers, times];
  }
}
