/** The events of one phase and name, whatever their kinds: what a queue keeps of them. Slots are below 0 for none. */
export class Lane {
  readonly phase: number;
  readonly name: string;
  /** Orders lanes by phase and name, 0 first. */
  rank = 0;
  /** The first event of the current instant: the root of a heap or, before its turn has come, the first one of a chain. */
  root = NONE;
  /** The event of the current instant that came last, while it is there. */
  last = NONE;
  /** Whether the turn of this lane has come, and its events are in order. */
  isInOrder = false;
  /** The next lane that has events of the current instant; means something while this one has. */
  next: Lane | undefined = undefined;
  /** The later instant for which an event came last, and the last one of the chain of those for that instant. */
  laterAt = NO_INSTANT;
  laterLast = NONE;

  constructor(phase: number, name: string) {
    this.phase = phase;
    this.name = name;
  }
}

/** No time at all. */
export const NO_INSTANT = -1;
const NONE = -1;
