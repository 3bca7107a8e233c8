import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { firstUntolerated, isTolerated, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeVerdict, Refusal } from '../NodeVerdict.ts';
import { NOT_SELECTED } from '../plugins/NodeAffinity.ts';
import { NOT_NAMED } from '../plugins/NodeName.ts';
import { CORDONED } from '../plugins/NodeUnschedulable.ts';
import { REFUSING, refusalFor } from '../plugins/TaintToleration.ts';
import type { Snapshot } from '../Snapshot.ts';
import { NodeColumn } from './NodeColumn.ts';

/**
 * For all pods with the same placement rules: what NodeUnschedulable, NodeName, TaintToleration or NodeAffinity says of a node that they
 * refuse.
 */
export class PlacementVerdicts extends NodeColumn {
  /** By position; for accepting nodes what NodeAffinity would say. Equal verdicts are one object. */
  readonly of: NodeVerdict[] = [];
  private readonly spec: PodSpec;
  private readonly version: KubernetesVersion;
  private readonly toleratesCordon: boolean;
  private readonly taints = new Map<string, NodeVerdict>();

  constructor({ nodes, revised }: Snapshot, spec: PodSpec, version: KubernetesVersion) {
    super(nodes, revised);
    this.spec = spec;
    this.version = version;
    this.toleratesCordon = isTolerated(UNSCHEDULABLE, spec.tolerations);
  }

  protected update(node: NodeInfo): void {
    this.of[node.position] = this.verdictOn(node);
  }

  private verdictOn({ node }: NodeInfo): NodeVerdict {
    const { spec, toleratesCordon } = this;
    if (node.unschedulable && !toleratesCordon) return CORDONED_NODE;
    if (spec.nodeName !== undefined && spec.nodeName !== '' && spec.nodeName !== node.name) return UNNAMED;
    const taint = firstUntolerated(node.taints, spec.tolerations, REFUSING);
    return taint ? this.taintVerdict(refusalFor(taint, this.version)) : UNSELECTED;
  }

  private taintVerdict(refusal: Refusal): NodeVerdict {
    const text = refusal.reasons.join();
    const known = this.taints.get(text) ?? { plugin: 'TaintToleration', ...refusal };
    this.taints.set(text, known);
    return known;
  }
}

/** What NodeAffinity says of a node that the selector or the required terms of the pod leave out. */
export const UNSELECTED: NodeVerdict = { plugin: 'NodeAffinity', ...NOT_SELECTED };
const CORDONED_NODE: NodeVerdict = { plugin: 'NodeUnschedulable', ...CORDONED };
const UNNAMED: NodeVerdict = { plugin: 'NodeName', ...NOT_NAMED };
