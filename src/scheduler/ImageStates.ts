import type { NodeImage } from '../cluster/Node.ts';
import type { NodeInfo } from './NodeInfo.ts';
import { NodeSet } from './NodeSet.ts';

/** Which nodes hold an image. */
export interface ImageState {
  /** As the first node that was seen to hold it said; forgotten when no node holds it any more. */
  readonly sizeBytes: number;
  readonly nodes: NodeSet;
}

/**
 * Which node holds which image, by every name of the image.
 * @see kubernetes/kubernetes pkg/scheduler/backend/cache/cache.go (addNodeImageStates)
 */
export class ImageStates {
  /** How often a node's images came or went. */
  version = 0;
  private readonly states = new Map<string, KeptState>();

  /** The state of the image with this name, now and from now on. */
  of(name: string): ImageState {
    return this.stateOf(name);
  }

  /** Takes in the images that `info` lists now. */
  add(info: NodeInfo): void {
    this.version += 1;
    for (const { names, sizeBytes } of info.node.images) {
      for (const name of names) {
        const state = this.stateOf(name);
        if (state.nodes.size === 0) state.sizeBytes = sizeBytes;
        state.nodes.add(info);
      }
    }
  }

  /** Takes `images` of the node out. */
  remove(info: NodeInfo, images: readonly NodeImage[]): void {
    this.version += 1;
    for (const { names } of images) for (const name of names) this.states.get(name)?.nodes.delete(info);
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
