import type { LabelSelector } from '../cluster/LabelSelector.ts';
import type { NodeCounts } from './NodeCounts.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { PodGroup } from './PodGroup.ts';
import type { AlikePods, PodsByNode } from './PodsByNode.ts';
import type { Snapshot } from './Snapshot.ts';

/** Tells what the groups of a snapshot keep count of, so that it costs the same however many pods there are. */
export class IndexedPods implements PodsByNode {
  private readonly snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
  }

  lastingPods(namespace: string, selector: LabelSelector): NodeCounts {
    return this.snapshot.groups.lastingPods(namespace, selector);
  }

  all(): AlikePods[] {
    return this.snapshot.groups.all().map((group) => new PodsOfGroup(group, this.snapshot));
  }

  allWithAffinity(): AlikePods[] {
    return this.snapshot.groups.allWithAffinity().map((group) => new PodsOfGroup(group, this.snapshot));
  }
}

/** Looks for the nodes of a group only when they are needed. */
class PodsOfGroup implements AlikePods {
  readonly namespace: AlikePods['namespace'];
  readonly labels: AlikePods['labels'];
  readonly affinity: AlikePods['affinity'];
  private readonly group: PodGroup;
  private readonly snapshot: Snapshot;

  constructor(group: PodGroup, snapshot: Snapshot) {
    this.namespace = group.namespace;
    this.labels = group.labels;
    this.affinity = group.affinity;
    this.group = group;
    this.snapshot = snapshot;
  }

  get nodes(): readonly (readonly [NodeInfo, number])[] {
    return this.snapshot.nodesOf(this.group.counts);
  }
}
