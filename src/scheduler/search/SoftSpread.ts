import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import { defaultConstraints, HOSTNAME, ownConstraints } from '../plugins/spreadConstraints.ts';
import { roundHalfAway, spreadPart, spreadShare, topologyWeight } from '../spreadScores.ts';
import type { Columns } from './Columns.ts';
import { SpreadCounts } from './SpreadCounts.ts';
import type { SpreadDesk } from './SpreadDesk.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** The soft spread constraints of a pod, its own or the default ones, as scores of nodes. */
export class SoftSpread {
  private readonly parts: readonly SpreadCounts[];
  /** Topologies without which a node is not ranked; none with default constraints. */
  private readonly required: readonly TopologyColumn[];
  private readonly desk: SpreadDesk;

  constructor(pod: Pod, columns: Columns, context: CycleContext) {
    const isOwn = pod.spec.topologySpreadConstraints.length > 0;
    const constraints = isOwn ? ownConstraints(pod, 'ScheduleAnyway') : defaultConstraints(pod, context);
    this.required = isOwn ? constraints.map(({ topologyKey }) => columns.topology(topologyKey)) : [];
    const setting = { columns, context, required: this.required };
    this.parts = constraints.map((constraint) => new SpreadCounts(constraint, pod, setting));
    this.desk = columns.spreadDesk;
  }

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** Whether some node has an empty label, which this form cannot tell from no label. */
  get isAmbiguous(): boolean {
    for (const { topology } of this.parts) topology.refresh();
    return this.parts.some(({ topology }) => topology.hasEmptyValue);
  }

  /** Adds the scaled score of each of the feasible nodes, times `weight`, to `totals`. */
  addTo(totals: Float64Array, found: Int32Array, weight: number): void {
    const ranked = this.rank(found);
    this.desk.raw.fill(0, 0, found.length);
    for (const part of this.parts) {
      if (part.topology.key === HOSTNAME) this.addByNode(part, found, ranked);
      else this.addByDomain(part, found);
    }
    this.scale(totals, found, weight);
  }

  private rank(found: Int32Array): number {
    for (const topology of this.required) topology.refresh();
    let ranked = 0;
    for (let i = 0; i < found.length; i += 1) {
      const isRanked = this.required.every(({ domainOf }) => domainOf[found[i] ?? 0] !== 0) ? 1 : 0;
      this.desk.isRanked[i] = isRanked;
      ranked += isRanked;
    }
    return ranked;
  }

  private addByNode({ byNode, constraint, topology: { domainOf } }: SpreadCounts, found: Int32Array, ranked: number): void {
    const { podsOn } = this.desk;
    const weight = topologyWeight(ranked);
    for (const [{ position }, pods] of byNode) podsOn[position] = pods;
    for (let i = 0; i < found.length; i += 1) {
      const position = found[i] ?? 0;
      if (domainOf[position] !== 0) this.add(i, spreadPart(podsOn[position] ?? 0, weight, constraint.maxSkew));
    }
    for (const [{ position }] of byNode) podsOn[position] = 0;
  }

  private addByDomain(part: SpreadCounts, found: Int32Array): void {
    part.count();
    const { byDomain, constraint, topology } = part;
    const { domainOf } = topology;
    const { isRanked } = this.desk;
    const seen = new Uint8Array(byDomain.length);
    for (let i = 0; i < found.length; i += 1) if (isRanked[i] === 1) seen[domainOf[found[i] ?? 0] ?? 0] = 1;
    const weight = topologyWeight(seen.reduce((sum, one) => sum + one, 0));
    for (let i = 0; i < found.length; i += 1) {
      const domain = domainOf[found[i] ?? 0] ?? 0;
      if (domain !== 0) this.add(i, spreadPart(byDomain[domain] ?? 0, weight, constraint.maxSkew));
    }
  }

  private add(index: number, part: number): void {
    const { raw } = this.desk;
    raw[index] = (raw[index] ?? 0) + part;
  }

  private scale(totals: Float64Array, found: Int32Array, weight: number): void {
    const { raw, isRanked } = this.desk;
    let lowest = Number.POSITIVE_INFINITY;
    let highest = 0;
    for (let i = 0; i < found.length; i += 1) {
      if (isRanked[i] === 0) continue;
      const score = roundHalfAway(raw[i] ?? 0);
      raw[i] = score;
      if (score < lowest) lowest = score;
      if (score > highest) highest = score;
    }
    for (let i = 0; i < found.length; i += 1) {
      if (isRanked[i] === 1) totals[i] = (totals[i] ?? 0) + weight * spreadShare(raw[i] ?? 0, lowest, highest);
    }
  }
}
