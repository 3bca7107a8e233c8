import type { SpreadConstraint } from '../plugins/spreadConstraints.ts';
import { hasBit } from './bits.ts';
import type { PlacementColumn } from './PlacementColumn.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** What a spread constraint says of nodes. */
export type CountingRules = Pick<SpreadConstraint, 'topologyKey' | 'nodeAffinityPolicy' | 'nodeTaintsPolicy'>;

/** The nodes whose pods count for a spread constraint: the same for most pods of one placement, so that these share it. */
export class CountedNodes {
  private readonly topology: TopologyColumn;
  private readonly placement: PlacementColumn;
  private readonly respectsAffinity: boolean;
  private readonly respectsTaints: boolean;
  /** Topologies without which a node counts for nothing. */
  private readonly required: readonly TopologyColumn[];
  /** 1 for each domain with a node that counts, how many these are, and the version of which that is good. */
  private isKnown = new Uint8Array(0);
  private known = 0;
  private knownVersion = -1;

  constructor(rules: CountingRules, topology: TopologyColumn, placement: PlacementColumn, required: readonly TopologyColumn[]) {
    this.topology = topology;
    this.placement = placement;
    this.respectsAffinity = rules.nodeAffinityPolicy === 'Honor';
    this.respectsTaints = rules.nodeTaintsPolicy === 'Honor';
    this.required = required;
  }

  /** A version of the columns, which must be up to date: each part only grows, so the sum changes with any of them. */
  get version(): number {
    const { topology, placement, required } = this;
    let version = placement.affinityVersion + topology.version;
    if (this.respectsTaints) version += placement.toleratedVersion;
    for (let i = 0; i < required.length; i += 1) version += required[i]?.version ?? 0;
    return version;
  }

  /** Whether every node has the labels without which it would count for nothing. */
  get areLabelled(): boolean {
    const { required } = this;
    for (let i = 0; i < required.length; i += 1) if (required[i]?.unlabelled !== 0) return false;
    return true;
  }

  /** The domain in which the pods of the node at `position` count; 0 if they do not. */
  domainAt(position: number): number {
    const domain = this.topology.domainOf[position] ?? 0;
    return domain !== 0 && this.has(position) ? domain : 0;
  }

  /** The fewest of `pods`, by domain, where a node counts; 0 when there are less than `minDomains` such domains. */
  fewest(pods: Int32Array, minDomains: number): number {
    this.findDomains();
    if (this.known < minDomains) return 0;
    const { isKnown } = this;
    let fewest = MANY;
    for (let domain = 1; domain < isKnown.length; domain += 1) {
      const count = pods[domain] ?? 0;
      if (isKnown[domain] === 1 && count < fewest) fewest = count;
    }
    return fewest;
  }

  private findDomains(): void {
    const { version } = this;
    if (version === this.knownVersion) return;
    this.knownVersion = version;
    const { domainOf, domains } = this.topology;
    const isKnown = new Uint8Array(domains);
    let known = 0;
    for (let position = 0; position < domainOf.length && known < domains - 1; position += 1) {
      const domain = domainOf[position] ?? 0;
      if (domain === 0 || isKnown[domain] === 1 || !this.has(position)) continue;
      isKnown[domain] = 1;
      known += 1;
    }
    this.isKnown = isKnown;
    this.known = known;
  }

  private has(position: number): boolean {
    if (this.respectsAffinity && !hasBit(this.placement.affinity, position)) return false;
    if (this.respectsTaints && !hasBit(this.placement.tolerated, position)) return false;
    for (const { domainOf } of this.required) if (domainOf[position] === 0) return false;
    return true;
  }
}

/** More pods than count anywhere, and small enough for the engine to go on with whole numbers. */
const MANY = 2 ** 30;
