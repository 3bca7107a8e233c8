import type { ImageState } from '../ImageStates.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { MAX_NODE_SCORE } from '../normalizeScores.ts';
import type { ScorePlugin } from '../Plugin.ts';

/**
 * Prefers nodes that hold the pod's images, large ones more, and less so the fewer nodes have them.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/imagelocality/image_locality.go
 */
export const ImageLocality: ScorePlugin = {
  name: 'ImageLocality',
  prepareScore({ spec }, { snapshot }) {
    const containers = [...spec.initContainers, ...spec.containers];
    const highest = highestBytes(containers.length);
    const states = containers.map(({ image }) => snapshot.images.of(imageNameOnNodes(image)));
    const nodes = snapshot.nodes.length;
    const images = states.map((state) => ({ nodes: state.nodes, bytes: weightedBytes(state, nodes) }));
    return { score: (node) => localityScore(bytesOn(node, images), highest) };
  },
};

const MEBIBYTE = 1024 * 1024;
const MIN_BYTES = 23 * MEBIBYTE;
const MAX_BYTES_PER_CONTAINER = 1000 * MEBIBYTE;

/** The size of an image, smaller the fewer of all `nodes` have it. */
export function weightedBytes({ sizeBytes, nodes: holders }: ImageState, nodes: number): number {
  return Math.trunc(sizeBytes * (holders.size / nodes));
}

/** The name of an image as nodes list it: with `:latest` when there is neither tag nor digest. */
export function imageNameOnNodes(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}

function bytesOn(node: NodeInfo, images: readonly { readonly nodes: ImageState['nodes']; readonly bytes: number }[]): number {
  let sum = 0;
  for (const image of images) if (image.nodes.has(node)) sum += image.bytes;
  return sum;
}

/** Bytes that are worth the best score for so many containers. */
export function highestBytes(containers: number): number {
  return MAX_BYTES_PER_CONTAINER * containers;
}

/** The score of a node that holds so many weighted bytes of the pod's images. */
export function localityScore(bytes: number, highest: number): number {
  const clamped = Math.min(Math.max(bytes, MIN_BYTES), highest);
  return Math.trunc((MAX_NODE_SCORE * (clamped - MIN_BYTES)) / (highest - MIN_BYTES));
}
