import type { TopologyColumn } from './TopologyColumn.ts';

/** The domains of one topology key that refuse a pod: 1 for each that does; index 0 stands for nodes without the label. */
export interface DomainRefusals {
  readonly domainOf: Int32Array;
  readonly refused: Uint8Array;
}

/** One byte for each domain of a topology, used again for every decision. */
export class DomainMarks implements DomainRefusals {
  readonly topology: TopologyColumn;
  private marks = new Uint8Array(0);

  constructor(topology: TopologyColumn) {
    this.topology = topology;
  }

  get domainOf(): Int32Array {
    return this.topology.domainOf;
  }

  get refused(): Uint8Array {
    return this.marks;
  }

  /** Gives every domain the same mark. */
  fill(mark: 0 | 1): void {
    if (this.marks.length < this.topology.domains) this.marks = new Uint8Array(this.topology.domains);
    this.marks.fill(mark);
  }

  put(domain: number, mark: 0 | 1): void {
    this.marks[domain] = mark;
  }

  /** Marks the domain of the node at `position`. @returns whether it has one. */
  putAt(position: number, mark: 0 | 1): boolean {
    const domain = this.topology.domainOf[position] ?? 0;
    if (domain !== 0) this.marks[domain] = mark;
    return domain !== 0;
  }
}
