import type { Pod } from '../cluster/Pod.ts';
import type { KubeletTiming } from '../controllers/KubeletTiming.ts';
import { type Latency, NO_LATENCY } from '../controllers/Latency.ts';
import { measuredLatency } from '../controllers/measuredLatencies.ts';
import type { VolumeTiming } from '../controllers/VolumeTiming.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { type Duration, NEVER, ZERO } from '../units.ts';
import type { Timings } from './timings.ts';
import { volumeTiming } from './volumeTiming.ts';

/** What a run's timings are drawn from. */
export interface SettlingOptions {
  readonly sim: Simulation;
  readonly scenario: Scenario;
  readonly timings: Timings;
  /** Whether `pod` waits for a volume that a reset has destroyed. */
  readonly isStranded: (pod: Pod) => boolean;
}

/** The timings of a run. Before t = 0 everything takes no time, so that whatever is started then is running at t = 0. */
export class SettlingTimings implements KubeletTiming {
  /** The time that a reaction of a controller takes; none unless the scenario asks for measured latencies. */
  readonly latency: Latency;
  private readonly timings: Timings;
  private readonly isStranded: (pod: Pod) => boolean;
  private readonly volumeTimes: VolumeTiming | undefined;
  private settling = true;

  constructor({ sim, scenario, timings, isStranded }: SettlingOptions) {
    this.timings = timings;
    this.isStranded = isStranded;
    this.volumeTimes = volumeTiming(sim, scenario.timing.volumes);
    const measured: Latency = (reaction, entity) =>
      this.settling ? ZERO : measuredLatency(reaction, sim.stream(`latency/${reaction}`, entity));
    this.latency = scenario.latencies === 'measured' ? measured : NO_LATENCY;
  }

  /** Whether it is still the time before t = 0. */
  get isSettling(): boolean {
    return this.settling;
  }

  /** Ends the time before t = 0. */
  endSettling(): void {
    this.settling = false;
  }

  /** A pod that never runs does not run before t = 0 either. */
  start(pod: Pod): Duration {
    const time = this.timings.start(pod);
    return this.settling && time !== NEVER ? ZERO : time;
  }

  complete(pod: Pod): Duration {
    return this.timings.complete(pod);
  }

  ready(pod: Pod): Duration {
    if (this.settling) return ZERO;
    return this.isStranded(pod) ? NEVER : this.timings.ready(pod);
  }

  readyIs(pod: Pod): 'Ready' | 'answering' {
    return this.settling ? 'Ready' : this.timings.readyIs(pod);
  }

  runsOn(pod: Pod): boolean {
    return this.timings.runsOn(pod);
  }

  gates(pod: Pod): Duration {
    return this.settling ? ZERO : this.timings.gates(pod);
  }

  crash(pod: Pod): Duration {
    return this.settling ? NEVER : this.timings.crash(pod);
  }

  exit(pod: Pod): Duration {
    return this.settling ? ZERO : this.timings.exit(pod);
  }

  get images(): KubeletTiming['images'] {
    const { images } = this.timings;
    return this.settling && images ? { ...images, ...AT_ONCE } : images;
  }

  /** undefined while volumes take no time: before t = 0, and in a scenario that does not time them. */
  get volumes(): VolumeTiming | undefined {
    return this.settling ? undefined : this.volumeTimes;
  }
}

const AT_ONCE = { nodeRate: Number.POSITIVE_INFINITY, registryRate: Number.POSITIVE_INFINITY, failing: [] };
