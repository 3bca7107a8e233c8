import type { ImageState } from '../ImageStates.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { weightedBytes } from '../plugins/ImageLocality.ts';
import type { Snapshot } from '../Snapshot.ts';
import { NodeColumn } from './NodeColumn.ts';
import { SparseNodes } from './SparseNodes.ts';

/** Which nodes hold one image. */
export class ImageColumn extends NodeColumn {
  readonly holders: SparseNodes;
  private readonly state: ImageState;
  private readonly nodeCount: number;
  private knownBytes = 0;
  private knownVersion = -1;

  constructor({ nodes, reimaged, images }: Snapshot, name: string) {
    super(nodes, reimaged);
    this.holders = new SparseNodes(nodes.length);
    this.state = images.of(name);
    this.nodeCount = nodes.length;
  }

  /** What the image counts on a node that holds it; 0 when none does. */
  get bytes(): number {
    const { version } = this.state.nodes;
    if (version === this.knownVersion) return this.knownBytes;
    this.knownVersion = version;
    this.knownBytes = weightedBytes(this.state, this.nodeCount);
    return this.knownBytes;
  }

  protected update(info: NodeInfo): void {
    if (this.state.nodes.has(info)) this.holders.add(info.position);
    else this.holders.delete(info.position);
  }
}
