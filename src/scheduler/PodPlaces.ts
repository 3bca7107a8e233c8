import type { Pod } from '../cluster/Pod.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { PodKind } from './PodKind.ts';

/** Where pods are and what they were when they came there: they may have become another kind since. By the slot of the pod. */
export class PodPlaces {
  private readonly nodes: (NodeInfo | undefined)[] = [];
  private readonly kinds: (PodKind | undefined)[] = [];

  put({ slot }: Pod, node: NodeInfo, kind: PodKind): void {
    while (this.nodes.length < slot) {
      this.nodes.push(undefined);
      this.kinds.push(undefined);
    }
    this.nodes[slot] = node;
    this.kinds[slot] = kind;
  }

  clear({ slot }: Pod): void {
    this.nodes[slot] = undefined;
    this.kinds[slot] = undefined;
  }

  /** The node where `pod` is; undefined when it is nowhere. */
  nodeOf({ slot }: Pod): NodeInfo | undefined {
    return this.nodes[slot];
  }

  /** Of which kind `pod` was when it came; undefined when it is nowhere. */
  kindOf({ slot }: Pod): PodKind | undefined {
    return this.kinds[slot];
  }
}
