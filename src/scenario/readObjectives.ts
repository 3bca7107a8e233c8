import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { Duration } from '../units.ts';
import { parseStart } from './parseStart.ts';
import type { Path, Reading } from './Reading.ts';
import { refuseUnmatched } from './refuseUnmatched.ts';
import type { Goal, Objective, WorkloadMatch, ZonedStart } from './Scenario.ts';
import type { GivenObjective } from './schema/objectives.ts';
import { sections } from './schema/scenario.ts';

const PATH = ['spec', 'objectives'] as const;

/** What has to hold when a scenario names no objective. */
export const DEFAULT_OBJECTIVES: readonly Objective[] = [
  { name: 'the roll completes', probability: 1, goal: { kind: 'rollCompletes' } },
  { name: 'no pod has to wait for a node', probability: 1, goal: { kind: 'noPodPending' } },
  { name: 'no workload of two or more replicas has an outage', probability: 1, goal: { kind: 'noOutageOfReplicated' } },
];

/** Reads `spec.objectives`. A probability that is not given is 1; without any objective the three default ones apply. */
export function readObjectives(reading: Reading, start: ZonedStart, cluster: ClusterObjects | undefined): readonly Objective[] {
  const given = reading.optionalSection<GivenObjective[]>(PATH, sections.objectives, []) ?? [];
  if (given.length === 0) return DEFAULT_OBJECTIVES;
  for (const [index, { workloads }] of given.entries()) {
    if (typeof workloads === 'object') refuseUnmatched(reading, [...PATH, index, 'workloads'], workloads, cluster);
  }
  return given.flatMap((objective, index) =>
    goalsOf(reading, objective, start, [...PATH, index]).map((goal) => ({
      name: objective.name ?? goal.kind,
      probability: objective.probability ?? 1,
      goal,
    })),
  );
}

const WORKLOAD_GOALS = ['maxOutage', 'maxDegraded', 'maxBelowFloor'] as const;
const COUNT_GOALS = ['maxPendingPodSeconds', 'maxPeakPending', 'maxNeverScheduled', 'maxForcedKills', 'maxUnservedRequests'] as const;

function goalsOf(reading: Reading, given: GivenObjective, start: ZonedStart, path: Path): Goal[] {
  const goals: Goal[] = [];
  for (const kind of WORKLOAD_GOALS) {
    const limit = given[kind];
    if (limit !== undefined) goals.push(workloadGoal(kind, given.workloads, limit));
  }
  for (const kind of COUNT_GOALS) {
    const limit = given[kind];
    if (limit !== undefined) goals.push({ kind, limit });
  }
  if (given.maxDuration !== undefined) goals.push({ kind: 'maxDuration', limit: given.maxDuration });
  if (given.endBefore !== undefined) goals.push(...deadline(reading, given.endBefore, start, [...path, 'endBefore']));
  for (const [resource, share] of Object.entries(given.minHeadroom ?? {})) {
    goals.push({ kind: 'minHeadroom', resource, limit: Number.parseFloat(share) / 100 });
  }
  return goals;
}

function workloadGoal(kind: (typeof WORKLOAD_GOALS)[number], workloads: 'all' | WorkloadMatch | undefined, limit: Duration): Goal {
  return { kind, workloads: workloads === 'all' ? undefined : workloads, limit };
}

function deadline(reading: Reading, text: string, start: ZonedStart, path: Path): Goal[] {
  const time = parseStart(text);
  if ('problem' in time) {
    reading.refuse({ path, message: time.problem, hint: time.hint });
    return [];
  }
  if (time.epochMilliseconds <= start.epochMilliseconds)
    reading.refuse({ path, message: 'the deadline is not after the start', hint: 'choose a later time' });
  return [{ kind: 'endBefore', limit: time }];
}
