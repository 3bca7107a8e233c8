import type { NodeInfo } from '../NodeInfo.ts';
import type { Snapshot } from '../Snapshot.ts';
import { clearBit, setBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';
import type { PlacementColumn } from './PlacementColumn.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** Nodes with the same soft taints that count, the same preference and the same domain. */
export interface NodeProfile {
  readonly softTaints: number;
  readonly preference: number;
  readonly domain: number;
  readonly members: Int32Array;
}

/**
 * The profile of every node for pods with the same placement rules that are spread over the same topology. Both columns have to be
 * refreshed before this one.
 */
export class NodeProfiles extends NodeColumn {
  /** In order of appearance; one may have lost all members. */
  readonly profiles: NodeProfile[] = [];
  /** The index of the node's profile, by position. */
  readonly numberOf: Uint8Array;
  /** Whether there are few enough profiles; otherwise there are none. */
  isCoarse = true;
  /** Whether all profiles with soft taints have the same number of them. They then get the same score, whichever nodes are found. */
  hasOneTaintCount = true;
  private softTaints = 0;
  private readonly placement: PlacementColumn;
  private readonly topology: TopologyColumn | undefined;
  private readonly words: number;
  /** Of what profiles follow from, when they were last brought up to date. */
  private knownVersion = -1;

  /** Without a topology every node is in domain 0. */
  constructor({ nodes, revised }: Snapshot, placement: PlacementColumn, topology: TopologyColumn | undefined) {
    super(nodes, revised);
    this.numberOf = new Uint8Array(nodes.length);
    this.placement = placement;
    this.topology = topology;
    this.words = wordsFor(nodes.length);
  }

  /** A node that changes usually keeps its profile. */
  override refresh(): void {
    const { placement, topology } = this;
    const version = placement.softTaints.version + placement.preferences.version + (topology?.version ?? 0);
    if (version === this.knownVersion) return;
    this.knownVersion = version;
    super.refresh();
  }

  protected update({ position }: NodeInfo): void {
    if (!this.isCoarse) return;
    const left = this.profiles[this.numberOf[position] ?? 0];
    const number = this.profileAt(position);
    const joined = this.profiles[number];
    if (!joined) return;
    if (left) clearBit(left.members, position);
    setBit(joined.members, position);
    this.numberOf[position] = number;
  }

  private profileAt(position: number): number {
    const softTaints = this.placement.softTaints.numberOf[position] ?? 0;
    const preference = this.placement.preferences.numberOf[position] ?? 0;
    const domain = this.topology?.domainOf[position] ?? 0;
    for (let number = 0; number < this.profiles.length; number += 1) {
      const known = this.profiles[number];
      if (known?.softTaints === softTaints && known.preference === preference && known.domain === domain) return number;
    }
    this.noteTaints(softTaints);
    if (this.profiles.length < MOST_PROFILES)
      return this.profiles.push({ softTaints, preference, domain, members: new Int32Array(this.words) }) - 1;
    this.isCoarse = false;
    this.profiles.length = 0;
    return 0;
  }

  private noteTaints(softTaints: number): void {
    if (this.softTaints === 0) this.softTaints = softTaints;
    else if (softTaints !== 0 && softTaints !== this.softTaints) this.hasOneTaintCount = false;
  }
}

/** The offset of a profile without any found node: lower than any other. */
export const ABSENT = -100_000;

/** With more profiles than this, working out each node's total by itself is cheaper. */
export const MOST_PROFILES = 200;
