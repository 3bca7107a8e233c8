import type { NodeInfo } from './NodeInfo.ts';
import { NodeSet } from './NodeSet.ts';

/** Which nodes hold an image. */
export interface ImageState {
  /** As stated by the first node that was seen to hold it; forgotten when no node holds it any more. It changes only when `nodes` do. */
  readonly sizeBytes: number;
  readonly nodes: NodeSet;
}

/**
 * Which node holds which image, by every name of the image.
 * @see kubernetes/kubernetes pkg/scheduler/backend/cache/cache.go (addNodeImageStates)
 */
export class ImageStates {
  private readonly states = new Map<string, KeptState>();
  /** By slot of a node, what it was last seen to list: then its images need not be looked up again when they go. */
  private readonly held: (readonly KeptState[])[] = [];

  /** The state of the image with this name, now and from now on. */
  of(name: string): ImageState {
    return this.stateOf(name);
  }

  /** Takes in the images that `info` lists now. */
  add(info: NodeInfo): void {
    const held: KeptState[] = [];
    for (const { names, sizeBytes } of info.node.images) {
      for (const name of names) {
        const state = this.stateOf(name);
        if (state.nodes.size === 0) state.sizeBytes = sizeBytes;
        state.nodes.add(info);
        held.push(state);
      }
    }
    while (this.held.length < info.slot) this.held.push([]);
    this.held[info.slot] = held;
  }

  /** Takes out the images that `info` listed when it was added. */
  remove(info: NodeInfo): void {
    for (const { nodes } of this.held[info.slot] ?? []) nodes.delete(info);
  }

  private stateOf(name: string): KeptState {
    const known = this.states.get(name);
    if (known) return known;
    const state = { sizeBytes: 0, nodes: new NodeSet() };
    this.states.set(name, state);
    return state;
  }
}

interface KeptState extends ImageState {
  sizeBytes: number;
}
