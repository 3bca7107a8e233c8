import type { Pod } from '../../cluster/Pod.ts';
import { RollError } from '../../errors.ts';
import type { Scenario } from '../../scenario/Scenario.ts';
import type { Attempt } from '../../scheduler/Attempt.ts';
import type { Explanation, NodeAssessment } from '../../scheduler/explainDecision.ts';
import { between, type Instant, START } from '../../units.ts';
import type { EventRow } from '../EventColumns.ts';
import { findRemedies, type NodeRemedy } from '../remedies/findRemedies.ts';
import { Trial } from '../remedies/Trial.ts';
import { run } from '../run.ts';
import { untriedBecause } from '../untriedBecause.ts';
import type { World } from '../wire.ts';
import { followEvents } from './followEvents.ts';
import { findSubject, type Named, type Subject } from './Subject.ts';

/** Why a pod went where it went, or went nowhere. */
export interface ExplainedPod {
  /** `namespace/name`. */
  readonly pod: string;
  /** What happened to it, in order of time; a name that was used again has one history. */
  readonly history: readonly EventRow[];
  /** From before t = 0 to the end, in order of time. */
  readonly attempts: readonly NumberedAttempt[];
  /** undefined for a pod that was never tried. */
  readonly shown: ExplainedAttempt | undefined;
  /** Why a pod without a node was never tried; undefined for every other pod. */
  readonly untried: string | undefined;
}

/** One attempt in short. */
export interface NumberedAttempt {
  /** 1 for the first attempt at the name; goes on when the name is used again. */
  readonly number: number;
  readonly at: Instant;
  readonly outcome: 'bound' | 'unschedulable' | 'error';
  /** The node it was bound or, by preemption, nominated to. */
  readonly node: string | undefined;
  /** Pods that were to make room, `namespace/name`. */
  readonly victims: readonly string[];
  readonly wokenBy: string;
  readonly message: string | undefined;
}

/** One attempt in full. */
export interface ExplainedAttempt extends Explanation {
  readonly attempt: NumberedAttempt;
  /** For nodes that refused the pod, those with the fewest changes first. */
  readonly remedies: readonly NodeRemedy[];
  /** How many nodes were not looked at for remedies, because there are many. */
  readonly remediesLeftOut: number;
}

/** For so many nodes remedies are looked for. */
const MOST_NODES = 200;

/**
 * Runs `scenario` again and explains what the scheduler did with one pod, in full for attempt `number` (undefined: the last one that
 * failed, else the last).
 * @throws RollError `ARGUMENT_INVALID` when the run had no such pod or attempt.
 */
export function explainPod(scenario: Scenario, seed: string, subject: Subject, number: number | undefined): ExplainedPod {
  const { pod, attempts, history, untried } = replay(scenario, seed, subject);
  const chosen = chooseAttempt(pod, attempts, number);
  return { pod, history, attempts, untried, shown: chosen && showAttempt(scenario, seed, { pod, chosen }) };
}

interface Replayed extends Pick<ExplainedPod, 'pod' | 'attempts' | 'history' | 'untried'> {}

function replay(scenario: Scenario, seed: string, subject: Subject): Replayed {
  // Of other pods only the names are kept, for the hint when nothing is called as was asked.
  const keys = new Set<string>();
  const pods = new Map<string, Pod>();
  const note = (pod: Pod): void => {
    keys.add(pod.key);
    if (pod.name === subject.name) pods.set(pod.key, pod);
  };
  const attempts: Attempt[] = [];
  let history: readonly EventRow[] = [];
  run(scenario, seed, 'figures', (world) => {
    const { cluster, scheduler } = world;
    history = followEvents(world, ({ kind, name }) => kind === 'Pod' && name.endsWith(`/${subject.name}`));
    for (const pod of cluster.pods.values()) note(pod);
    cluster.subscribe((change) => {
      if (change.kind === 'podAdded') note(change.pod);
    });
    scheduler.onAttempt((attempt) => {
      if (attempt.pod.name === subject.name) attempts.push(attempt);
    });
  });
  const { key } = findSubject(subject, [...keys].map(namedPod));
  const pod = pods.get(key);
  const isUntried = pod?.nodeName === undefined && !attempts.some((attempt) => attempt.pod.key === key);
  return {
    pod: key,
    attempts: attempts.filter(({ pod }) => pod.key === key).map((attempt, index) => attemptRow(attempt, index + 1)),
    history: history.filter(({ object }) => object === `Pod/${key}`),
    untried: pod && isUntried ? untriedBecause(pod) : undefined,
  };
}

