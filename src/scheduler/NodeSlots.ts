import type { NodeInfo } from './NodeInfo.ts';

/** The nodes by their slots, which stay what they are whatever becomes of the order of nodes. */
export class NodeSlots {
  private readonly infos: (NodeInfo | undefined)[] = [];

  enter(info: NodeInfo): void {
    this.infos[info.slot] = info;
  }

  leave({ slot }: NodeInfo): void {
    this.infos[slot] = undefined;
  }

  at(slot: number): NodeInfo | undefined {
    return this.infos[slot];
  }

  /** One more than the highest slot that was ever given. */
  get end(): number {
    return this.infos.length;
  }
}
