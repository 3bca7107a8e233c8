import type { Labels } from './LabelSelector.ts';
import { NO_PODS, type PodsBySlot } from './PodList.ts';
import type { ResourceList } from './ResourceList.ts';
import type { Taint } from './Taint.ts';

/** The Ready condition: `Unknown` when the kubelet stopped posting. */
export type NodeReadiness = 'True' | 'False' | 'Unknown';

/** A container image that a node holds, as `node.status.images` lists it. */
export interface NodeImage {
  readonly names: readonly string[];
  readonly sizeBytes: number;
}

/** A node as it is given. Plain data: can be sent to a worker thread. */
export interface NodeDescription {
  readonly name: string;
  readonly uid: string | undefined;
  /** When it was created, in milliseconds since 1970; absent: not known. */
  readonly createdEpoch?: number;
  readonly providerID: string | undefined;
  /** Name of the node pool it belongs to, undefined when it is in none that the scenario knows. */
  readonly pool: string | undefined;
  readonly labels: Labels;
  /** Labels and taints that the pool defines: they come back after a wipe, others are lost. */
  readonly poolLabels: Labels;
  readonly poolTaints: readonly Taint[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly unschedulable: boolean;
  readonly allocatable: ResourceList;
  readonly images: readonly NodeImage[];
  readonly ready: NodeReadiness;
}

/** The fields of a node that can change. */
export type NodeState = Pick<Node, 'labels' | 'taints' | 'unschedulable' | 'allocatable' | 'images' | 'ready' | 'isPosting'>;

/** A live node. Fields change only through {@link Cluster}, which tells everyone who listens. */
export class Node {
  readonly name: string;
  readonly pool: string | undefined;
  readonly description: NodeDescription;
  /** What chance goes by where it decides about this node: its name, or its annotation `rollcast.io/lot`, so that a renamed cluster fares alike. */
  readonly lot: string;
  /** The number by which the cluster lists what is bound to its name. Set by the cluster and never changed; 0 outside a cluster. */
  host = 0;
  labels: Labels;
  taints: readonly Taint[];
  unschedulable: boolean;
  allocatable: ResourceList;
  images: readonly NodeImage[];
  ready: NodeReadiness;
  /** Whether its kubelet is up: renews the node's lease and answers for its pods. */
  isPosting: boolean;
  /** Names of the persistent volumes that are attached to it and may be mounted, as `status.volumesAttached` lists them. */
  volumesAttached: ReadonlySet<string> = NO_VOLUMES;
  /** Names of the persistent volumes that its kubelet last reported as in use, as `status.volumesInUse` lists them. */
  volumesInUse: ReadonlySet<string> = NO_VOLUMES;
  /** Pods bound here that have not ended: they hold their requests. In order of binding. */
  readonly pods: PodsBySlot;

  /** `pods` as the cluster keeps them. */
  constructor(description: NodeDescription, pods: PodsBySlot = NO_PODS) {
    this.pods = pods;
    this.name = description.name;
    this.pool = description.pool;
    this.description = description;
    this.lot = lotOf(description);
    this.labels = description.labels;
    this.taints = description.taints;
    this.unschedulable = description.unschedulable;
    this.allocatable = description.allocatable;
    this.images = description.images;
    this.ready = description.ready;
    this.isPosting = description.ready !== 'Unknown';
  }

  /** Takes over what `change` gives. @returns what was there before, undefined when nothing differs. */
  become(change: Partial<NodeState>): NodeState | undefined {
    const { labels, taints, unschedulable, allocatable, images, ready, isPosting } = this;
    Object.assign(this, change);
    const isSame =
      this.labels === labels &&
      this.taints === taints &&
      this.unschedulable === unschedulable &&
      this.allocatable === allocatable &&
      this.images === images &&
      this.ready === ready &&
      this.isPosting === isPosting;
    return isSame ? undefined : { labels, taints, unschedulable, allocatable, images, ready, isPosting };
  }
}

/** The lot of a node: see {@link Node.lot}. */
export function lotOf({ name, annotations }: Pick<NodeDescription, 'name' | 'annotations'>): string {
  return annotations['rollcast.io/lot'] ?? name;
}

const NO_VOLUMES: ReadonlySet<string> = new Set();
