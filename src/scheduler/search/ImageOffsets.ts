import { highestBytes, localityScore } from '../plugins/ImageLocality.ts';
import type { ImageColumn } from './ImageColumn.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SparseNodes } from './SparseNodes.ts';

/** What nodes get for the images that they hold. Used again for every decision. */
export class ImageOffsets {
  /** The most that any node gets. */
  top = 0;
  private images: readonly ImageColumn[] = [];
  /** Who holds the first image, mostly the only one. */
  private holders = NOBODY;
  /** By which images are held: one bit for each. */
  private readonly offsets = new Int32Array(2 ** MOST_IMAGES);

  rate({ images, containers }: SearchPlan): void {
    this.images = images;
    this.holders = images[0]?.holders ?? NOBODY;
    this.top = 0;
    for (let held = 1; held < 2 ** images.length; held += 1) {
      let bytes = 0;
      for (let i = 0; i < images.length; i += 1) if ((held >> i) & 1) bytes += images[i]?.bytes ?? 0;
      const offset = bytes === 0 ? 0 : localityScore(bytes, highestBytes(containers));
      this.offsets[held] = offset;
      if (offset > this.top) this.top = offset;
    }
    if (this.top > 0) for (let i = 0; i < images.length; i += 1) images[i]?.refresh();
  }

  /** Whether it is about one image, for which all that hold it get the most. */
  get areOne(): boolean {
    return this.images.length === 1;
  }

  /** A bit for each block with any node that holds any of the images, of the 32 blocks in `word`; to be asked only where `top` is not 0. */
  blocksIn(word: number): number {
    const { images } = this;
    let blocks = this.holders.blocksIn(word);
    for (let i = 1; i < images.length; i += 1) blocks |= images[i]?.holders.blocksIn(word) ?? 0;
    return blocks;
  }

  /** The nodes in `block` that hold any of the images; to be asked only where `top` is not 0. */
  holdersIn(block: number): number {
    const { images } = this;
    let holders = this.holders.words[block] ?? 0;
    for (let i = 1; i < images.length; i += 1) holders |= images[i]?.holders.words[block] ?? 0;
    return holders;
  }

  /** What the node at `position` gets; to be asked only where `top` is not 0. */
  at(position: number): number {
    let held = 0;
    for (let i = 0; i < this.images.length; i += 1) if (this.images[i]?.holders.has(position)) held |= 1 << i;
    return this.offsets[held] ?? 0;
  }
}

const NOBODY = new SparseNodes(0);

/** Pods with more containers than this have their totals worked out node by node. */
export const MOST_IMAGES = 3;
