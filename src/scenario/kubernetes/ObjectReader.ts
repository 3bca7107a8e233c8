import type { ClusterObjects } from '../../cluster/ClusterObjects.ts';
import type { PersistentVolumeClaim } from '../../cluster/Storage.ts';
import type { Fault } from '../../errors.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import type { Finding, NotModelled } from '../Scenario.ts';
import { claimsOfStatefulSet } from './claimTemplates.ts';
import { completeObjects, type ReadOptions } from './completeObjects.ts';
import { joinDrafts, type KindEntry, kinds, noDrafts } from './kinds.ts';
import { missingOwners } from './missingOwners.ts';
import { faultsOf, notAnObject, twiceNamed } from './objectFaults.ts';
import { type FoundObject, isFields, objectsOf } from './objectsOf.ts';
import { PodSpecs } from './PodSpecs.ts';
import type { PodSpecDraft } from './podSpec.ts';
import { readContext } from './ReadContext.ts';
import { References, type Use } from './References.ts';
import type { PodDraft } from './readPod.ts';
import type { SourceDrafts } from './SourceDrafts.ts';
import { Survey } from './Survey.ts';
import { shareDrafts } from './shareDrafts.ts';
import { TakenNames } from './TakenNames.ts';

/** What an input of Kubernetes objects holds. With a fault the objects are incomplete and nothing may be run. */
export interface ReadObjects {
  readonly objects: ClusterObjects;
  readonly faults: readonly Fault[];
  /** Kinds with a faulty object, which is therefore not among the objects; empty for what is no Kubernetes object. */
  readonly faulty: ReadonlySet<string>;
  /** Objects that were read and are not used, by kind; Secrets are among them, dropped unread. */
  readonly unused: readonly { readonly kind: string; readonly count: number }[];
  readonly notModelled: readonly NotModelled[];
  readonly warnings: readonly Finding[];
}

/** Reads the sources of an input one after the other: each by itself first, and at the end all of them together. */
export class ObjectReader {
  private readonly sources: SourceDrafts[] = [];
  private readonly faults: Fault[] = [];
  private readonly faulty = new Set<string>();
  private readonly names = new TakenNames();
  private readonly context = readContext();

  /**
   * Reads the objects of one source.
   * @returns what a later input can {@link restore}; undefined when anything is wrong with the objects.
   */
  read(located: Iterable<LocatedObject>): SourceDrafts | undefined {
    const before = this.faults.length;
    const source = new OpenSource();
    for (const document of located) {
      for (const object of objectsOf(document)) this.add(object, source);
    }
    const drafts = source.close();
    this.sources.push(drafts);
    return this.faults.length === before ? drafts : undefined;
  }

  /**
   * Does what {@link read} would do with the source at `file`, which an earlier input has read as `stored`. Does nothing if an earlier
   * source has one of its names, because only the source itself can give the position of that fault.
   */
  restore(stored: SourceDrafts, file: string): 'restored' | 'refused' {
    if (this.names.takeAll(stored.drafts) === 'none') return 'refused';
    const drafts = shareDrafts(stored.drafts, this.context);
    this.sources.push({ ...stored, drafts, nodeUses: usesAt(file, stored.nodeUses), classUses: usesAt(file, stored.classUses) });
    return 'restored';
  }

  /** The objects of all sources, and all that is wrong with them. */
  finish(options: ReadOptions): ReadObjects {
    const drafts = joinDrafts(this.sources.map((source) => source.drafts));
    const specs = new PodSpecs(drafts.priorityClasses, options.kubernetesVersion);
    const neededClaims = this.sources.flatMap((source) => source.neededClaims);
    const objects = completeObjects(drafts, { ...options, specs, neededClaims });
    const { otherNodes = [] } = options;
    const { survey, nodeUses, classUses } = this.together();
    const hasNode = (name: string) => otherNodes.includes(name) || this.isThere('Node', name);
    const hasClass = (name: string) => specs.hasClass(name) || this.isThere('PriorityClass', name);
    const faults = [
      ...this.faults,
      ...nodeUses.faults(hasNode, boundToNothing, 'dump the nodes of the same moment too, or remove the pod'),
      ...classUses.faults(hasClass, ofNoClass, 'add the PriorityClass object'),
    ];
    const { unused, notModelled } = survey;
    return { objects, faults, faulty: this.faulty, unused, notModelled, warnings: missingOwners(objects) };
  }

  /** Whether the input has an object, valid or faulty, of a kind that has no namespaces. */
  private isThere(kind: string, name: string): boolean {
    return this.names.isTaken({ kind, namespace: '', name });
  }

