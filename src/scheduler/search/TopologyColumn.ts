import type { NodeInfo } from '../NodeInfo.ts';
import type { Snapshot } from '../Snapshot.ts';
import { setBits, wordsFor } from './bits.ts';
import { type NodeClass, NodeClasses } from './NodeClasses.ts';
import { NodeColumn } from './NodeColumn.ts';

/** The domain of every node by one label: a number from 1 on for each value, 0 without the label. */
export class TopologyColumn extends NodeColumn {
  readonly key: string;
  /** How often a node's domain has changed. */
  version = 0;
  /** Whether some node ever had the label with an empty value, which spreading does not tell from no label. */
  hasEmptyValue = false;
  /** How many nodes lack the label. */
  unlabelled: number;
  private readonly nodesByDomain: NodeClasses;
  private readonly numbers = new Map<string, number>();
  private readonly snapshot: Snapshot;
  /** How often labels had changed when this was last brought up to date. */
  private relabellings = -1;
  /** Unions of domains that were asked for, by a number with one bit per domain, each with the version for which it is valid. */
  private readonly unions = new Map<number, Int32Array>();
  private unionsVersion = 0;
  /** Nodes in each domain, and how many domains have more than one. */
  private readonly sizes: number[] = [];
  private shared = 0;

  constructor(snapshot: Snapshot, key: string) {
    const { nodes, revised } = snapshot;
    super(nodes, revised);
    this.snapshot = snapshot;
    this.key = key;
    this.nodesByDomain = new NodeClasses(nodes.length);
    this.unlabelled = nodes.length;
  }

  /** By position. */
  get domainOf(): Int32Array {
    return this.nodesByDomain.numberOf;
  }

  /** The nodes of each domain, as long as there are few domains. */
  get classes(): readonly NodeClass[] {
    return this.nodesByDomain.classes;
  }

  /** The nodes of all domains for which `numbers` is above `most`, if there are few domains; undefined if there are no such nodes. */
  above(numbers: Int32Array, most: number): Int32Array | undefined {
    let asked = 0;
    for (const { number } of this.classes) if ((numbers[number] ?? 0) > most) asked |= 1 << number;
    if (this.unlabelled === 0) asked &= ~1;
    if (asked === 0) return undefined;
    if (this.unionsVersion !== this.version || this.unions.size === MOST_UNIONS) this.unions.clear();
    this.unionsVersion = this.version;
    const known = this.unions.get(asked) ?? this.unite(asked);
    this.unions.set(asked, known);
    return known;
  }

  get isCoarse(): boolean {
    return this.nodesByDomain.isCoarse;
  }

  /** One more than the highest domain. */
  get domains(): number {
    return this.numbers.size + 1;
  }

  /** Whether no two nodes are in one domain. */
  get isByNode(): boolean {
    return this.shared === 0;
  }

  /** A node that changes usually keeps its labels. */
  override refresh(): void {
    const { relabellings } = this.snapshot;
    if (relabellings === this.relabellings) return;
    this.relabellings = relabellings;
    super.refresh();
  }

  protected update({ node: { labels }, position }: NodeInfo): void {
    const value = labels[this.key];
    const domain = value === undefined ? 0 : this.numberOf(value);
    const before = this.domainOf[position] ?? 0;
    if (before === domain) return;
    this.resize(before, -1);
    this.resize(domain, 1);
    this.nodesByDomain.put(position, domain);
    this.version += 1;
  }

  private unite(asked: number): Int32Array {
    const union = new Int32Array(wordsFor(this.domainOf.length));
    for (const { number, members } of this.classes) if ((asked & (1 << number)) !== 0) setBits(union, members);
    return union;
  }

  private resize(domain: number, change: 1 | -1): void {
    if (domain === 0) {
      this.unlabelled += change;
      return;
    }
    const before = this.sizes[domain] ?? 0;
    this.sizes[domain] = before + change;
    this.shared += (before + change > 1 ? 1 : 0) - (before > 1 ? 1 : 0);
  }

  private numberOf(value: string): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    const number = this.numbers.size + 1;
    this.numbers.set(value, number);
    if (value === '') this.hasEmptyValue = true;
    return number;
  }
}

/** So many unions are remembered at most: of few domains there are no more, of many hardly any comes twice. */
const MOST_UNIONS = 64;
