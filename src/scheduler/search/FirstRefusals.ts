import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { NOT_NEAR, TOO_NEAR, UNWELCOME } from '../plugins/affinityFilter.ts';
import { PORTS_TAKEN } from '../plugins/NodePorts.ts';
import { MISSING_LABEL, TOO_SKEWED } from '../plugins/spreadFilter.ts';
import { countBits, hasBit, lowestBit } from './bits.ts';
import { isLabelledThroughout, refuseAgain, skewAt } from './hardSpread.ts';
import { type PlacementVerdicts, UNSELECTED } from './PlacementVerdicts.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';

/**
 * Tells for a pod that fits nowhere which plugin refuses each node first, and why. Equal verdicts are one object, so that they can be
 * counted without being read. To be created right after the search, from the same columns.
 */
export class FirstRefusals {
  private readonly plan: SearchPlan;
  private readonly placed: PlacementVerdicts;
  /** The nodes that hard constraints refuse; empty when these have to be found node by node. */
  private readonly skewed: RefusedNodes;
  private readonly distant: RefusedNodes;
  private readonly crowded: RefusedNodes;

  /** `among` are any nodes left out of the same ones. */
  constructor(plan: SearchPlan, among: RefusedNodes) {
    const { placement, hardSpread, affinity } = plan;
    this.plan = plan;
    this.placed = placement.verdicts();
    this.skewed = among.others();
    this.distant = among.others();
    this.crowded = among.others();
    if (isLabelledThroughout(hardSpread)) refuseAgain(hardSpread, this.skewed);
    affinity.refuseDistant(this.distant);
    affinity.refuseCrowded(this.crowded);
  }

  /** The verdict of the first plugin of the default profile that refuses `node`, which some plugin must. */
  verdictOn(node: NodeInfo): NodeVerdict {
    const { placement, ports, resources, hardSpread } = this.plan;
    const { position } = node;
    if (!hasBit(placement.admits, position)) return this.placed.of[position] ?? UNSELECTED;
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
    const blocks = this.plan.placement.admits.length;
    for (let block = 0; block < blocks; block += 1) {
      const rest = this.takeUnselected(block, tally) & this.takeSkewed(block, tally);
      for (let bits = rest; bits !== 0; bits &= bits - 1) {
        const node = nodes[(block << 5) + lowestBit(bits)];
        if (node) tally.count(this.verdictOn(node), 1);
      }
    }
    return tally.all();
  }

  /**
   * Counts the nodes of a block, without taints or cordon, that the selector or the required terms of the pod exclude. There are usually
   * many, all alike.
   * @returns all places of the block but theirs.
   */
  private takeUnselected(block: number, tally: VerdictTally): number {
    const { placement, resources } = this.plan;
    if (placement.spec.nodeName) return EVERY;
    const unselected = ~(placement.admits[block] ?? 0) & (resources.scores.untainted[block] ?? 0);
    if (unselected !== 0) tally.count(UNSELECTED, countBits(unselected));
    return ~unselected;
  }

  /** Counts the nodes of a block that only spreading keeps the pod from: whole domains. @returns all places of the block but theirs. */
  private takeSkewed(block: number, tally: VerdictTally): number {
    const { placement, ports, resources } = this.plan;
    const open = (placement.admits[block] ?? 0) & (resources.fits[block] ?? 0) & ~(ports?.taken[block] ?? 0);
    const skewed = open & (this.skewed.words[block] ?? 0);
    if (skewed !== 0) tally.count(VERDICTS.skewed, countBits(skewed));
    return ~skewed;
  }
}

const EVERY = -1;

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
  ports: { plugin: 'NodePorts', ...PORTS_TAKEN },
  unlabelled: { plugin: 'PodTopologySpread', ...MISSING_LABEL },
  skewed: { plugin: 'PodTopologySpread', ...TOO_SKEWED },
  distant: { plugin: 'InterPodAffinity', ...NOT_NEAR },
  crowded: { plugin: 'InterPodAffinity', ...TOO_NEAR },
  unwelcome: { plugin: 'InterPodAffinity', ...UNWELCOME },
} satisfies Record<string, NodeVerdict>;