function namedPod(key: string): Named & { readonly key: string } {
  const slash = key.indexOf('/');
  return { kind: 'Pod', namespace: key.slice(0, slash), name: key.slice(slash + 1), key };
}

function attemptRow({ at, decision, wokenBy }: Attempt, number: number): NumberedAttempt {
  const { kind } = decision;
  const node = kind === 'bound' ? decision.node : kind === 'unschedulable' ? decision.nominated : undefined;
  const victims = kind === 'unschedulable' ? decision.victims.map(({ key }) => key) : [];
  return { number, at, outcome: kind, node, victims, wokenBy, message: kind === 'bound' ? undefined : decision.message };
}

function chooseAttempt(pod: string, attempts: readonly NumberedAttempt[], number: number | undefined): NumberedAttempt | undefined {
  if (number === undefined) return attempts.findLast(({ outcome }) => outcome !== 'bound') ?? attempts.at(-1);
  const chosen = attempts[number - 1];
  if (chosen) return chosen;
  const hint = attempts.length === 0 ? 'it was there from the start' : `write --attempt 1 to ${attempts.length}`;
  throw new RollError([{ code: 'ARGUMENT_INVALID', message: `pod ${pod} had no attempt ${number}`, hint }]);
}

/** Runs again up to the attempt, because only at that point is the cluster as the scheduler saw it. */
function showAttempt(scenario: Scenario, seed: string, { pod, chosen }: { pod: string; chosen: NumberedAttempt }): ExplainedAttempt {
  let count = 0;
  let shown: ExplainedAttempt | undefined;
  run({ ...scenario, horizon: between(START, chosen.at) }, seed, 'figures', (world) =>
    world.scheduler.onAttempt((attempt) => {
      if (attempt.pod.key !== pod) return;
      count += 1;
      if (count === chosen.number) shown = { attempt: chosen, ...lookAround(world, attempt.pod, scenario) };
    }),
  );
  if (!shown) throw new Error(`attempt ${chosen.number} for pod ${pod} did not come again`);
  return shown;
}

function lookAround({ cluster, scheduler }: World, pod: Pod, { kubernetesVersion }: Scenario): Omit<ExplainedAttempt, 'attempt'> {
  const explanation = scheduler.explain(pod);
  const refused = inVariety(explanation.nodes.filter(({ refusals }) => refusals.length > 0));
  const nearest = refused.slice(0, MOST_NODES).map(({ node }) => node);
  const remedies = nearest.length === 0 ? [] : findRemedies(new Trial(cluster, pod.key, kubernetesVersion), nearest);
  return { ...explanation, remedies, remediesLeftOut: refused.length - nearest.length };
}

/** Few refusals first, but a node of every kind of refusal before the second one of any. */
function inVariety(refused: readonly NodeAssessment[]): readonly NodeAssessment[] {
  const counts = new Map<string, number>();
  const ranked = refused.map((node) => {
    const kind = node.refusals.map(({ plugin, reasons }) => `${plugin}: ${reasons.join()}`).join(';');
    const rank = counts.get(kind) ?? 0;
    counts.set(kind, rank + 1);
    return { node, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.node.refusals.length - b.node.refusals.length).map(({ node }) => node);
}
