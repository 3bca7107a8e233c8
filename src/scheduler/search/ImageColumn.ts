import type { ImageState, ImageStates } from '../ImageStates.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { weightedBytes } from '../plugins/ImageLocality.ts';
import type { Snapshot } from '../Snapshot.ts';
import { putBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';

/** Which nodes hold one image. */
export class ImageColumn extends NodeColumn {
  readonly holders: Int32Array;
  private readonly name: string;
  private readonly images: ImageStates;
  private readonly nodeCount: number;
  private state: ImageState | undefined;
  private knownBytes = 0;
  private knownVersion = -1;

  constructor(snapshot: Snapshot, name: string) {
    super(snapshot.nodes, snapshot.reimaged);
    this.nodeCount = snapshot.nodes.length;
    this.holders = new Int32Array(wordsFor(this.nodeCount));
    this.name = name;
    this.images = snapshot.images;
  }

  /** What the image counts on a node that holds it; 0 when none does. */
  get bytes(): number {
    if (this.knownVersion === this.images.version) return this.knownBytes;
    const state = this.presentState();
    this.knownVersion = this.images.version;
    this.knownBytes = state ? weightedBytes(state, this.nodeCount) : 0;
    return this.knownBytes;
  }

  protected update(info: NodeInfo): void {
    const isHolder = info.node.images.length > 0 && (this.presentState()?.nodes.has(info) ?? false);
    putBit(this.holders, info.position, isHolder);
  }

  /** What is known of the image; that is forgotten, and begun anew, when no node holds it any more. */
  private presentState(): ImageState | undefined {
    if (!this.state || this.state.nodes.size === 0) this.state = this.images.get(this.name);
    return this.state;
  }
}
