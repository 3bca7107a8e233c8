import type { Cluster } from '../cluster/Cluster.ts';
import type { Node, NodeImage } from '../cluster/Node.ts';

/** What is known of images by name: the names and sizes that any node listed at the start. */
export class ImageCatalog {
  private readonly known = new Map<string, NodeImage>();
  private readonly canonical = new Map<string, string>();

  constructor(cluster: Cluster) {
    for (const node of cluster.nodes.values()) this.learn(node.images);
  }

  /** The image called `name`, of `sizeBytes` when no node has listed it. */
  image(name: string, sizeBytes: number): NodeImage {
    const canonical = this.canonicalName(name);
    return this.known.get(canonical) ?? { names: [canonical], sizeBytes };
  }

  /** Whether `node` holds the image called `name`. */
  isOn(node: Node, name: string): boolean {
    const canonical = this.canonicalName(name);
    return node.images.some(({ names }) => names.includes(canonical) || names.includes(name));
  }

  private learn(images: readonly NodeImage[]): void {
    for (const image of images) {
      for (const name of image.names) this.known.set(this.canonicalName(name), image);
    }
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
