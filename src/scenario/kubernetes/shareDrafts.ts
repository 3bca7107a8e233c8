import type { Labels } from '../../cluster/LabelSelector.ts';
import type { NodeDescription } from '../../cluster/Node.ts';
import type { OwnerReference } from '../../cluster/OwnerReference.ts';
import type { ObjectDrafts } from './kinds.ts';
import type { PodSpecDraft } from './podSpec.ts';
import type { ReadContext } from './ReadContext.ts';
import type { PodDraft } from './readPod.ts';

/**
 * Drafts from elsewhere with the same shared parts that readers in `context` would give them: parts that are equal to those of another
 * object become the same object.
 */
export function shareDrafts(drafts: ObjectDrafts, context: ReadContext): ObjectDrafts {
  const { interner, parts } = context;
  const image = eachOnce((part: NodeDescription['images'][number]) => interner.share(part));
  return {
    ...drafts,
    pods: sharedPods(drafts.pods, context),
    workloads: drafts.workloads.map((workload) => ({ ...workload, template: parts.specs.shareTemplate(workload.template) })),
    nodes: drafts.nodes.map((node) => ({
      ...node,
      taints: interner.share(node.taints),
      allocatable: interner.share(node.allocatable),
      images: node.images.map(image),
    })),
  };
}

function sharedPods(pods: readonly PodDraft[], { interner, parts }: ReadContext): PodDraft[] {
  const labels = eachOnce((part: Labels) => interner.share(part));
  const owner = eachOnce((part: OwnerReference | undefined) => interner.share(part));
  const spec = eachOnce((part: PodSpecDraft) => parts.specs.share(part));
  return pods.map((pod) => ({
    namespace: interner.shareText(pod.namespace),
    name: pod.name,
    labels: labels(pod.labels),
    annotations: labels(pod.annotations),
    owner: owner(pod.owner),
    spec: spec(pod.spec),
    nodeName: pod.nodeName && interner.shareText(pod.nodeName),
    nominatedNodeName: pod.nominatedNodeName,
    phase: pod.phase,
    ready: pod.ready,
    createdEpoch: pod.createdEpoch,
    startDelaySeconds: pod.startDelaySeconds,
    termination: pod.termination,
  }));
}

/** `share` that is asked once for each object, since thousands of pods come with one. */
function eachOnce<Part>(share: (part: Part) => Part): (part: Part) => Part {
  const shared = new Map<Part, Part>();
  return (part) => {
    const known = shared.get(part) ?? share(part);
    shared.set(part, known);
    return known;
  };
}
