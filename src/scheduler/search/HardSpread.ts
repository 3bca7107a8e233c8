import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { Refusal } from '../NodeVerdict.ts';
import { ownConstraints } from '../plugins/spreadConstraints.ts';
import { MISSING_LABEL, TOO_SKEWED } from '../plugins/spreadFilter.ts';
import type { Columns } from './Columns.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import { SpreadCounts } from './SpreadCounts.ts';

/** The hard spread constraints of `pod`, if it has any. */
export function hardSpreadOf(pod: Pod, columns: Columns, context: CycleContext): HardSpread | undefined {
  const constraints = ownConstraints(pod, 'DoNotSchedule');
  if (constraints.length === 0) return undefined;
  const required = Array.from(constraints, ({ topologyKey }) => columns.topology(topologyKey));
  const setting = { columns, context, required, placement: columns.placement(pod.spec) };
  return new HardSpread(Array.from(constraints, (constraint) => new SpreadCounts(constraint, pod, setting)));
}

/** The hard spread constraints of a pod as refusals of domains. */
export class HardSpread {
  private readonly parts: readonly SpreadCounts[];
  /** For each part: 1 for each domain that refuses the pod, after `refuseIn`. */
  private readonly marks: Uint8Array[];

  constructor(parts: readonly SpreadCounts[]) {
    this.parts = parts;
    this.marks = Array.from(parts, () => new Uint8Array(8));
  }

  /** Leaves out the domains that would be too far above the lowest one, and nodes without a label. */
  refuseIn(refused: RefusedNodes): void {
    let i = 0;
    for (const part of this.parts) {
      part.count();
      const marks = marksFor(part, this.marks[i]);
      this.marks[i] = marks;
      i += 1;
      refused.refuseDomains(part.topology, marks);
    }
  }

  /** Why the node at `position` is refused, as things were at the last `refuseIn`; undefined when it is not. */
  refusalAt(position: number): Refusal | undefined {
    for (const [i, { topology }] of this.parts.entries()) {
      const domain = topology.domainOf[position] ?? 0;
      if (domain === 0) return MISSING_LABEL;
      if (this.marks[i]?.[domain] === 1) return TOO_SKEWED;
    }
    return undefined;
  }
}

/** 1 for each domain that refuses the pod, in `marks` if they are long enough. */
function marksFor(part: SpreadCounts, marks: Uint8Array | undefined): Uint8Array {
  const { maxSkew, self, byDomain, topology } = part;
  const kept = marks && marks.length >= topology.domains ? marks : new Uint8Array(topology.domains);
  const most = part.lowest() + maxSkew - self;
  kept[0] = topology.unlabelled > 0 ? 1 : 0;
  for (let domain = 1; domain < topology.domains; domain += 1) kept[domain] = (byDomain[domain] ?? 0) > most ? 1 : 0;
  return kept;
}
