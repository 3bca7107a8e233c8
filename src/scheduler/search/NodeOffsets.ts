import { shareOfHighest } from '../normalizeScores.ts';
import { highestBytes, localityScore } from '../plugins/ImageLocality.ts';
import type { FoundNodes } from './FoundNodes.ts';
import type { ImageColumn } from './ImageColumn.ts';
import type { NodeClass, NodeClasses } from './NodeClasses.ts';
import { ABSENT, OffsetClasses, type OffsetProperty, propertyOf } from './OffsetClasses.ts';
import type { SearchPlan } from './SearchPlan.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';
import { WEIGHTS } from './weights.ts';

/**
 * What nodes get above their local score for one kind of pod: by soft taints, preferred node affinity, images and soft spreading, apart
 * from what is the same for all.
 *
 * The classes that these make stay; only their offsets are worked out for each decision, since scaling depends on the nodes found.
 */
export class NodeOffsets {
  readonly classes: OffsetClasses;
  /** All properties but spreading: what exceptions get, too. */
  readonly others: readonly OffsetProperty[];
  private readonly plan: SearchPlan;
  private readonly taints: Share;
  private readonly preferences: Share | undefined;
  private readonly images: OffsetProperty | undefined;
  private readonly spread: OffsetProperty | undefined;
  private readonly domains: readonly NodeClass[];

  constructor(plan: SearchPlan) {
    const { placement, softSpread, images } = plan;
    this.plan = plan;
    this.taints = new Share(placement.softTaints, -WEIGHTS.taints);
    this.preferences = placement.hasPreferences ? new Share(placement.preferences, WEIGHTS.preferences) : undefined;
    this.images = images.length === 0 ? undefined : propertyOf(combinationsOf(images));
    this.domains = softSpread.offsets.domains;
    this.spread = softSpread.isEmpty ? undefined : propertyOf(softSpread.offsets.parts);
    this.others = [this.taints, this.preferences, this.images].filter((property) => property !== undefined);
    this.classes = new OffsetClasses(this.spread ? [...this.others, this.spread] : this.others);
  }

  /** Whether there are still the same classes as when this was made. */
  get isCurrent(): boolean {
    const { taints, preferences, domains } = this;
    return taints.isCurrent && (preferences?.isCurrent ?? true) && domains === this.plan.softSpread.offsets.domains;
  }

  /** Works out the offsets for the nodes found, and which of these are exceptions. */
  rate(found: FoundNodes, exceptions: SpreadExceptions): void {
    exceptions.clear();
    this.taints.rate(found);
    this.preferences?.rate(found);
    if (this.images) rateImages(this.images, this.plan);
    if (this.spread) this.plan.softSpread.offsets.rate(found, exceptions, this.spread.offsets);
    this.classes.rank();
  }
}

/** Whether nodes differ for pods of `plan` in so few ways that they have classes. */
export function hasClasses({ placement, softSpread, affinity, images }: SearchPlan): boolean {
  if (affinity.hasScores || images.length > MOST_IMAGES) return false;
  if (!placement.softTaints.isCoarse || !placement.preferences.isCoarse) return false;
  if (softSpread.isEmpty) return true;
  if (!softSpread.offsets.isPossible) return false;
  const ofSpread = softSpread.offsets.parts.length;
  return placement.softTaints.classes.length * placement.preferences.classes.length * ofSpread * 2 ** images.length <= MOST_CLASSES;
}

const MOST_IMAGES = 3;
const MOST_CLASSES = 200;

/** A number of nodes as a share of the highest that a found node has, times a weight. */
class Share implements OffsetProperty {
  readonly parts: readonly (readonly Int32Array[])[];
  readonly offsets: Int32Array;
  private readonly source: NodeClasses;
  private readonly classes: readonly NodeClass[];
  private readonly weight: number;

  constructor(source: NodeClasses, weight: number) {
    this.source = source;
    this.classes = source.classes;
    this.weight = weight;
    this.parts = this.classes.map(({ members }) => [members]);
    this.offsets = new Int32Array(this.classes.length);
  }

  get isCurrent(): boolean {
    return this.classes === this.source.classes;
  }

  rate(found: FoundNodes): void {
    let highest = 0;
    for (const { number, members } of this.classes) if (number > highest && found.hasAnyOf(members)) highest = number;
    for (let i = 0; i < this.classes.length; i += 1) {
      const number = this.classes[i]?.number ?? 0;
      this.offsets[i] = number > highest ? ABSENT : this.weight * shareOfHighest(number, highest);
    }
  }
}

/** For each way to hold some of the images and not the others: the nodes that do. The bits of a part's number say which are held. */
function combinationsOf(images: readonly ImageColumn[]): Int32Array[][] {
  return Array.from({ length: 2 ** images.length }, (_, held) =>
    images.map(({ holders, others }, i) => ((held >> i) & 1 ? holders : others)),
  );
}

function rateImages({ offsets }: OffsetProperty, { images, containers }: SearchPlan): void {
  const highest = highestBytes(containers);
  for (let held = 0; held < offsets.length; held += 1) {
    let sum = 0;
    for (let i = 0; i < images.length; i += 1) if ((held >> i) & 1) sum += images[i]?.bytes ?? 0;
    offsets[held] = sum === 0 ? 0 : localityScore(sum, highest);
  }
  for (const image of images) image.refresh();
}
