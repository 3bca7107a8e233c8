/** A wait within a drain, which is pointless once the drain has ended. */
export interface DrainListener {
  /** Who came before it and after it. Kept by the listeners. */
  earlier: DrainListener | undefined;
  later: DrainListener | undefined;
  onDrainEnd(): void;
}

/**
 * Those to be told when a drain ends, in the order in which they were added. A linked list, because most of them leave long before that.
 */
export class DrainListeners {
  private first: DrainListener | undefined = undefined;
  private last: DrainListener | undefined = undefined;

  add(listener: DrainListener): void {
    listener.earlier = this.last;
    if (this.last) this.last.later = listener;
    else this.first = listener;
    this.last = listener;
  }

  /** Does nothing when `listener` is not there. */
  remove(listener: DrainListener): void {
    const { earlier, later } = listener;
    if (earlier) earlier.later = later;
    else if (this.first === listener) this.first = later;
    else return;
    if (later) later.earlier = earlier;
    else this.last = earlier;
    listener.earlier = undefined;
    listener.later = undefined;
  }

  /** Tells all that the drain has ended; each may leave when told. */
  tell(): void {
    for (let listener = this.first; listener; ) {
      const { later } = listener;
      listener.onDrainEnd();
      listener = later;
    }
  }
}
