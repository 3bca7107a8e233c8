import { type EventKind, eventKind } from './EventKind.ts';
import { type Phase, phaseRank } from './phase.ts';

/** Something that happens at one instant. `kind` and `entity` order events of the same instant and phase. */
export interface SimEvent {
  /** What happens, such as `podReady`; a constant per call site. */
  readonly kind: string;
  /** The subject, such as `default/web-0`. */
  readonly entity: string;
  /** A background event (a flush, a monitor pass) fires in its turn but does not keep a run going once nothing else is pending. */
  readonly isBackground?: boolean;
  fire(): void;
}

/** An event that was described on its own and can still be called off. */
export interface EventHandle {
  /** Takes the event out of the queue; does nothing once it has fired. */
  cancel(): void;
}

/** The kinds of events that are each described on their own. */
export class OneOffEvents {
  private readonly kinds: EventKind<SimEvent>[] = [];

  /** The kind that `event` belongs to in `phase`: one for each name, phase and urgency. */
  kindOf({ kind: name, isBackground = false }: SimEvent, phase: Phase): EventKind<SimEvent> {
    const rank = phaseRank(phase);
    for (const known of this.kinds) if (known.name === name && known.phase === rank && known.isBackground === isBackground) return known;
    const kind = eventKind<SimEvent>({ name, phase, isBackground, fire: (event) => event.fire() });
    this.kinds.push(kind);
    return kind;
  }
}
