import type { ClusterObjects } from '../../cluster/ClusterObjects.ts';
import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodDescription } from '../../cluster/Pod.ts';
import type { PersistentVolumeClaim } from '../../cluster/Storage.ts';
import type { Fault } from '../../errors.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import type { Finding, NotModelled } from '../Scenario.ts';
import { claimsOfStatefulSet, completeClaims } from './claimTemplates.ts';
import { type FoundObject, objectsOf } from './KubernetesObject.ts';
import { type KindEntry, kinds, noDrafts } from './kinds.ts';
import { missingOwners } from './missingOwners.ts';
import { faultsOf, notAnObject, twiceNamed } from './objectFaults.ts';
import { PodSpecs } from './PodSpecs.ts';
import { type ReadContext, readContext } from './ReadContext.ts';
import { References } from './References.ts';
import type { PodDraft } from './readPod.ts';
import { NAMESPACE_NAME } from './readService.ts';
import { Survey } from './Survey.ts';

/** What an input of Kubernetes objects holds. With a fault the objects are incomplete and nothing may be run. */
export interface ReadObjects {
  readonly objects: ClusterObjects;
  readonly faults: readonly Fault[];
  /** Objects that were read and are not used, by kind; Secrets are among them, dropped unread. */
  readonly unused: readonly { readonly kind: string; readonly count: number }[];
  readonly notModelled: readonly NotModelled[];
  readonly warnings: readonly Finding[];
}

/** What the reading of objects depends on besides the objects. */
export interface ReadOptions {
  /** Wall clock of t = 0 in milliseconds since 1970; creation times count from it. */
  readonly start: number;
  readonly kubernetesVersion: KubernetesVersion;
  /** Nodes that exist besides those of the input: pods may be bound to them. */
  readonly otherNodes?: readonly string[];
}

/**
 * Turns Kubernetes objects as kubectl prints them into the objects of a cluster, with the API server's defaults filled in.
 *
 * Takes the documents one by one and keeps none of them, so that a generator may feed a dump that would not fit in memory. Everything
 * that is wrong is collected: see {@link ReadObjects.faults}.
 */
export function readObjects(located: Iterable<LocatedObject>, options: ReadOptions): ReadObjects {
  const reader = new ObjectReader(options);
  for (const document of located) {
    for (const object of objectsOf(document)) reader.add(object);
  }
  return reader.finish();
}

class ObjectReader {
  private readonly options: ReadOptions;
  private readonly drafts = noDrafts();
  private readonly faults: Fault[] = [];
  private readonly survey = new Survey();
  /** Names that were taken, by kind and namespace. */
  private readonly names = new Map<string, Set<string>>();
  private readonly nodeUses = new References();
  private readonly classUses = new References();
  private readonly context: ReadContext;
  private readonly neededClaims: PersistentVolumeClaim[] = [];

  constructor(options: ReadOptions) {
    this.options = options;
    this.context = readContext(options.start);
  }

  add(object: FoundObject): void {
    const kind = kinds[object.kind];
    if (object.kind === '') this.faults.push(notAnObject(object));
    else if (kind && kind.group === object.group) this.read(object, kind);
    else this.survey.noteUnused(object);
  }

  finish(): ReadObjects {
    const { pods, workloads, cronJobs, namespaces, claims, ...rest } = this.drafts;
    const { faults, survey, options } = this;
    const specs = new PodSpecs(rest.priorityClasses, options.kubernetesVersion);
    const nodes = new Set([...rest.nodes.map(({ name }) => name), ...(options.otherNodes ?? [])]);
    const objects: ClusterObjects = {
      ...rest,
      namespaces: [...namespaces, ...impliedNamespaces(this.drafts)],
      pods: pods.map((pod) => completePod(pod, specs)),
      workloads: workloads.map((workload) => ({ ...workload, template: specs.completeTemplate(workload.template) })),
      cronJobs: cronJobs.map(({ job, ...cronJob }) => ({ ...cronJob, job: { ...job, template: specs.completeTemplate(job.template) } })),
      claims: completeClaims(claims, this.neededClaims, rest.storageClasses),
    };
    faults.push(
      ...this.nodeUses.faults((name) => nodes.has(name), boundToNothing, 'dump the nodes of the same moment too, or remove the pod'),
      ...this.classUses.faults((name) => specs.hasClass(name), ofNoClass, 'add the PriorityClass object'),
    );
    const { unused, notModelled } = survey;
    return { objects, faults, unused, notModelled, warnings: missingOwners(objects) };
  }

