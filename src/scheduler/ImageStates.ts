import type { NodeImage } from '../cluster/Node.ts';
import type { NodeInfo } from './NodeInfo.ts';
import { NodeSet } from './NodeSet.ts';

/** An image that nodes hold. */
export interface ImageState {
  /** As the first node that was seen to hold it said. */
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
  private readonly states = new Map<string, ImageState>();

  /** One name tends to be asked for many times in a row. */
  private asked: string | undefined;
  private answer: ImageState | undefined;

  get(imageName: string): ImageState | undefined {
    if (this.asked !== imageName) {
      this.asked = imageName;
      this.answer = this.states.get(imageName);
    }
    return this.answer;
  }

  /** Takes in the images that `info` lists now. */
  add(info: NodeInfo): void {
    this.change();
    for (const { names, sizeBytes } of info.node.images) for (const name of names) this.stateOf(name, sizeBytes).nodes.add(info);
  }

  /** Takes `images` of the node out; an image without any node is forgotten, with its size. */
  remove(info: NodeInfo, images: readonly NodeImage[]): void {
    this.change();
    for (const { names } of images) for (const name of names) this.take(info, name);
  }

  private change(): void {
    this.version += 1;
    this.asked = undefined;
  }

  private stateOf(name: string, sizeBytes: number): ImageState {
    const known = this.states.get(name);
    if (known) return known;
    const state = { sizeBytes, nodes: new NodeSet() };
    this.states.set(name, state);
    return state;
  }

  private take(info: NodeInfo, name: string): void {
    const state = this.states.get(name);
    state?.nodes.delete(info);
    if (state?.nodes.size === 0) this.states.delete(name);
  }
}
