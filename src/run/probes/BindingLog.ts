import { carriedOver } from '../../sim/carriedOver.ts';
import { NumberSet } from '../../sim/NumberSet.ts';
import type { Instant } from '../../units.ts';

/** Which pods were bound, where and when, in order of time: rows that are only ever appended. */
export class BindingLog {
  private rows = 0;
  private numbers = new Int32Array(FIRST_ROWS);
  private hosts = new Int32Array(FIRST_ROWS);
  private times = new Float64Array(FIRST_ROWS);
  /** The names of nodes by host, empty where no pod was bound, and the hosts where one was: a name is kept once. */
  private readonly names: string[] = [];
  private readonly named = new NumberSet();

  /** Records that the pod known here as `number` was bound to the node `name`, which the cluster numbers `host`. */
  note(number: number, host: number, name: string, at: Instant): void {
    const row = this.rows;
    if (row === this.numbers.length) this.grow();
    this.rows += 1;
    this.numbers[row] = number;
    this.hosts[row] = host;
    this.times[row] = at;
    if (!this.named.has(host)) this.keepName(host, name);
  }

  /** Visits the numbers of pods that were bound to a node before the instant that `limits` has for it. */
  forEachBefore(limits: ReadonlyMap<string, Instant | undefined>, visit: (number: number) => void): void {
    const { numbers, hosts, times } = this;
    const byHost = Float64Array.from(this.names, (name) => limits.get(name) ?? Number.NEGATIVE_INFINITY);
    for (let row = 0; row < this.rows; row += 1) {
      const limit = byHost[hosts[row] ?? 0] ?? Number.NEGATIVE_INFINITY;
      if ((times[row] ?? 0) < limit) visit(numbers[row] ?? 0);
    }
  }

  private keepName(host: number, name: string): void {
    while (this.names.length <= host) this.names.push('');
    this.names[host] = name;
    this.named.add(host);
  }

  private grow(): void {
    const room = 2 * this.rows;
    this.numbers = carriedOver(this.numbers, new Int32Array(room));
    this.hosts = carriedOver(this.hosts, new Int32Array(room));
    this.times = carriedOver(this.times, new Float64Array(room));
  }
}

/** Room at the start: most runs are of small clusters, and many. */
const FIRST_ROWS = 256;
