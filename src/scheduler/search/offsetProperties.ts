import { shareOfHighest } from '../normalizeScores.ts';
import { highestBytes, localityScore } from '../plugins/ImageLocality.ts';
import type { FoundNodes } from './FoundNodes.ts';
import type { ImageColumn } from './ImageColumn.ts';
import type { NodeClasses } from './NodeClasses.ts';
import type { OffsetProperty } from './OffsetClasses.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { WEIGHTS } from './SearchPlan.ts';

/**
 * What TaintToleration, NodeAffinity and ImageLocality add to the local scores of the found nodes, apart from what is the same for all.
 * @returns undefined when nodes differ in too many ways for offsets by class.
 */
export function offsetProperties({ placement, images, containers }: SearchPlan, found: FoundNodes): OffsetProperty[] | undefined {
  const { softTaints, preferences } = placement;
  if (!softTaints.isCoarse || !preferences.isCoarse) return undefined;
  const held = images.filter((image) => image.bytes > 0);
  if (held.length > MOST_IMAGES) return undefined;
  const properties: OffsetProperty[] = [];
  if (softTaints.classes.length > 1) properties.push(shares(softTaints, found, -WEIGHTS.taints));
  if (placement.hasPreferences) properties.push(shares(preferences, found, WEIGHTS.preferences));
  if (held.length > 0) properties.push(...imageShares(held, containers));
  return properties;
}

const MOST_IMAGES = 1;

/** The share of each number in the highest one of a found node, times `weight`. */
function shares({ classes }: NodeClasses, found: FoundNodes, weight: number): OffsetProperty {
  const present = classes.filter(({ members }) => found.hasAnyOf(members));
  const highest = Math.max(0, ...present.map(({ number }) => number));
  return present.map(({ number, members }) => ({ members, offset: weight * shareOfHighest(number, highest) }));
}

/** Nothing when even all images together are too small to count. */
function imageShares(images: readonly ImageColumn[], containers: number): OffsetProperty[] {
  const [image] = images;
  if (!image) return [];
  const score = localityScore(image.bytes, highestBytes(containers));
  if (score === 0) return [];
  image.refresh();
  return [
    [
      { members: image.holders, offset: score },
      { members: image.others, offset: 0 },
    ],
  ];
}
