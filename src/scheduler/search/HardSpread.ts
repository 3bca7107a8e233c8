import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import { ownConstraints } from '../plugins/spreadConstraints.ts';
import type { Columns } from './Columns.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import { SpreadCounts } from './SpreadCounts.ts';

/** The hard spread constraints of a pod as refusals of domains. */
export class HardSpread {
  private readonly parts: readonly SpreadCounts[];
  private marks = new Uint8Array(8);

  constructor(pod: Pod, columns: Columns, context: CycleContext) {
    const constraints = ownConstraints(pod, 'DoNotSchedule');
    const required = constraints.map(({ topologyKey }) => columns.topology(topologyKey));
    this.parts = constraints.map((constraint) => new SpreadCounts(constraint, pod, { columns, context, required }));
  }

  /** Leaves out the domains that would be too far above the lowest one, and nodes without a label. */
  refuseIn(refused: RefusedNodes): void {
    for (const part of this.parts) {
      part.count();
      refused.refuseDomains(part.topology, this.mark(part));
    }
  }

  /** 1 for each domain that refuses the pod. */
  private mark(part: SpreadCounts): Uint8Array {
    const { constraint, self, byDomain, topology } = part;
    if (this.marks.length < topology.domains) this.marks = new Uint8Array(topology.domains);
    const most = part.lowest() + constraint.maxSkew - self;
    this.marks[0] = 1;
    for (let domain = 1; domain < topology.domains; domain += 1) this.marks[domain] = (byDomain[domain] ?? 0) > most ? 1 : 0;
    return this.marks;
  }
}
