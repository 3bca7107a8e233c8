import type { Cluster } from '../cluster/Cluster.ts';
import type { Node, NodeImage } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { EventHandle } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { ImageCatalog } from './ImageCatalog.ts';
import { SharedRate } from './SharedRate.ts';

/** How fast images come. */
export interface PullTiming {
  /** Size of an image that no node lists, in bytes. */
  readonly sizeBytes: number;
  /** Bytes per second that one node can pull; Infinity: at once. */
  readonly nodeRate: number;
  /** Bytes per second that the registry gives to all nodes together. */
  readonly registryRate: number;
}

export interface ImagePullsOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  /** Asked at every pull; undefined: images are there at once and are not listed. */
  readonly timing: () => PullTiming | undefined;
}

/**
 * Pulls images: one at a time per node, all nodes sharing the registry; what a node has pulled it lists and keeps.
 *
 * Pods wait in the order they came; one whose images are all there does not wait. A pull that was begun goes on when its pod leaves.
 * @see kubernetes/kubernetes pkg/kubelet/images/puller.go (serialImagePuller)
 */
export class ImagePulls {
  private readonly cluster: Cluster;
  private readonly timing: () => PullTiming | undefined;
  private readonly catalog: ImageCatalog;
  private readonly registry: SharedRate<Transfer>;
  private readonly queues = new Map<Node, Queue>();

  constructor({ sim, cluster, timing }: ImagePullsOptions) {
    this.cluster = cluster;
    this.timing = timing;
    this.catalog = new ImageCatalog(cluster);
    this.registry = new SharedRate({ sim, kind: 'imagePulled', done: (transfer) => this.arrive(transfer) });
  }

  /**
   * Gets the images of `pod` to `node` and then calls `done`, unless that is called off.
   * @returns undefined when all of them are there: `done` is not called then.
   */
  pull(pod: Pod, node: Node, done: () => void): EventHandle | undefined {
    const images = imagesOf(pod);
    if (!this.timing() || images.every((image) => this.catalog.isOn(node, image))) return undefined;
    const request: Request = { images, done };
    const queue = this.queueOf(node);
    queue.waiting.push(request);
    if (!queue.transfer) this.advance(node, queue);
    return { cancel: () => drop(queue, request) };
  }

  /** The machine of `node` goes away: its pulls and all who wait for them are dropped. */
  stop(node: Node): void {
    const queue = this.queues.get(node);
    if (queue?.transfer) this.registry.remove(queue.transfer);
    this.queues.delete(node);
  }

  private queueOf(node: Node): Queue {
    const known = this.queues.get(node);
    if (known) return known;
    const queue: Queue = { waiting: [], transfer: undefined };
    this.queues.set(node, queue);
    return queue;
  }

  /** Lets go everyone whose images are there, then pulls the next image for the first who still waits. */
  private advance(node: Node, queue: Queue): void {
    const served = queue.waiting.filter(({ images }) => images.every((image) => this.catalog.isOn(node, image)));
    queue.waiting = queue.waiting.filter((request) => !served.includes(request));
    for (const { done } of served) done();
    const missing = queue.waiting[0]?.images.find((image) => !this.catalog.isOn(node, image));
    const timing = this.timing();
    if (missing === undefined || queue.transfer || !timing) return;
    queue.transfer = { node, image: this.catalog.image(missing, timing.sizeBytes) };
    this.registry.add(queue.transfer, queue.transfer.image.sizeBytes, timing);
  }

  private arrive({ node, image }: Transfer): void {
    const queue = this.queueOf(node);
    queue.transfer = undefined;
    this.cluster.updateNode(node, { images: [...node.images, image] });
    this.advance(node, queue);
  }
}

interface Request {
  readonly images: readonly string[];
  readonly done: () => void;
}

interface Queue {
  waiting: Request[];
  transfer: Transfer | undefined;
}

interface Transfer {
  readonly node: Node;
  readonly image: NodeImage;
}

function imagesOf({ spec }: Pod): readonly string[] {
  return [...spec.initContainers, ...spec.containers].map(({ image }) => image);
}

function drop(queue: Queue, request: Request): void {
  queue.waiting = queue.waiting.filter((other) => other !== request);
}
