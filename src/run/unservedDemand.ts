import { demandFor } from '../scenario/demandFor.ts';
import { type HourOfWeek, hoursOfWeek } from '../scenario/hoursOfWeek.ts';
import type { Demand } from '../scenario/Scenario.ts';
import { StepFunction } from '../stats/StepFunction.ts';
import type { Instant } from '../units.ts';
import type { Probes } from './observe.ts';
import type { EndpointTrack } from './probes/EndpointProbe.ts';
import type { WorkloadTrack } from './probes/WorkloadTrack.ts';
import type { Remains } from './Remains.ts';
import { rollEnd } from './rollEnd.ts';

/** Demand against ready replicas over one run. */
export interface DemandFigures {
  /**
   * Lost requests from t = 0 to the end of the run: the integral of max(0, demand - ready x perReplica), and with endpoint lag the requests
   * sent to pods that no longer answer. For a workload that is short of replicas at the end and stays so, the count goes on to the horizon.
   */
  readonly unservedRequests: number;
  /** Whether a workload is short of replicas at the end of the run and loses requests at the highest demand of its week. */
  readonly missesRequestsAtEnd: boolean;
  /** Requests that came while the roll was going on, served or not. */
  readonly requestsDuringRoll: number;
}

/** Requests to one workload that were lost up to the end of the run because clients sent them to pods that had ended. */
export interface MissedRequests {
  readonly track: WorkloadTrack;
  readonly requests: number;
  /** How long requests were lost in that way, in seconds. */
  readonly seconds: number;
}

/** The workloads for which clients sent requests to pods that no longer answered; none without endpoint lag. */
export function missedRequests({ scenario, world, probes }: Remains): MissedRequests[] {
  if (!probes.endpoints) return [];
  const hours = hoursOfWeek(scenario.start, world.sim.now);
  const missed = loadsOf({ scenario, probes }).map(({ track, demand }) => {
    const stretches = stretchesOf(endpointsOf(probes, track), demand, hours).filter(
      ({ rate, known, answering }) => rate > 0 && answering < known,
    );
    const lost = stretches.map(({ seconds, rate, known, answering }) => seconds * rate * (1 - answering / known));
    return { track, requests: sum(lost), seconds: sum(stretches.map(({ seconds }) => seconds)) };
  });
  return missed.filter(({ requests }) => requests > 0);
}

/** Workloads with the demand on them. */
function loadsOf({ scenario, probes }: Pick<Remains, 'scenario' | 'probes'>): { readonly track: WorkloadTrack; readonly demand: Demand }[] {
  return probes.workloads.all().flatMap((track) => {
    const demand = demandFor(scenario.demand, track);
    return demand ? [{ track, demand }] : [];
  });
}

/** Integrates the demand of every workload that has a curve; the first curve that matches a workload counts. */
export function demandFigures({ scenario, world, probes, facts, countedUntil }: Remains): DemandFigures {
  if (scenario.demand.length === 0) return { unservedRequests: 0, missesRequestsAtEnd: false, requestsDuringRoll: 0 };
  const end = rollEnd(facts.resets);
  const hours = hoursOfWeek(scenario.start, world.sim.now);
  const loads = loadsOf({ scenario, probes });
  const short = loads.filter(({ track }) => track.ready.current < track.owed.current);
  const later = short.length === 0 ? [] : hoursAfter(world.sim.now, hoursOfWeek(scenario.start, countedUntil));
  return {
    unservedRequests: sum([
      ...loads.map(({ track, demand }) => unserved(endpointsOf(probes, track), demand, hours)),
      ...short.map(({ track, demand }) => unservedLater(track, demand, later)),
    ]),
    missesRequestsAtEnd: short.some(({ track, demand }) => missesRequests(track, demand)),
    requestsDuringRoll: sum(loads.map(({ demand }) => requests(demand, hours, end))),
  };
}

/** The parts of `hours` that are later than `at`. */
function hoursAfter(at: Instant, hours: readonly HourOfWeek[]): HourOfWeek[] {
  return hours.flatMap(({ hour, from, to }) => (to > at ? [{ hour, from: Math.max(from, at) as Instant, to }] : []));
}

/** What is lost while nothing changes any more. The lag of the endpoints has passed, so clients know exactly the Ready pods. */
function unservedLater({ ready: { current: ready } }: WorkloadTrack, demand: Demand, hours: readonly HourOfWeek[]): number {
  const lossIn = (hour: number) => lossRate(demand.requestsPerSecond[hour] ?? 0, { known: ready, answering: ready }, demand.perReplica);
  return sum(hours.map(({ hour, from, to }) => ((to - from) / 1000) * lossIn(hour)));
}

function missesRequests({ ready: { current: ready } }: WorkloadTrack, { requestsPerSecond, perReplica }: Demand): boolean {
  return lossRate(Math.max(...requestsPerSecond), { known: ready, answering: ready }, perReplica) > 0;
}

/** Without endpoint lag clients know exactly the Ready pods. */
function endpointsOf({ endpoints }: Probes, track: WorkloadTrack): EndpointTrack {
  const { ready } = track;
  return endpoints?.of(track) ?? { known: ready, answering: ready };
}

function unserved(endpoints: EndpointTrack, demand: Demand, hours: readonly HourOfWeek[]): number {
  const stretches = stretchesOf(endpoints, demand, hours);
  return sum(stretches.map(({ seconds, rate, ...pods }) => seconds * lossRate(rate, pods, demand.perReplica)));
}

/** A span of time in which neither the demand on a workload nor its pods change. */
interface Stretch {
  readonly seconds: number;
  /** Requests per second. */
  readonly rate: number;
  /** Pods that clients send requests to, and how many of them answer. */
  readonly known: number;
  readonly answering: number;
}

function stretchesOf({ known, answering }: EndpointTrack, { requestsPerSecond }: Demand, hours: readonly HourOfWeek[]): Stretch[] {
  const [sentTo, servedBy] = [known.series(), answering.series()];
  const [knownPods, answeringPods] = [new StepFunction(sentTo), new StepFunction(servedBy)];
  const times = [...new Set([...sentTo.times, ...servedBy.times])].sort((a, b) => a - b);
  return hours.flatMap(({ hour, from, to }) => {
    const cuts = [from, ...times.filter((at) => at > from && at < to)];
    const rate = requestsPerSecond[hour] ?? 0;
    return cuts.map((cut, index) => ({
      seconds: ((cuts[index + 1] ?? to) - cut) / 1000,
      rate,
      known: knownPods.at(cut),
      answering: answeringPods.at(cut),
    }));
  });
}

/**
 * Requests are spread evenly over all pods that clients know: those sent to pods that do not answer are lost, and each of the others serves
 * what it can.
 */
function lossRate(rate: number, { known, answering }: Pick<Stretch, 'known' | 'answering'>, perReplica: number): number {
  if (known === 0) return rate;
  const reached = rate * (answering / known);
  const excess = reached - answering * perReplica;
  return rate - reached + (excess > reached * ROUNDING ? excess : 0);
}

/** Three times 111.1 is a little less than 333.3 to a computer: such a share of the requests is not lost. */
const ROUNDING = 1e-9;

function requests({ requestsPerSecond }: Demand, hours: readonly HourOfWeek[], end: Instant): number {
  return sum(hours.map(({ hour, from, to }) => ((requestsPerSecond[hour] ?? 0) * Math.max(0, Math.min(to, end) - from)) / 1000));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