  private add(object: FoundObject, source: OpenSource): void {
    const kind = kinds[object.kind];
    if (object.kind === '') this.refuse(object, [notAnObject(object)]);
    else if (kind && kind.group === object.group) this.addKnown(object, kind, source);
    else source.survey.noteUnused(object);
  }

  private addKnown(object: FoundObject, kind: KindEntry, source: OpenSource): void {
    const { pods, workloads, cronJobs } = source.drafts;
    const before = { pods: pods.length, workloads: workloads.length, cronJobs: cronJobs.length };
    const isFree = this.names.take(object);
    const issues = kind.read(object.value, this.context, source.drafts);
    if (issues.length > 0) this.refuse(object, faultsOf(object, issues));
    else if (!isFree) this.faults.push(twiceNamed(object));
    if (object.kind === 'StatefulSet' && issues.length === 0) source.neededClaims.push(...claimsOfStatefulSet(object.value, this.context));
    source.notePods(object, before);
    source.survey.noteState(object);
  }

  private refuse({ kind }: FoundObject, faults: readonly Fault[]): void {
    this.faults.push(...faults);
    this.faulty.add(kind);
  }

  private together(): Pick<OpenSource, 'survey' | 'nodeUses' | 'classUses'> {
    const [survey, nodeUses, classUses] = [new Survey(), new References(), new References()];
    for (const source of this.sources) {
      survey.add(source.counts);
      nodeUses.add(source.nodeUses);
      classUses.add(source.classUses);
    }
    return { survey, nodeUses, classUses };
  }
}

/** A source that is being read. */
class OpenSource {
  readonly drafts = noDrafts();
  readonly neededClaims: PersistentVolumeClaim[] = [];
  readonly survey = new Survey();
  readonly nodeUses = new References();
  readonly classUses = new References();

  close(): SourceDrafts {
    const { drafts, neededClaims, survey, nodeUses, classUses } = this;
    return { drafts, neededClaims, counts: survey.counts, nodeUses: nodeUses.uses, classUses: classUses.uses };
  }

  /** Notes what the pod or the template that was just read refers to. */
  notePods(object: FoundObject, before: Readonly<Record<'pods' | 'workloads' | 'cronJobs', number>>): void {
    const { pods, workloads, cronJobs } = this.drafts;
    const pod = pods[before.pods];
    const workload = workloads[before.workloads];
    const cronJob = cronJobs[before.cronJobs];
    if (workload?.kind === 'Job' || cronJob) this.survey.noteJob(jobSpecOf(object.value));
    if (pod) this.notePod(pod, object);
    if (workload) this.noteTemplate(workload.template.spec, object, ['spec', 'template', 'spec']);
    if (cronJob) this.noteTemplate(cronJob.job.template.spec, object, ['spec', 'jobTemplate', 'spec', 'template', 'spec']);
  }

  private notePod(pod: PodDraft, object: FoundObject): void {
    this.survey.notePod(pod);
    this.survey.noteFinalizers(object.value);
    this.noteClass(pod.spec, object, ['spec']);
    const isRunning = pod.phase !== 'Succeeded' && pod.phase !== 'Failed';
    if (isRunning && pod.nodeName !== undefined) this.nodeUses.note(pod.nodeName, object, ['spec', 'nodeName']);
  }

  private noteTemplate(spec: PodSpecDraft, object: FoundObject, path: readonly string[]): void {
    this.survey.noteSpec(spec);
    this.noteClass(spec, object, path);
  }

  private noteClass({ priority, priorityClassName }: PodSpecDraft, object: FoundObject, path: readonly string[]): void {
    if (priority === undefined && priorityClassName !== undefined)
      this.classUses.note(priorityClassName, object, [...path, 'priorityClassName']);
  }
}

/** The spec of a Job, or of the Jobs of a CronJob. */
function jobSpecOf(value: unknown): unknown {
  const { spec } = isFields(value) ? value : {};
  const { jobTemplate } = isFields(spec) ? spec : {};
  return isFields(jobTemplate) ? jobTemplate.spec : spec;
}

function boundToNothing(node: string, user: string): string {
  return `${user} is bound to node ${node}, which does not exist`;
}

function ofNoClass(name: string, user: string): string {
  return `${user} has priority class ${name}, which does not exist`;
}

function usesAt(file: string, uses: ReadonlyMap<string, Use>): Map<string, Use> {
  return new Map([...uses].map(([name, use]) => [name, { ...use, position: { ...use.position, file } }]));
}