  private read(object: FoundObject, kind: KindEntry): void {
    const before = { pods: this.drafts.pods.length, workloads: this.drafts.workloads.length };
    const isTaken = this.isTaken(object, kind);
    const issues = kind.read(object.value, this.context, this.drafts);
    if (issues.length > 0) this.faults.push(...faultsOf(object, issues));
    else if (isTaken) this.faults.push(twiceNamed(object));
    if (object.kind === 'StatefulSet') this.neededClaims.push(...claimsOfStatefulSet(object.value, this.context));
    this.notePods(object, before);
  }

  /** Whether an earlier object has the kind and the name of this one, which are taken from now on. */
  private isTaken({ kind, namespace, name }: FoundObject, { isNamespaced }: KindEntry): boolean {
    const scope = isNamespaced ? `${kind}/${namespace}` : kind;
    const names = this.names.get(scope) ?? new Set();
    this.names.set(scope, names);
    const before = names.size;
    names.add(name);
    return names.size === before;
  }

  /** Notes what the pod or the template that was just read refers to. */
  private notePods(object: FoundObject, before: { readonly pods: number; readonly workloads: number }): void {
    const pod = this.drafts.pods[before.pods];
    const workload = this.drafts.workloads[before.workloads];
    if (object.kind === 'Job') this.survey.noteJob(object.value);
    if (pod) this.survey.notePod(pod);
    if (workload) this.survey.noteSpec(workload.template.spec);
    const isRunning = pod && pod.phase !== 'Succeeded' && pod.phase !== 'Failed';
    if (isRunning && pod.nodeName !== undefined) this.nodeUses.note(pod.nodeName, object, ['spec', 'nodeName']);
    const spec = pod?.spec ?? workload?.template.spec;
    const path = pod ? ['spec'] : ['spec', 'template', 'spec'];
    if (spec?.priority === undefined && spec?.priorityClassName !== undefined)
      this.classUses.note(spec.priorityClassName, object, [...path, 'priorityClassName']);
  }
}

/** Field by field, since the engine would keep a copy with `...` as a hash table. */
function completePod(pod: PodDraft, specs: PodSpecs): PodDescription {
  return {
    namespace: pod.namespace,
    name: pod.name,
    labels: pod.labels,
    annotations: pod.annotations,
    owner: pod.owner,
    spec: specs.complete(pod.spec),
    nodeName: pod.nodeName,
    nominatedNodeName: pod.nominatedNodeName,
    phase: pod.phase,
    ready: pod.ready,
    createdAt: pod.createdAt,
    termination: pod.termination,
  };
}

function boundToNothing(node: string, user: string): string {
  return `${user} is bound to node ${node}, which does not exist`;
}

function ofNoClass(name: string, user: string): string {
  return `${user} has priority class ${name}, which does not exist`;
}

/** Namespaces that objects live in without being described: they have the label that every namespace has. */
function impliedNamespaces({ namespaces, pods, workloads }: ReturnType<typeof noDrafts>): ClusterObjects['namespaces'] {
  const known = new Set(namespaces.map(({ name }) => name));
  const used = new Set([...pods, ...workloads].map(({ namespace }) => namespace));
  return [...used].filter((name) => !known.has(name)).map((name) => ({ name, labels: { [NAMESPACE_NAME]: name } }));
}
