import type { EventRow } from '../EventColumns.ts';
import { clusterEvent } from '../probes/clusterEvent.ts';
import type { EventObject } from '../probes/EventRecorder.ts';
import type { World } from '../wire.ts';

/**
 * Writes down what happens to the objects that `isSubject` names, from t = 0 on, as the event log of the run would. The rows come while the
 * run goes on. Scheduling attempts are not among them.
 */
export function followEvents({ sim, cluster, isSettling }: World, isSubject: (object: EventObject) => boolean): readonly EventRow[] {
  const rows: EventRow[] = [];
  cluster.subscribe((change) => {
    const event = isSettling() ? undefined : clusterEvent(change);
    if (!event) return;
    const [kind, object, detail = {}] = event;
    if (isSubject(object)) rows.push({ at: sim.now, kind, object: `${object.kind}/${object.name}`, detail });
  });
  return rows;
}
