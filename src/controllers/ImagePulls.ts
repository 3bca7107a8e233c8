import type { Cluster } from '../cluster/Cluster.ts';
import type { Node, NodeImage } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ClassTable, type PodTraits } from '../cluster/PodClass.ts';
import type { Container, PodSpec } from '../cluster/PodSpec.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, seconds } from '../units.ts';
import { Backoff } from './Backoff.ts';
import { FairRates } from './FairRates.ts';
import { ImageCatalog } from './ImageCatalog.ts';
import { type RateLimits, SharedRate } from './SharedRate.ts';

/** How fast images come. */
export interface PullTiming {
  /** Size of an image that no node lists, in bytes. */
  readonly sizeBytes: number;
  /** Bytes per second that one node can pull; Infinity: at once. */
  readonly nodeRate: number;
  /** Bytes per second that the registry gives to all nodes together. */
  readonly registryRate: number;
  /** How many images a node pulls at once, for different pods; they share its rate. Absent: one. */
  readonly parallel?: number | 'unlimited';
  /** Images that the registry does not give; all others it does. */
  readonly failing?: readonly FailingImage[];
}

/** An image that cannot be pulled until then, or for ever when absent. A name that ends in `*` stands for all images that begin so. */
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
 * Pulls images: one at a time per node, or several if the timing says so, with all nodes sharing the registry. A node lists and keeps the
 * images that it has pulled.
 *
 * Pods wait in order of arrival, each for one image at a time; a pod whose images are all present does not wait. A pull continues even if
 * its pod leaves. A pod whose image fails is tried again after 10 s, doubling up to 5 min.
 * @see kubernetes/kubernetes pkg/kubelet/images/puller.go (serialImagePuller, parallelImagePuller)
 */
export class ImagePulls {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: () => PullTiming | undefined;
  private readonly failures = new Backoff<Pod>({ first: seconds(10), longest: seconds(300) });
  private readonly catalog: ImageCatalog;
  private readonly images = new ClassTable(imagesOf);
  private registry: Registry | undefined;
  private readonly queues = new Map<Node, Queue>();

  constructor({ sim, cluster, timing }: ImagePullsOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
    this.catalog = new ImageCatalog(cluster);
  }

  /**
   * Pulls the images of `pod` to `node` and then calls `done`, unless the pull is called off.
   * @returns undefined when all images are present; `done` is not called then.
   */
  pull(pod: Pod, node: Node, done: (pod: Pod) => void): EventHandle | undefined {
    const timing = this.timing();
    if (!timing) return undefined;
    const failing = this.failingOf(pod, node);
    if (failing) return this.retryLater(pod, failing, () => this.pullOrGoOn(pod, node, done));
    if (!this.failures.isEmpty) this.failures.forget(pod);
    const images = this.images.of(pod.podClass);
    if (images.every((image) => this.catalog.isOn(node, image))) return undefined;
    const request: Request = { pod, images, done };
    const queue = this.queueOf(node);
    queue.waiting.push(request);
    if (queue.transfers.size < atOnce(timing)) this.advance(node, queue);
    return { cancel: () => drop(queue, request) };
  }

  /** The machine of `node` goes away: its pulls and all who wait for them are dropped. */
  stop(node: Node): void {
    for (const transfer of this.queues.get(node)?.transfers ?? []) this.registry?.remove(transfer);
    this.queues.delete(node);
  }

  /** The failure that `pod` meets on `node` now. With the pull policy Always the registry is asked even for an image that is present. */
  private failingOf({ spec }: Pod, node: Node): FailingImage | undefined {
    const all = this.timing()?.failing;
    if (!all || all.length === 0) return undefined;
    const failing = all.filter(({ until }) => until === undefined || this.sim.now < until);
    const asked = containersOf(spec).filter((one) => one.imagePullPolicy === 'Always' || !this.catalog.isOn(node, one.image));
    return failing.find((failure) => asked.some(({ image }) => isMeant(failure, image)));
  }

  private pullOrGoOn(pod: Pod, node: Node, done: (pod: Pod) => void): EventHandle | undefined {
    const pull = this.pull(pod, node, done);
    if (!pull) done(pod);
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
    const queue: Queue = { waiting: [], transfers: new Set() };
    this.queues.set(node, queue);
    return queue;
  }

  /** Releases every pod whose images are present, then starts the next pulls for those that still wait, as many as may run at once. */
  private advance(node: Node, queue: Queue): void {
    const served = queue.waiting.filter(({ images }) => images.every((image) => this.catalog.isOn(node, image)));
    queue.waiting = queue.waiting.filter((request) => !served.includes(request));
    for (const { pod, done } of served) done(pod);
    const timing = this.timing();
    if (!timing) return;
    for (const { images } of queue.waiting) {
      if (queue.transfers.size >= atOnce(timing)) return;
      const missing = images.find((image) => !this.catalog.isOn(node, image));
      if (missing !== undefined) this.begin({ node, image: this.catalog.image(missing, timing.sizeBytes) }, queue, timing);
    }
  }

  /** Begins `transfer`, unless another pod of its node waits for the same image. */
  private begin(transfer: Transfer, { transfers }: Queue, timing: PullTiming): void {
    const name = transfer.image.names[0];
    if ([...transfers].some(({ image }) => image.names[0] === name)) return;
    transfers.add(transfer);
    this.registry ??= this.registryFor(timing);
    this.registry.add(transfer, transfer.image.sizeBytes, timing);
  }

  private registryFor(timing: PullTiming): Registry {
    const options = { sim: this.sim, kind: 'imagePulled', done: (transfer: Transfer) => this.arrive(transfer) };
    return atOnce(timing) === 1 ? new SharedRate(options) : new FairRates({ ...options, groupOf: ({ node }) => node });
  }

  private arrive(transfer: Transfer): void {
    const { node, image } = transfer;
    const queue = this.queueOf(node);
    queue.transfers.delete(transfer);
    this.cluster.updateNode(node, { images: [...node.images, image] });
    this.advance(node, queue);
  }
}

/** Divides what the registry gives among the transfers under way. */
interface Registry {
  add(transfer: Transfer, bytes: number, limits: RateLimits): void;
  remove(transfer: Transfer): void;
}

interface Request {
  readonly pod: Pod;
  readonly images: readonly string[];
  readonly done: (pod: Pod) => void;
}

interface Queue {
  waiting: Request[];
  readonly transfers: Set<Transfer>;
}

interface Transfer {
  readonly node: Node;
  readonly image: NodeImage;
}

function atOnce({ parallel = 1 }: PullTiming): number {
  return parallel === 'unlimited' ? Number.POSITIVE_INFINITY : parallel;
}

function imagesOf({ spec }: PodTraits): readonly string[] {
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
