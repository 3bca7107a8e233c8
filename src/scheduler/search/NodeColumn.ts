import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeLog } from '../NodeLog.ts';

/**
 * Something kept per node, by the node's position, and brought up to date from a log of changed nodes only when it is about to be read.
 */
export abstract class NodeColumn {
  private readonly nodes: readonly NodeInfo[];
  private readonly log: NodeLog;
  private read = -1;

  constructor(nodes: readonly NodeInfo[], log: NodeLog) {
    this.nodes = nodes;
    this.log = log;
  }

  /** Takes in every change since the last call. */
  refresh(): void {
    if (this.read === this.log.end) return;
    const changed = this.read < 0 ? this.nodes : (this.log.since(this.read) ?? this.nodes);
    this.read = this.log.end;
    for (const node of changed) this.update(node);
  }

  protected abstract update(node: NodeInfo): void;
}

/** Sets or clears bit `position` of `words`. */
export function putBit(words: Int32Array, position: number, isSet: boolean): void {
  const index = position >> 5;
  const bit = 1 << (position & 31);
  const word = words[index] ?? 0;
  words[index] = isSet ? word | bit : word & ~bit;
}

/** Whether bit `position` of `words` is set. */
export function hasBit(words: Int32Array, position: number): boolean {
  return (((words[position >> 5] ?? 0) >> (position & 31)) & 1) === 1;
}

/** How many words hold a bit for each of `nodes` nodes. */
export function wordsFor(nodes: number): number {
  return (nodes + 31) >> 5;
}
