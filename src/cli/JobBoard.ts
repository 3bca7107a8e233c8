/**
 * Which thread does which job of a batch, in memory that all threads share. Each place of work takes the next job that nobody has taken:
 * slow and fast threads share the work without a message per job, and when a thread dies it is known which job it was doing.
 */
export class JobBoard {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  /** A board over `memory` that another thread made, or a new one. */
  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** A board for `jobs` jobs, of which none is taken, and as many `places` of work. */
  static open(jobs: number, places: number): JobBoard {
    const board = new JobBoard(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (HEAD + places)));
    board.#cells.fill(NOBODY);
    board.#cells[NEXT] = 0;
    board.#cells[COUNT] = jobs;
    return board;
  }

  /** Index of the next job, which nobody else will get; undefined when all are taken. */
  take(place: number): number | undefined {
    const index = Atomics.add(this.#cells, NEXT, 1);
    if (index >= Atomics.load(this.#cells, COUNT)) return undefined;
    Atomics.store(this.#cells, HEAD + place, index);
    return index;
  }

  /** Index of the job that was taken last at `place`, undefined when none was. */
  lastTaken(place: number): number | undefined {
    const index = Atomics.load(this.#cells, HEAD + place);
    return index === NOBODY ? undefined : index;
  }

  /** Whether a job is left to take. */
  get hasJobs(): boolean {
    return Atomics.load(this.#cells, NEXT) < Atomics.load(this.#cells, COUNT);
  }

  /**
   * Lets nobody take another job. Jobs are taken in order and all that are taken will be finished, so if any job fails, the first one that
   * would fail is among them.
   */
  close(): void {
    Atomics.store(this.#cells, NEXT, Atomics.load(this.#cells, COUNT));
  }
}

const [NEXT, COUNT, HEAD] = [0, 1, 2];
const NOBODY = -1;
