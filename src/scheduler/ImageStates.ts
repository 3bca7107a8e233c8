import type { Node, NodeImage } from '../cluster/Node.ts';

/** An image that nodes hold. */
export interface ImageState {
  /** As the first node that was seen to hold it said. */
  readonly sizeBytes: number;
  readonly nodes: Set<string>;
}

/**
 * Which node holds which image, by every name of the image.
 * @see kubernetes/kubernetes pkg/scheduler/backend/cache/cache.go (addNodeImageStates)
 */
export class ImageStates {
  /** How often a node's images came or went. */
  version = 0;
  private readonly states = new Map<string, ImageState>();

  get(imageName: string): ImageState | undefined {
    return this.states.get(imageName);
  }

  add(node: Node): void {
    this.version += 1;
    for (const { names, sizeBytes } of node.images) {
      for (const name of names) {
        const state = this.states.get(name);
        if (state) state.nodes.add(node.name);
        else this.states.set(name, { sizeBytes, nodes: new Set([node.name]) });
      }
    }
  }

  /** Takes `images` of the node named `nodeName` out; an image without any node is forgotten, with its size. */
  remove(nodeName: string, images: readonly NodeImage[]): void {
    this.version += 1;
    for (const { names } of images) for (const name of names) this.take(nodeName, name);
  }

  private take(nodeName: string, name: string): void {
    const state = this.states.get(name);
    state?.nodes.delete(nodeName);
    if (state?.nodes.size === 0) this.states.delete(name);
  }
}
