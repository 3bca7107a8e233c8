import { serialize } from 'node:v8';
import type { RunJob } from '../experiments/RunJob.ts';
import { packed } from '../scenario/packedScenarios.ts';
import type { Scenario } from '../scenario/Scenario.ts';

/** A value in bytes that all threads can read; its number tells a thread whether it has read it before. */
export interface Shared {
  readonly number: number;
  readonly bytes: SharedArrayBuffer;
}

/** The jobs of a batch as threads get them. */
export interface SharedJobs {
  /** What {@link packed} makes of them. */
  readonly scenarios: Shared;
  /** `readonly SharedJob[]` */
  readonly jobs: Shared;
}

/** One job, its scenario named by its place among the shared ones. */
export interface SharedJob extends Omit<RunJob, 'scenario'> {
  readonly scenario: number;
}

/** Shares jobs with threads. Scenarios are serialized once, and again only when a later batch brings new ones. */
export class JobSharing {
  #scenarios: Shared | undefined;
  #placeOf: ReadonlyMap<Scenario, number> = new Map();
  #count = 0;

  /** Puts `jobs` where threads can read them, in their order. */
  share(jobs: readonly RunJob[]): SharedJobs {
    const scenarios = this.#shareScenarios(new Set(jobs.map(({ scenario }) => scenario)));
    const listed = jobs.map(({ scenario, ...job }) => ({ ...job, scenario: this.#placeOf.get(scenario) }));
    return { scenarios, jobs: this.#inBytes(listed) };
  }

  #shareScenarios(scenarios: ReadonlySet<Scenario>): Shared {
    if (this.#scenarios && [...scenarios].every((scenario) => this.#placeOf.has(scenario))) return this.#scenarios;
    this.#placeOf = new Map([...scenarios].map((scenario, place) => [scenario, place]));
    this.#scenarios = this.#inBytes(packed([...scenarios]));
    return this.#scenarios;
  }

  #inBytes(value: unknown): Shared {
    const serialized = serialize(value);
    const bytes = new SharedArrayBuffer(serialized.length);
    new Uint8Array(bytes).set(serialized);
    return { number: this.#count++, bytes };
  }
}
