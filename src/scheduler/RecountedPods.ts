import { type LabelSelector, selectorMatches } from '../cluster/LabelSelector.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { PodKind } from './PodKind.ts';
import type { AlikePods, CountsByNode, PodsByNode } from './PodsByNode.ts';
import type { Snapshot } from './Snapshot.ts';

/**
 * Counts the pods of every node again whenever it is asked, as kube-scheduler does. It is the specification for {@link IndexedPods}, which
 * keeps the counts up to date instead.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/common.go (countPodsMatchSelector)
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/filtering.go (getExistingAntiAffinityCounts)
 */
export class RecountedPods implements PodsByNode {
  private readonly snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
  }

  lastingPods(namespace: string, selector: LabelSelector): CountsByNode {
    const counts = new Map<NodeInfo, number>();
    const isSelected = (kind: PodKind) => kind.namespace === namespace && selectorMatches(selector, kind.labels);
    for (const { lasting } of this.find(isSelected)) for (const node of lasting) counts.set(node, (counts.get(node) ?? 0) + 1);
    return counts;
  }

  all(): Iterable<AlikePods> {
    return this.find(() => true).map(alike);
  }

  allWithAffinity(): Iterable<AlikePods> {
    return this.find(({ demand }) => demand.affinity !== undefined).map(alike);
  }

  /** Whether a kind is wanted is asked once, then each of its pods is noted. */
  private find(isWanted: (kind: PodKind) => boolean): FoundPods[] {
    const found: FoundPods[] = [];
    const byKind: (FoundPods | null)[] = [];
    this.snapshot.visitPods((kind, node, part) => {
      let pods = byKind[kind.number];
      if (pods === undefined) {
        pods = isWanted(kind) ? { kind, lasting: [], leaving: [] } : null;
        byKind[kind.number] = pods;
        if (pods) found.push(pods);
      }
      pods?.[part].push(node);
    });
    return found;
  }
}

/** The pods of one kind: the node of each. */
interface FoundPods {
  readonly kind: PodKind;
  readonly lasting: NodeInfo[];
  readonly leaving: NodeInfo[];
}

function alike({ kind: { namespace, labels, demand }, lasting, leaving }: FoundPods): AlikePods {
  return { namespace, labels, affinity: demand.affinity, nodes: [...lasting, ...leaving].map((node) => [node, 1]) };
}
