import type { NodeInfo } from '../NodeInfo.ts';
import type { Snapshot } from '../Snapshot.ts';
import { NodeColumn } from './NodeColumn.ts';

/** The domain of every node by one label: a number from 1 on for each value, 0 without the label. */
export class TopologyColumn extends NodeColumn {
  readonly key: string;
  readonly domainOf: Int32Array;
  /** How often a node's domain has changed. */
  version = 0;
  /** How many nodes lack the label. */
  unlabelled: number;
  private readonly numbers = new Map<string, number>();

  constructor({ nodes, revised }: Snapshot, key: string) {
    super(nodes, revised);
    this.key = key;
    this.domainOf = new Int32Array(nodes.length);
    this.unlabelled = nodes.length;
  }

  /** One more than the highest domain. */
  get domains(): number {
    return this.numbers.size + 1;
  }

  /** Whether some node ever had the label with an empty value, which spreading does not tell from no label. */
  get hasEmptyValue(): boolean {
    return this.numbers.has('');
  }

  protected update({ node, position }: NodeInfo): void {
    const value = node.labels[this.key];
    const domain = value === undefined ? 0 : this.numberOf(value);
    const before = this.domainOf[position] ?? 0;
    if (before === domain) return;
    this.unlabelled += (domain === 0 ? 1 : 0) - (before === 0 ? 1 : 0);
    this.domainOf[position] = domain;
    this.version += 1;
  }

  private numberOf(value: string): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    const number = this.numbers.size + 1;
    this.numbers.set(value, number);
    return number;
  }
}
