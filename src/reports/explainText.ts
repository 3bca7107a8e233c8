import type { ExplanationDocument, NodeExplanation, PodExplanation, WorkloadExplanation } from '../experiments/Explanation.ts';
import { explainNodeSections } from './explainNodeRows.ts';
import { explainPodSections } from './explainPodRows.ts';
import { explainWorkloadSections } from './explainWorkloadRows.ts';
import { countOf, writeMoment, writeSeconds } from './figures.ts';
import type { Section } from './Section.ts';
import { pageText, type TerminalStyle } from './table.ts';

/** An explanation for people at a terminal: what came of it in one sentence, then why. */
export function explainText(document: ExplanationDocument, style: TerminalStyle): string {
  return pageText(headlineOf(document), sectionsOf(document), [], style);
}

type Headline = Parameters<typeof pageText>[0];

function headlineOf(document: ExplanationDocument): Headline {
  switch (document.kind) {
    case 'pod':
      return podHeadline(document);
    case 'workload':
      return workloadHeadline(document);
    case 'node':
      return nodeHeadline(document);
  }
}

function podHeadline({ pod, history, attempts, untried }: PodExplanation): Headline {
  const last = attempts.at(-1);
  const failed = attempts.filter(({ outcome }) => outcome !== 'bound').length;
  const count = `${countOf(attempts.length, 'attempt')}, ${failed === 0 ? 'none of which failed' : `${failed} of which failed`}`;
  if (untried !== null) return { outcome: 'fails', sentence: `Pod ${pod} has no node: ${untried}.` };
  if (!last) return { outcome: 'holds', sentence: `Pod ${pod} ${stayOf(history)}; the scheduler never had to try it.` };
  if (last.outcome !== 'bound') return { outcome: 'fails', sentence: `Pod ${pod} found no node after ${count}.` };
  return { outcome: 'holds', sentence: `Pod ${pod} was bound to ${last.node} at ${writeMoment(last.at)} after ${count}.` };
}

/** What became of a pod that was never tried. */
function stayOf(history: PodExplanation['history']): string {
  const gone = history.findLast(({ event }) => event === 'podGone');
  return gone
    ? `was there from the start and gone from ${gone.detail.node} at ${writeMoment(gone.at)}`
    : 'stayed where it was from the start';
}

function workloadHeadline({ workload }: WorkloadExplanation): Headline {
  const { kind, namespace, name, outageSeconds, outages, belowFloorSeconds, quorum, degradedSeconds, moves } = workload;
  const [subject, moved] = [`${kind} ${namespace}/${name}`, `its pods moved ${countOf(moves, 'time')}`];
  if (outageSeconds > 0) {
    const down = `was down for ${writeSeconds(outageSeconds)} in ${countOf(outages.length, 'outage')}`;
    return { outcome: 'fails', sentence: `${subject} ${down}; ${moved}.` };
  }
  if (belowFloorSeconds > 0) {
    const floor = quorum ? `without its quorum of ${quorum.size}` : 'below its floor';
    return { outcome: 'fails', sentence: `${subject} was ${floor} for ${writeSeconds(belowFloorSeconds)}, but never down; ${moved}.` };
  }
  const short = degradedSeconds > 0 ? `was short of replicas for ${writeSeconds(degradedSeconds)}` : 'always had all its replicas';
  return { outcome: 'holds', sentence: `${subject} was never down and ${short}; ${moved}.` };
}

function nodeHeadline({ node, reset }: NodeExplanation): Headline {
  if (!reset) return { outcome: 'holds', sentence: `Node ${node} is not part of the roll.` };
  if (reset.outcome === 'replaced')
    return {
      outcome: 'holds',
      sentence: `Node ${node} was replaced: cordoned at ${writeMoment(reset.cordonedAt)}, gone at ${writeMoment(reset.goneAt ?? null)}.`,
    };
  if (reset.createdAt !== undefined && reset.outcome === 'inService')
    return {
      outcome: 'holds',
      sentence: `Node ${node} was made at ${writeMoment(reset.createdAt)} and in service at ${writeMoment(reset.inServiceAt)}.`,
    };
  if (reset.outcome !== 'inService') {
    return { outcome: 'fails', sentence: `Node ${node} ended as ${reset.outcome}${reset.reason === null ? '' : `: ${reset.reason}`}.` };
  }
  const begin =
    reset.cordonedAt === null ? `worked on from ${writeMoment(reset.startedAt ?? null)}` : `cordoned at ${writeMoment(reset.cordonedAt)}`;
  const times = `${begin} and back in service at ${writeMoment(reset.inServiceAt)}`;
  return { outcome: 'holds', sentence: `Node ${node} was ${times}.` };
}

function sectionsOf(document: ExplanationDocument): Section[] {
  switch (document.kind) {
    case 'pod':
      return explainPodSections(document);
    case 'workload':
      return explainWorkloadSections(document);
    case 'node':
      return explainNodeSections(document);
  }
}
