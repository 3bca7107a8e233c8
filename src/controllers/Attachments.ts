import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Instant } from '../units.ts';

/** One volume on one node, as the attach-detach controller believes it to be. */
export interface Attachment {
  /** Of the VolumeAttachment object. */
  readonly name: string;
  readonly volume: string;
  readonly nodeName: string;
  state: 'attaching' | 'attached' | 'detaching';
  /** When it was first seen that no pod on the node wants it. */
  unwantedSince: Instant | undefined;
  /** Looks at it again when it has been in use for too long. */
  timer: EventHandle | undefined;
}

/** What is attached where; an attachment that is being made or undone counts. */
export class Attachments {
  private readonly byVolume = new Map<string, Set<Attachment>>();
  private readonly byNode = new Map<string, Set<Attachment>>();

  add(given: Pick<Attachment, 'name' | 'volume' | 'nodeName' | 'state'>): Attachment {
    const attachment: Attachment = { ...given, unwantedSince: undefined, timer: undefined };
    this.byVolume.set(given.volume, (this.byVolume.get(given.volume) ?? new Set()).add(attachment));
    this.byNode.set(given.nodeName, (this.byNode.get(given.nodeName) ?? new Set()).add(attachment));
    return attachment;
  }

  remove(attachment: Attachment): void {
    attachment.timer?.cancel();
    this.byVolume.get(attachment.volume)?.delete(attachment);
    this.byNode.get(attachment.nodeName)?.delete(attachment);
  }

  /** Names of the volumes that are or were attached anywhere. */
  get volumes(): Iterable<string> {
    return this.byVolume.keys();
  }

  of(volume: string): readonly Attachment[] {
    return [...(this.byVolume.get(volume) ?? [])];
  }

  on(nodeName: string): Iterable<Attachment> {
    return this.byNode.get(nodeName) ?? [];
  }

  /** Whether `volume` is on the node and stays there for the time being. */
  isAttached(volume: string, nodeName: string | undefined): boolean {
    return this.of(volume).some((attachment) => attachment.nodeName === nodeName && attachment.state === 'attached');
  }
}
