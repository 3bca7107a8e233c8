import { demandFor } from '../scenario/demandFor.ts';
import type { Demand } from '../scenario/Scenario.ts';
import { StepFunction } from '../stats/StepFunction.ts';
import { type Instant, START } from '../units.ts';
import { type HourOfWeek, hoursOfWeek } from './hoursOfWeek.ts';
import type { WorkloadTrack } from './probes/WorkloadProbe.ts';
import type { Remains } from './Remains.ts';

/** Demand against ready replicas over one run. */
export interface DemandFigures {
  /** Integral of max(0, demand - ready x perReplica) from t = 0 to the end of the run, in requests. */
  readonly unservedRequests: number;
  /** Requests that came while the roll was going on, served or not. */
  readonly requestsDuringRoll: number;
}

/** Integrates the demand of every workload that has a curve; the first curve that matches a workload counts. */
export function demandFigures({ scenario, world, probes, facts }: Remains): DemandFigures {
  if (scenario.demand.length === 0) return { unservedRequests: 0, requestsDuringRoll: 0 };
  const end = Math.max(START, ...facts.resets.map(({ endedAt }) => endedAt)) as Instant;
  const hours = hoursOfWeek(scenario.start, world.sim.now);
  const loads = probes.workloads.all().flatMap((track) => {
    const demand = demandFor(scenario.demand, track);
    return demand ? [{ track, demand }] : [];
  });
  return {
    unservedRequests: sum(loads.map(({ track, demand }) => unserved(track, demand, hours))),
    requestsDuringRoll: sum(loads.map(({ demand }) => requests(demand, hours, end))),
  };
}

function unserved({ ready }: WorkloadTrack, { requestsPerSecond, perReplica }: Demand, hours: readonly HourOfWeek[]): number {
  const series = ready.series();
  const served = new StepFunction(series);
  return sum(
    hours.map(({ hour, from, to }) => {
      const cuts = [from, ...series.times.filter((at) => at > from && at < to), to];
      const rate = requestsPerSecond[hour] ?? 0;
      return sum(
        cuts
          .slice(1)
          .map((cut, index) => ((cut - (cuts[index] ?? cut)) / 1000) * Math.max(0, rate - served.at(cuts[index] ?? cut) * perReplica)),
      );
    }),
  );
}

function requests({ requestsPerSecond }: Demand, hours: readonly HourOfWeek[], end: Instant): number {
  return sum(hours.map(({ hour, from, to }) => ((requestsPerSecond[hour] ?? 0) * Math.max(0, Math.min(to, end) - from)) / 1000));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
