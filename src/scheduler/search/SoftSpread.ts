import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import { defaultConstraints, HOSTNAME, ownConstraints } from '../plugins/spreadConstraints.ts';
import { roundHalfAway, spreadPart, spreadShare, topologyWeight } from '../spreadScores.ts';
import type { Columns } from './Columns.ts';
import type { ScoredNodes } from './ScoredNodes.ts';
import { SpreadCounts } from './SpreadCounts.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** The soft spread constraints of `pod`, its own or the default ones, if there are any. */
export function softSpreadOf(pod: Pod, columns: Columns, context: CycleContext): SoftSpread | undefined {
  const isOwn = pod.spec.topologySpreadConstraints.length > 0;
  const constraints = isOwn ? ownConstraints(pod, 'ScheduleAnyway') : defaultConstraints(pod, context);
  if (constraints.length === 0) return undefined;
  const required = isOwn ? Array.from(constraints, ({ topologyKey }) => columns.topology(topologyKey)) : [];
  const setting = { columns, context, required, placement: columns.placement(pod.spec) };
  return new SoftSpread(
    Array.from(constraints, (constraint) => new SpreadCounts(constraint, pod, setting)),
    required,
    columns.positionOf,
  );
}

/** The soft spread constraints of a pod, its own or the default ones, as scores of nodes. */
export class SoftSpread {
  /** The first constraint over single nodes, and the first over domains. */
  readonly byNode: SpreadCounts | undefined;
  readonly byDomain: SpreadCounts | undefined;
  /** The position of the node in each slot. */
  readonly positionOf: Int32Array;
  /** Whether there are no others. */
  private readonly areAll: boolean;
  private readonly parts: readonly SpreadCounts[];
  /** Topologies without which a node is not ranked; none with default constraints. */
  private readonly required: readonly TopologyColumn[];

  constructor(parts: readonly SpreadCounts[], required: readonly TopologyColumn[], positionOf: Int32Array) {
    this.parts = parts;
    this.required = required;
    this.positionOf = positionOf;
    this.byNode = this.parts.find(({ topology }) => topology.key === HOSTNAME);
    this.byDomain = this.parts.find(({ topology }) => topology.key !== HOSTNAME);
    this.areAll = parts.length === (this.byNode ? 1 : 0) + (this.byDomain ? 1 : 0);
  }

  /** Whether some node has an empty label, which this form cannot tell from no label; the topologies must be up to date. */
  get isUnclear(): boolean {
    return this.parts.some(({ topology }) => topology.hasEmptyValue);
  }

  /** Whether offsets by profile say it all; the topologies must be up to date. */
  get hasOffsets(): boolean {
    const { byNode, byDomain } = this;
    if (!this.areAll || (byNode && byNode.topology.unlabelled > 0)) return false;
    return (byNode ?? byDomain)?.nodes.areLabelled ?? true;
  }

  /** Adds the scaled score of each of the feasible nodes, times `weight`, to its total. */
  addTo(found: ScoredNodes, weight: number): void {
    const ranked = this.rank(found);
    found.raw.fill(0, 0, found.count);
    for (const part of this.parts) {
      if (part.topology.key !== HOSTNAME) addByDomain(part, found);
      else this.addByNode(part, found, ranked);
    }
    scale(found, weight);
  }

  private addByNode({ byNode, maxSkew, topology: { domainOf } }: SpreadCounts, found: ScoredNodes, ranked: number): void {
    const weight = topologyWeight(ranked);
    const podsAt = new Map<number, number>();
    for (let i = 0; i < byNode.size; i += 1) podsAt.set(this.positionOf[byNode.slotAt(i)] ?? 0, byNode.podsAt(i));
    for (let i = 0; i < found.count; i += 1) {
      const position = found.positions[i] ?? 0;
      if (domainOf[position] !== 0) found.raw[i] = (found.raw[i] ?? 0) + spreadPart(podsAt.get(position) ?? 0, weight, maxSkew);
    }
  }

  /** Finds out which nodes take part. @returns how many. */
  private rank({ count, positions, isRanked }: ScoredNodes): number {
    isRanked.fill(1, 0, count);
    if (this.required.every(({ unlabelled }) => unlabelled === 0)) return count;
    let ranked = 0;
    for (let i = 0; i < count; i += 1) {
      const hasLabels = this.required.every(({ domainOf }) => domainOf[positions[i] ?? 0] !== 0);
      isRanked[i] = hasLabels ? 1 : 0;
      ranked += isRanked[i] ?? 0;
    }
    return ranked;
  }
}

function addByDomain(part: SpreadCounts, found: ScoredNodes): void {
  part.count();
  const { maxSkew, byDomain, topology } = part;
  const { domainOf } = topology;
  const weight = topologyWeight(countDomains(topology, found));
  const parts = Float64Array.from(byDomain, (pods) => spreadPart(pods, weight, maxSkew));
  parts[0] = 0;
  const { count, positions, raw } = found;
  for (let i = 0; i < count; i += 1) raw[i] = (raw[i] ?? 0) + (parts[domainOf[positions[i] ?? 0] ?? 0] ?? 0);
}

/** How many domains the nodes that take part are in; those without the label are in one of their own. */
function countDomains({ domains, domainOf, unlabelled }: TopologyColumn, { count, positions, isRanked }: ScoredNodes): number {
  const most = domains - (unlabelled === 0 ? 1 : 0);
  const isSeen = new Uint8Array(domains);
  let seen = 0;
  for (let i = 0; i < count && seen < most; i += 1) {
    const domain = domainOf[positions[i] ?? 0] ?? 0;
    if (isRanked[i] === 0 || isSeen[domain] === 1) continue;
    isSeen[domain] = 1;
    seen += 1;
  }
  return seen;
}

function scale({ count, totals, raw, isRanked }: ScoredNodes, weight: number): void {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (let i = 0; i < count; i += 1) {
    if (isRanked[i] === 0) continue;
    const score = roundHalfAway(raw[i] ?? 0);
    raw[i] = score;
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  for (let i = 0; i < count; i += 1) {
    if (isRanked[i] === 1) totals[i] = (totals[i] ?? 0) + weight * spreadShare(raw[i] ?? 0, lowest, highest);
  }
}
