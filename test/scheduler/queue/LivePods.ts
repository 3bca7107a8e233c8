import { Pod } from '../../../src/cluster/Pod.ts';
import { PodClass } from '../../../src/cluster/PodClass.ts';
import type { PodSpec } from '../../../src/cluster/PodSpec.ts';
import { aPod, aPodSpec } from '../../support/builders.ts';

/** Makes pods as if all were in one cluster: each has a slot of its own, though names may come again. */
export class LivePods {
  private count = 0;

  make(name: string, spec: Partial<PodSpec> = {}): Pod {
    const description = aPod(name, { spec: aPodSpec(spec) });
    const slot = this.count++;
    return new Pod(description, slot, { key: `default/${name}`, slot, podClass: new PodClass(description, -1) });
  }
}
