import type { Lane } from './Lane.ts';
import { type Phase, phaseRank } from './phase.ts';

/** What a kind of event is called, when within an instant it fires, and what it does. */
export interface EventKindOptions<Subject> {
  /** What happens, such as `podReady`: orders events of one instant and phase. Two kinds may share a name. */
  readonly name: string;
  readonly phase: Phase;
  /** A background event (a flush, a monitor pass) fires in its turn but does not keep a run going once nothing else is pending. */
  readonly isBackground?: boolean;
  readonly fire: (subject: Subject) => void;
}

/** One sort of event, created once per queue and scheduled for many subjects, so that an event itself is a few numbers and references. */
export interface EventKind<Subject> {
  readonly name: string;
  /** Rank of its phase, 0 first. */
  readonly phase: number;
  readonly isBackground: boolean;
  /** What the queue keeps of its events; undefined until that has seen the kind. */
  lane: Lane | undefined;
  fire(subject: Subject): void;
}

export function eventKind<Subject>({ name, phase, isBackground = false, fire }: EventKindOptions<Subject>): EventKind<Subject> {
  return { name, phase: phaseRank(phase), isBackground, lane: undefined, fire };
}
