import { RollError } from '../errors.ts';
import type { EventRow } from '../run/EventColumns.ts';
import { type ExplainedNode, explainNode } from '../run/explain/explainNode.ts';
import { type ExplainedAttempt, type ExplainedPod, explainPod } from '../run/explain/explainPod.ts';
import { type ExplainedWorkload, explainWorkload } from '../run/explain/explainWorkload.ts';
import { parseSubject } from '../run/explain/Subject.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { toSeconds } from '../units.ts';
import type { ExplanationDocument, NodeExplanation, PodExplanation, WorkloadExplanation } from './Explanation.ts';
import { type DocumentHead, SCHEMA_VERSION } from './Forecast.ts';
import { nodeRow, secondsOrNull, workloadRow } from './forecastOf.ts';
import { maintenanceRow } from './maintenanceRow.ts';

/** What to explain, of which run. */
export interface Question {
  readonly scenario: Scenario;
  /** Of the run that is to be explained. */
  readonly seed: string;
  /** `pod/NAME`, `pod/NAMESPACE/NAME`, `workload/NAME`, `node/NAME` … */
  readonly subject: string;
  /** For a pod, counted from 1; undefined: the last one that failed, else the last. */
  readonly attempt: number | undefined;
  /** Version of this program, for the document. */
  readonly version: string;
}

/**
 * Runs a scenario again with one seed and explains one object of it.
 * @throws RollError `ARGUMENT_INVALID` when the run had no such object, `subject` cannot be read, or an attempt is asked for of what is no pod.
 */
export function explain({ scenario, seed, subject: text, attempt, version }: Question): ExplanationDocument {
  const head = { schemaVersion: SCHEMA_VERSION, rollcast: version, scenario: scenario.name, seed };
  const subject = parseSubject(text);
  if (attempt !== undefined && subject.kind !== 'pod') throw attemptOfNoPod(text);
  switch (subject.kind) {
    case 'pod':
      return podDocument(head, explainPod(scenario, seed, subject, attempt));
    case 'workload':
      return workloadDocument(head, explainWorkload(scenario, seed, subject));
    case 'node':
      return nodeDocument(head, explainNode(scenario, seed, subject), scenario);
  }
}

function attemptOfNoPod(subject: string): RollError {
  const message = `--attempt is one to schedule a pod, and ${subject} is none`;
  return new RollError([{ code: 'ARGUMENT_INVALID', message, hint: 'leave it out, or explain pod/NAME' }]);
}

function podDocument(head: DocumentHead, { pod, history, attempts, shown, untried }: ExplainedPod): PodExplanation {
  return {
    ...head,
    kind: 'pod',
    pod,
    history: history.map(historyRow),
    attempts: attempts.map(({ at, node, message, ...rest }) => ({
      ...rest,
      at: toSeconds(at),
      node: node ?? null,
      message: message ?? null,
    })),
    shown: shown ? shownDocument(shown) : null,
    untried: untried ?? null,
  };
}

function shownDocument({ attempt, outright, best, nodes, ...rest }: ExplainedAttempt): NonNullable<PodExplanation['shown']> {
  return {
    attempt: attempt.number,
    outright: outright ?? null,
    best,
    nodes: nodes.map(({ total, scores, ...node }) => ({
      ...node,
      total: total ?? null,
      scores: scores.map((score) => ({ ...score, weighted: score.weight * score.normalized })),
    })),
    ...rest,
  };
}

function workloadDocument(head: DocumentHead, { workload, budgets, pods }: ExplainedWorkload): WorkloadExplanation {
  return {
    ...head,
    kind: 'workload',
    workload: workloadRow(workload),
    budgets: budgets.map(({ namespace, name, refusals, blocked, stuck }) => ({
      budget: `${namespace}/${name}`,
      refusals,
      blockedSeconds: toSeconds(blocked),
      stuck,
    })),
    pods: pods.map(({ pod, node, createdAt, boundAt, readyAt, goneAt, cause, failedAttempts }) => ({
      pod,
      node: node ?? null,
      createdAt: toSeconds(createdAt),
      boundAt: secondsOrNull(boundAt),
      readyAt: secondsOrNull(readyAt),
      goneAt: secondsOrNull(goneAt),
      cause: cause ?? null,
      failedAttempts,
    })),
  };
}

function nodeDocument(
  head: DocumentHead,
  { node, reset, maintenance, history, traffic }: ExplainedNode,
  { start }: Scenario,
): NodeExplanation {
  return {
    ...head,
    kind: 'node',
    node,
    reset: reset ? { ...nodeRow(reset), reason: reset.reason ?? null } : null,
    ...(reset && maintenance ? { maintenance: maintenanceRow(maintenance, start) } : {}),
    refusedBy: (reset?.refusedBy ?? []).map(({ budget, refusals, blocked }) => ({ budget, refusals, blockedSeconds: toSeconds(blocked) })),
    history: history.map(historyRow),
    traffic: traffic.map(({ at, what, pod, cause }) => ({ at: toSeconds(at), what, pod, cause: cause ?? null })),
  };
}

function historyRow({ at, kind, detail }: EventRow): { at: number; event: string; detail: EventRow['detail'] } {
  return { at: toSeconds(at), event: kind, detail };
}
