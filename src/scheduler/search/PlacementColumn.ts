import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { Node } from '../../cluster/Node.ts';
import { nodeAffinityAdmits } from '../../cluster/nodeAffinity.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { Remembered } from '../../cluster/Remembered.ts';
import { firstUntolerated, isTolerated, type Toleration, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { preferenceFor } from '../plugins/NodeAffinity.ts';
import { countUntolerated, REFUSING, softTolerations } from '../plugins/TaintToleration.ts';
import type { Snapshot } from '../Snapshot.ts';
import { hasBit, putBit, wordsFor } from './bits.ts';
import { NodeClasses } from './NodeClasses.ts';
import { NodeColumn } from './NodeColumn.ts';
import { PlacementVerdicts } from './PlacementVerdicts.ts';
import { SparseNodes } from './SparseNodes.ts';

/**
 * For all pods with the same node selector, node affinity and tolerations: which nodes accept them, and the raw scores of TaintToleration
 * and NodeAffinity.
 */
export class PlacementColumn extends NodeColumn {
  /** Nodes that pass NodeUnschedulable, NodeName, TaintToleration and NodeAffinity. */
  readonly admits: Int32Array;
  /** Nodes that pass NodeAffinity, and those whose taints are tolerated: spreading may count on either. */
  readonly affinity: Int32Array;
  readonly tolerated: Int32Array;
  /** How many soft taints count on each node, and what the preferred terms add up to there. */
  readonly softTaints: NodeClasses;
  readonly preferences: NodeClasses;
  /** How often a bit of `affinity`, or of `tolerated`, has changed. */
  affinityVersion = 0;
  toleratedVersion = 0;
  /** Those of `admits` that have taints or are cordoned but lose nothing by soft taints. */
  readonly lenient: SparseNodes;
  readonly toleratesCordon: boolean;
  readonly spec: PodSpec;
  private readonly snapshot: Snapshot;
  private readonly version: KubernetesVersion;
  /** undefined as long as no pod was refused. */
  private refusals: PlacementVerdicts | undefined = undefined;
  /** How often labels had changed when this was last brought up to date, and whether they have since: seldom is it they. */
  private relabellings = -1;
  private areLabelsStale = true;
  private readonly softTolerations: readonly Toleration[];

  constructor(snapshot: Snapshot, spec: PodSpec, version: KubernetesVersion) {
    const { nodes, revised } = snapshot;
    super(nodes, revised);
    const words = wordsFor(nodes.length);
    this.admits = new Int32Array(words);
    this.affinity = new Int32Array(words);
    this.tolerated = new Int32Array(words);
    this.lenient = new SparseNodes(nodes.length);
    this.softTaints = new NodeClasses(nodes.length);
    this.preferences = new NodeClasses(nodes.length);
    this.snapshot = snapshot;
    this.version = version;
    this.spec = spec;
    this.softTolerations = softTolerations(spec);
    this.toleratesCordon = isTolerated(UNSCHEDULABLE, spec.tolerations);
  }

  /** Whether any node is preferred. */
  get hasPreferences(): boolean {
    return this.spec.affinity.node.preferred.length > 0;
  }

  /** Why a node is not among those that are admitted, as things are now. */
  verdicts(): PlacementVerdicts {
    this.refusals ??= new PlacementVerdicts(this.snapshot, this.spec, this.version);
    this.refusals.refresh();
    return this.refusals;
  }

  override refresh(): void {
    const { relabellings } = this.snapshot;
    this.areLabelsStale = relabellings !== this.relabellings;
    this.relabellings = relabellings;
    super.refresh();
  }

  protected update({ node, position }: NodeInfo): void {
    if (this.areLabelsStale) this.takeLabels(node, position);
    const { spec } = this;
    const { taints, unschedulable } = node;
    const hasTaints = taints.length > 0;
    const isTolerated = !hasTaints || firstUntolerated(taints, spec.tolerations, REFUSING) === undefined;
    const isAllowed = isTolerated && (!unschedulable || this.toleratesCordon);
    const isAdmitted = isAllowed && hasBit(this.affinity, position) && isNamed(spec, node);
    const softTaints = hasTaints ? countUntolerated(taints, this.softTolerations) : 0;
    const isLenient = isAdmitted && softTaints === 0 && (unschedulable || hasTaints);
    if (moved(this.tolerated, position, isTolerated)) this.toleratedVersion += 1;
    putBit(this.admits, position, isAdmitted);
    if (isLenient) this.lenient.add(position);
    else this.lenient.delete(position);
    this.softTaints.put(position, softTaints);
  }

  private takeLabels(node: Node, position: number): void {
    const { spec } = this;
    if (moved(this.affinity, position, nodeAffinityAdmits(spec, node))) this.affinityVersion += 1;
    if (this.hasPreferences) this.preferences.put(position, preferenceFor(spec, node));
  }
}

function isNamed({ nodeName }: PodSpec, { name }: Node): boolean {
  return nodeName === undefined || nodeName === '' || nodeName === name;
}

/** Sets or clears a bit. @returns whether it was not so before. */
function moved(words: Int32Array, position: number, isSet: boolean): boolean {
  if (hasBit(words, position) === isSet) return false;
  putBit(words, position, isSet);
  return true;
}

/** What pods of one placement column have in common. */
export const placementKeys = new Remembered(({ nodeName, nodeSelector, affinity, tolerations }: PodSpec) =>
  JSON.stringify([nodeName, nodeSelector, affinity.node, tolerations]),
);
