import type { Cluster } from '../cluster/Cluster.ts';
import type { Node, NodeImage } from '../cluster/Node.ts';

/** What is known of images by name: the names and sizes that any node listed at the start. */
export class ImageCatalog {
  /** The images of each node at the start; read when first needed, because most clusters pull nothing. */
  private readonly listed: readonly (readonly NodeImage[])[];
  private known: ReadonlyMap<string, NodeImage> | undefined;
  private readonly canonical = new Map<string, string>();

  constructor(cluster: Cluster) {
    this.listed = [...cluster.nodes.values()].map(({ images }) => images);
  }

  /** The image called `name`, of `sizeBytes` when no node has listed it. */
  image(name: string, sizeBytes: number): NodeImage {
    const canonical = this.canonicalName(name);
    this.known ??= this.learn();
    return this.known.get(canonical) ?? { names: [canonical], sizeBytes };
  }

  /** Whether `node` holds the image called `name`. */
  isOn(node: Node, name: string): boolean {
    const canonical = this.canonicalName(name);
    return node.images.some(({ names }) => names.includes(canonical) || names.includes(name));
  }

  private learn(): ReadonlyMap<string, NodeImage> {
    const known = new Map<string, NodeImage>();
    for (const image of this.listed.flat()) for (const name of image.names) known.set(this.canonicalName(name), image);
    return known;
  }

  private canonicalName(name: string): string {
    const known = this.canonical.get(name);
    if (known !== undefined) return known;
    const canonical = withTag(withDomain(name));
    this.canonical.set(name, canonical);
    return canonical;
  }
}

/** @see distribution/reference normalize.go (splitDockerDomain) */
function withDomain(name: string): string {
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return `docker.io/library/${name}`;
  return /[.:]/.test(first) || first === 'localhost' ? name : `docker.io/${name}`;
}

function withTag(name: string): string {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return /[:@]/.test(last) ? name : `${name}:latest`;
}
