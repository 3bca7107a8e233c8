import type { Cluster } from '../cluster/Cluster.ts';
import type { Node, NodeImage } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { Container, PodSpec } from '../cluster/PodSpec.ts';
import type { EventHandle } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, seconds } from '../units.ts';
import { Backoff } from './Backoff.ts';
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
  /** Images that the registry does not give; all others it does. */
  readonly failing?: readonly FailingImage[];
}

/** An image, or, when `image` ends in `*`, all whose names begin so, that cannot be pulled until then; for ever when absent. */
export interface FailingImage {
  readonly image: string;
  readonly until?: Instant;
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
 * A pod with an image that fails is tried again after 10 s, doubling up to 5 min.
 * @see kubernetes/kubernetes pkg/kubelet/images/puller.go (serialImagePuller)
 */
export class ImagePulls {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: () => PullTiming | undefined;
  private readonly failures = new Backoff<Pod>({ first: seconds(10), longest: seconds(300) });
  private readonly catalog: ImageCatalog;
  private readonly registry: SharedRate<Transfer>;
  private readonly queues = new Map<Node, Queue>();

  constructor({ sim, cluster, timing }: ImagePullsOptions) {
    this.sim = sim;
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
    if (!this.timing()) return undefined;
    const failing = this.failingOf(pod, node);
    if (failing) return this.retryLater(pod, failing, () => this.pullOrGoOn(pod, node, done));
    this.failures.forget(pod);
    const images = imagesOf(pod);
    if (images.every((image) => this.catalog.isOn(node, image))) return undefined;
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

  /** The failure that `pod` meets on `node` now; an image that is there is asked for all the same with the pull policy Always. */
  private failingOf({ spec }: Pod, node: Node): FailingImage | undefined {
    const failing = this.timing()?.failing?.filter(({ until }) => until === undefined || this.sim.now < until) ?? [];
    if (failing.length === 0) return undefined;
    const asked = containersOf(spec).filter((one) => one.imagePullPolicy === 'Always' || !this.catalog.isOn(node, one.image));
    return failing.find((failure) => asked.some(({ image }) => isMeant(failure, image)));
  }

  private pullOrGoOn(pod: Pod, node: Node, done: () => void): EventHandle | undefined {
    const pull = this.pull(pod, node, done);
    if (!pull) done();
    return pull;
  }

  /** Tries again after the back-off, if the failure ever ends. */
  private retryLater(pod: Pod, { image, until }: FailingImage, again: () => EventHandle | undefined): EventHandle {
    this.cluster.recordEvent(`Pod/${pod.key}`, 'BackOff', `Back-off pulling image "${image}"`);
    if (until === undefined) return { cancel: () => {} };
    const at = after(this.sim.now, this.failures.next(pod, this.sim.now));
    let handle: EventHandle | undefined;
    const fire = () => {
      handle = again();
    };
    handle = this.sim.schedule({ kind: 'imagePullRetry', entity: pod.key, fire }, at, 'Change');
    return { cancel: () => handle?.cancel() };
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
  return containersOf(spec).map(({ image }) => image);
}

function containersOf({ initContainers, containers }: PodSpec): readonly Container[] {
  return [...initContainers, ...containers];
}

function isMeant({ image: pattern }: FailingImage, image: string): boolean {
  return pattern.endsWith('*') ? image.startsWith(pattern.slice(0, -1)) : image === pattern;
}

function drop(queue: Queue, request: Request): void {
  queue.waiting = queue.waiting.filter((other) => other !== request);
}
