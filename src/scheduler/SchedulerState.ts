import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { CycleContext, SpreadDefaulting } from './CycleContext.ts';
import { IndexedPods } from './IndexedPods.ts';
import { NominatedPods } from './NominatedPods.ts';
import { PodDemands } from './PodDemands.ts';
import type { PodsByNode } from './PodsByNode.ts';
import { defaultProfile, type Profile } from './Profile.ts';
import { RecountedPods } from './RecountedPods.ts';
import { Snapshot } from './Snapshot.ts';
import { hashedTieBreak, type TieBreak } from './TieBreak.ts';

/** What decisions depend on besides the cluster. */
export interface DecisionOptions {
  readonly version: KubernetesVersion;
  /** 0 (the default) means adaptive, 100 every node. */
  readonly percentageOfNodesToScore?: number;
  /** Default: `System`. */
  readonly spreadDefaulting?: SpreadDefaulting;
  /** Default: by hash, with an empty seed. */
  readonly tieBreak?: TieBreak;
  /** Default: `index`. */
  readonly podCounting?: PodCounting;
}

/** Pods on nodes are kept count of change by change, or counted whenever a plugin asks. */
export type PodCounting = 'index' | 'anew';

/** What one scheduler remembers from decision to decision: its snapshot, and where the next search for nodes starts. */
export class SchedulerState implements CycleContext, ClusterListener {
  readonly on = {
    podAdded: (change) => {
      this.snapshot.on.podAdded(change);
      this.nominated.on.podAdded(change);
    },
    podNominated: (change) => this.nominated.on.podNominated(change),
    podBound: (change) => {
      this.snapshot.on.podBound(change);
      this.nominated.on.podBound(change);
    },
    podTerminating: (change) => this.snapshot.on.podTerminating(change),
    podPhaseChanged: (change) => {
      this.snapshot.on.podPhaseChanged(change);
      this.nominated.on.podPhaseChanged(change);
    },
    podUpdated: (change) => this.snapshot.on.podUpdated(change),
    podOwnerChanged: (change) => this.snapshot.on.podOwnerChanged(change),
    podRemoved: (change) => {
      this.snapshot.on.podRemoved(change);
      this.nominated.on.podRemoved(change);
    },
    nodeAdded: (change) => this.snapshot.on.nodeAdded(change),
    nodeUpdated: (change) => this.snapshot.on.nodeUpdated(change),
    nodeRemoved: (change) => this.snapshot.on.nodeRemoved(change),
  } satisfies ChangeHandlers;
  readonly cluster: Cluster;
  readonly version: KubernetesVersion;
  readonly profile: Profile;
  readonly percentageOfNodesToScore: number;
  readonly spreadDefaulting: SpreadDefaulting;
  readonly tieBreak: TieBreak;
  readonly demands: PodDemands;
  readonly snapshot: Snapshot;
  readonly podsByNode: PodsByNode;
  readonly nominated: NominatedPods;
  /** Index in the snapshot's order at which the next search starts. */
  nextStartIndex = 0;
  /** Number of ties broken so far. */
  decisions = 0;

  /** Takes in what `cluster` holds now; it has to be told of every change from then on. */
  constructor(cluster: Cluster, options: DecisionOptions) {
    this.cluster = cluster;
    this.version = options.version;
    this.profile = defaultProfile(options.version);
    this.percentageOfNodesToScore = options.percentageOfNodesToScore ?? 0;
    this.spreadDefaulting = options.spreadDefaulting ?? 'System';
    this.tieBreak = options.tieBreak ?? hashedTieBreak('');
    this.demands = new PodDemands(options.version);
    this.snapshot = new Snapshot(cluster, this.demands);
    this.podsByNode = options.podCounting === 'anew' ? new RecountedPods(this.snapshot) : new IndexedPods(this.snapshot);
    this.nominated = new NominatedPods(cluster);
  }
}
