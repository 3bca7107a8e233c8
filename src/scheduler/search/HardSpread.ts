import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import { ownConstraints } from '../plugins/spreadConstraints.ts';
import type { Columns } from './Columns.ts';
import { DomainMarks, type DomainRefusals } from './DomainRefusals.ts';
import { SpreadCounts } from './SpreadCounts.ts';

/** The hard spread constraints of a pod as refusals of domains. */
export class HardSpread {
  private readonly parts: readonly { readonly counts: SpreadCounts; readonly marks: DomainMarks }[];

  constructor(pod: Pod, columns: Columns, context: CycleContext) {
    const constraints = ownConstraints(pod, 'DoNotSchedule');
    const required = constraints.map(({ topologyKey }) => columns.topology(topologyKey));
    this.parts = constraints.map((constraint) => {
      const counts = new SpreadCounts(constraint, pod, { columns, context, required });
      return { counts, marks: new DomainMarks(counts.topology) };
    });
  }

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** The domains that would be too far above the lowest one, and nodes without a label. */
  refusals(): readonly DomainRefusals[] {
    for (const { counts, marks } of this.parts) {
      counts.count();
      const most = counts.lowest() + counts.constraint.maxSkew - counts.self;
      marks.fill(0);
      marks.put(0, 1);
      for (let domain = 1; domain < counts.topology.domains; domain += 1) if ((counts.byDomain[domain] ?? 0) > most) marks.put(domain, 1);
    }
    return this.parts.map(({ marks }) => marks);
  }
}
