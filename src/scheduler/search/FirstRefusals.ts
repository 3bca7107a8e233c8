import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import { firstUntolerated } from '../../cluster/Taint.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeVerdict, Refusal } from '../NodeVerdict.ts';
import { NOT_NEAR, TOO_NEAR, UNWELCOME } from '../plugins/affinityFilter.ts';
import { NOT_SELECTED } from '../plugins/NodeAffinity.ts';
import { NOT_NAMED } from '../plugins/NodeName.ts';
import { PORTS_TAKEN } from '../plugins/NodePorts.ts';
import { CORDONED } from '../plugins/NodeUnschedulable.ts';
import { MISSING_LABEL, TOO_SKEWED } from '../plugins/spreadFilter.ts';
import { REFUSING, refusalFor } from '../plugins/TaintToleration.ts';
import { countBits, hasBit } from './bits.ts';
import { skewAt } from './hardSpread.ts';
import { RefusedNodes } from './RefusedNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';

/**
 * Says for a pod that fits nowhere which plugin refuses each node first, and why. Equal verdicts are one object, so that they can be
 * counted without reading them. To be made right after the search, from the same columns.
 */
export class FirstRefusals {
  private readonly plan: SearchPlan;
  private readonly version: KubernetesVersion;
  private readonly distant: RefusedNodes;
  private readonly crowded: RefusedNodes;
  private readonly taints = new Map<string, NodeVerdict>();

  constructor(plan: SearchPlan, nodes: number, version: KubernetesVersion) {
    this.plan = plan;
    this.version = version;
    this.distant = new RefusedNodes(nodes);
    this.crowded = new RefusedNodes(nodes);
    plan.affinity.refuseDistant(this.distant);
    plan.affinity.refuseCrowded(this.crowded);
  }

  /** The verdict of the first plugin of the default profile that refuses `node`, which some plugin must. */
  verdictOn(node: NodeInfo): NodeVerdict {
    const { placement, ports, resources, hardSpread } = this.plan;
    const { position } = node;
    if (!hasBit(placement.admits, position)) return this.placementVerdict(node);
    if (ports && hasBit(ports.taken, position)) return VERDICTS.ports;
    if (!hasBit(resources.fits, position)) return resources.shortageOn(node) ?? VERDICTS.unwelcome;
    const skew = skewAt(hardSpread, position);
    if (skew) return skew === MISSING_LABEL ? VERDICTS.unlabelled : VERDICTS.skewed;
    if (hasBit(this.distant.words, position)) return VERDICTS.distant;
    return hasBit(this.crowded.words, position) ? VERDICTS.crowded : VERDICTS.unwelcome;
  }

  /** How many of `nodes`, which are all that there are, meet each verdict. */
  tally(nodes: readonly NodeInfo[]): ReadonlyMap<NodeVerdict, number> {
    const tally = new VerdictTally();
    for (let start = 0; start < nodes.length; start += 32) {
      const unselected = this.unselectedIn(start >> 5);
      if (unselected !== 0) tally.count(VERDICTS.unselected, countBits(unselected));
      const end = Math.min(start + 32, nodes.length);
      for (let position = start; position < end; position += 1) {
        const node = nodes[position];
        if (node && ((unselected >> (position & 31)) & 1) === 0) tally.count(this.verdictOn(node), 1);
      }
    }
    return tally.all();
  }

  /** Nodes of a block without taints or cordon that the selector or the required terms of the pod leave out: mostly many, and alike. */
  private unselectedIn(block: number): number {
    const { placement, resources } = this.plan;
    if (placement.spec.nodeName) return 0;
    return ~(placement.admits[block] ?? 0) & (resources.scores.untainted[block] ?? 0);
  }

  private placementVerdict({ node, position }: NodeInfo): NodeVerdict {
    const { spec, toleratesCordon, tolerated } = this.plan.placement;
    if (node.unschedulable && !toleratesCordon) return VERDICTS.cordoned;
    if (spec.nodeName !== undefined && spec.nodeName !== '' && spec.nodeName !== node.name) return VERDICTS.unnamed;
    if (hasBit(tolerated, position)) return VERDICTS.unselected;
    const taint = firstUntolerated(node.taints, spec.tolerations, REFUSING);
    return taint ? this.taintVerdict(refusalFor(taint, this.version)) : VERDICTS.unselected;
  }

  private taintVerdict(refusal: Refusal): NodeVerdict {
    const text = refusal.reasons.join();
    const known = this.taints.get(text) ?? { plugin: 'TaintToleration', ...refusal };
    this.taints.set(text, known);
    return known;
  }
}

/** Counts verdicts: these are so few that going through them is faster than a table, and most follow one like them. */
class VerdictTally {
  private readonly verdicts: NodeVerdict[] = [];
  private readonly times: number[] = [];
  private index = 0;

  count(verdict: NodeVerdict, nodes: number): void {
    const { verdicts, times } = this;
    if (verdicts[this.index] !== verdict) this.index = verdicts.indexOf(verdict);
    if (this.index < 0) this.index = verdicts.push(verdict) - 1;
    times[this.index] = (times[this.index] ?? 0) + nodes;
  }

  all(): ReadonlyMap<NodeVerdict, number> {
    return new Map(this.verdicts.map((verdict, index) => [verdict, this.times[index] ?? 0]));
  }
}

const VERDICTS = {
  cordoned: { plugin: 'NodeUnschedulable', ...CORDONED },
  unnamed: { plugin: 'NodeName', ...NOT_NAMED },
  unselected: { plugin: 'NodeAffinity', ...NOT_SELECTED },
  ports: { plugin: 'NodePorts', ...PORTS_TAKEN },
  unlabelled: { plugin: 'PodTopologySpread', ...MISSING_LABEL },
  skewed: { plugin: 'PodTopologySpread', ...TOO_SKEWED },
  distant: { plugin: 'InterPodAffinity', ...NOT_NEAR },
  crowded: { plugin: 'InterPodAffinity', ...TOO_NEAR },
  unwelcome: { plugin: 'InterPodAffinity', ...UNWELCOME },
} satisfies Record<string, NodeVerdict>;
