import type { ChangeKind, PodChange } from './ClusterChange.ts';
import type { Pod } from './Pod.ts';

/**
 * Tells of changes of one kind that are frequent for pods, with one object that is used again for every change, see
 * {@link ClusterListener}.
 */
export class PodNews<Kind extends ChangeKind, Where = undefined> {
  private readonly kind: Kind;
  private change: Retold<Kind, Where> | undefined = undefined;

  constructor(kind: Kind) {
    this.kind = kind;
  }

  /** The change that `pod` meets now. */
  of(pod: Pod, node: Where): PodChange<Kind, Where> {
    const { kind, change } = this;
    if (!change) return this.begin({ kind, pod, node, before: undefined });
    change.pod = pod;
    change.node = node;
    return change;
  }

  private begin(change: Retold<Kind, Where>): PodChange<Kind, Where> {
    this.change = change;
    return change;
  }
}

interface Retold<Kind, Where> extends PodChange<Kind, Where> {
  pod: Pod;
  node: Where;
}
