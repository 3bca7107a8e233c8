import type { Job } from '../../../src/cluster/Workload.ts';
import { deletePod } from '../../../src/controllers/deletePod.ts';
import { JobProgress } from '../../../src/controllers/JobProgress.ts';
import { instant, toSeconds } from '../../../src/units.ts';
import { aJob, aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../../support/controlPlane.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Given {
  readonly podReplacementPolicy?: Job['podReplacementPolicy'] | null;
  readonly podFailurePolicy?: readonly { readonly action: 'Ignore'; readonly onPodConditions: readonly string[] }[] | null;
  readonly grace?: number;
  readonly exit?: number;
  readonly backoffLimit?: number;
  readonly failuresSinceLastSuccess?: number;
  readonly lastFinish?: number;
}

const KEY = 'Job/default/sum';

/** Evicts the only pod of a Job at t = 0 and writes down what follows; or asks when the next pod may come. */
export function job({ given: anything, expect: wanted }: Vector): Outcome {
  const given = anything as Given;
  if (given.failuresSinceLastSuccess !== undefined) return { earliestCreate: earliestCreate(given) };
  const plane = planeOf(given);
  const events = listen(plane, given);
  plane.until(600);
  const failed = plane.jobs.lostPods(KEY);
  const isOver = failed > (given.backoffLimit ?? 6);
  if (!('events' in wanted)) return { failed, jobCondition: isOver ? 'FailureTarget/Failed, reason BackoffLimitExceeded' : 'none' };
  return { events, ...('jobFailed' in wanted ? { jobFailed: isOver } : {}) };
}

function earliestCreate({ failuresSinceLastSuccess = 0, lastFinish = 0 }: Given): number {
  const progress = new JobProgress([]);
  const names = Array.from({ length: failuresSinceLastSuccess }, (_, index) => `sum-${index}`);
  const { cluster } = aControlPlane({ pods: names.map((name) => aPod(name)) });
  for (const pod of cluster.pods.values()) progress.noteEnd(pod, instant(lastFinish * 1000));
  return toSeconds(progress.backoffEnd());
}

function planeOf({ podReplacementPolicy, podFailurePolicy, backoffLimit = 6, grace = 30, exit = 0 }: Given): ControlPlane {
  const spec = aPodSpec({ restartPolicy: 'Never', terminationGracePeriodSeconds: grace });
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'sum' };
  const sum: Job = {
    ...aJob('sum', 1, { terminationGracePeriodSeconds: grace }),
    backoffLimit,
    podReplacementPolicy: podReplacementPolicy ?? 'TerminatingOrFailed',
    ...(podFailurePolicy ? { podFailurePolicy: podFailurePolicy.map(({ action }) => ({ action, on: 'disruption' as const })) } : {}),
  };
  const pods = [aPod('sum-00001', { spec, owner, nodeName: 'n1', labels: { app: 'sum' } })];
  const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [sum], pods, exit });
  const first = plane.pod('sum-00001');
  plane.at(0, () => deletePod(plane.cluster, first, { now: plane.sim.now, cause: 'EvictionByEvictionAPI' }));
  return plane;
}

/** The events in the words of the vectors. */
function listen(plane: ControlPlane, { podReplacementPolicy, podFailurePolicy }: Given): { t: number; e: string }[] {
  const events: { t: number; e: string }[] = [];
  const note = (e: string) => events.push({ t: plane.sim.now / 1000, e });
  const failed = () => plane.jobs.lostPods(KEY);
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podTerminating' && podReplacementPolicy !== 'Failed') note(`pod counted failed (failed=${failed()})`);
    if (change.kind === 'podPhaseChanged' && change.pod.phase === 'Failed' && podReplacementPolicy !== 'Failed')
      note('old containers gone');
    if (change.kind === 'podPhaseChanged' && change.pod.phase === 'Failed' && podReplacementPolicy === 'Failed')
      note(podFailurePolicy ? `phase Failed, failed stays ${failed()}` : `phase Failed, failed=${failed()}`);
    if (change.kind === 'podAdded') note('replacement created');
  });
  return events;
}
