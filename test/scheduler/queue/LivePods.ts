import { Cluster } from '../../../src/cluster/Cluster.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import type { PodSpec } from '../../../src/cluster/PodSpec.ts';
import { aPod, aPodSpec } from '../../support/builders.ts';

/** Makes pods that are all in one cluster, each in a namespace of its own: names may come again. */
export class LivePods {
  readonly cluster = new Cluster();
  private count = 0;

  make(name: string, spec: Partial<PodSpec> = {}): Pod {
    return this.cluster.addPod(aPod(name, { namespace: `n${this.count++}`, spec: aPodSpec(spec) }));
  }
}
