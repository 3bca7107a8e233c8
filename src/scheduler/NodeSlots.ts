import type { NodeInfo } from './NodeInfo.ts';

/** Gives each node a small number of its own that it keeps while it is there, whatever becomes of the order of nodes. */
export class NodeSlots {
  private readonly infos: (NodeInfo | undefined)[] = [];
  private readonly free: number[] = [];

  /** Gives `info` a slot; that of a node which has gone is given again. */
  enter(info: NodeInfo): void {
    const slot = this.free.pop() ?? this.infos.length;
    info.slot = slot;
    this.infos[slot] = info;
  }

  leave({ slot }: NodeInfo): void {
    this.infos[slot] = undefined;
    this.free.push(slot);
  }

  at(slot: number): NodeInfo | undefined {
    return this.infos[slot];
  }

  /** One more than the highest slot that was ever given. */
  get end(): number {
    return this.infos.length;
  }
}
