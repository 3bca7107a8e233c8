import type { ClusterListener } from '../../cluster/ClusterChange.ts';
import { onEvery } from '../../cluster/Listeners.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import type { EventColumns, EventRow } from '../EventColumns.ts';
import { clusterEvent } from './clusterEvent.ts';
import { type EventObject, EventRecorder } from './EventRecorder.ts';

/** Writes down what happened to the cluster, one row per event, in order. */
export class EventLog implements ClusterListener {
  readonly on = onEvery((change) => {
    const event = clusterEvent(change);
    if (event) this.add(...event);
  });
  private readonly recorder = new EventRecorder();
  private readonly sim: Simulation;

  constructor(sim: Simulation) {
    this.sim = sim;
  }

  add(kind: string, object: EventObject, detail: EventRow['detail'] = {}): void {
    this.recorder.add(this.sim.now, kind, object, detail);
  }

  columns(): EventColumns {
    return this.recorder.columns();
  }
}
