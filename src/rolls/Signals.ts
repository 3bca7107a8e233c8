import { Signal } from '../sim/Process.ts';

/** A signal for each key that something waits for. */
export class Signals<Key> {
  private readonly waiting = new Map<Key, Signal>();

  /** Fires when `fire` is called for `key`. */
  of(key: Key): Signal {
    const known = this.waiting.get(key);
    if (known) return known;
    const made = new Signal();
    this.waiting.set(key, made);
    return made;
  }

  /** Wakes those who wait for `key`, in the same instant. Later waits get a new signal. */
  fire(key: Key): void {
    if (this.waiting.size === 0) return;
    const known = this.waiting.get(key);
    if (!known) return;
    this.waiting.delete(key);
    known.fire();
  }
}
