import type { PriorityClass } from '../../cluster/ClusterObjects.ts';
import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodSpec, PodTemplate } from '../../cluster/PodSpec.ts';
import type { Toleration } from '../../cluster/Taint.ts';
import type { PodSpecDraft, PodTemplateDraft } from './podSpec.ts';

/** The classes that every cluster has. @see kubernetes/kubernetes pkg/apis/scheduling/v1/helpers.go */
const SYSTEM_CLASSES: readonly PriorityClass[] = [
  { name: 'system-node-critical', value: 2_000_001_000, globalDefault: false, preemptionPolicy: 'PreemptLowerPriority' },
  { name: 'system-cluster-critical', value: 2_000_000_000, globalDefault: false, preemptionPolicy: 'PreemptLowerPriority' },
];

/**
 * Completes pod specs as the admission plugins Priority and DefaultTolerationSeconds do, each distinct one once. Equal drafts that were
 * interned remain one object, and so do those of templates. Resources of the whole pod count from 1.34 on; before that the API server drops
 * them.
 * @see kubernetes/kubernetes plugin/pkg/admission/priority/admission.go
 */
export class PodSpecs {
  private readonly classes: ReadonlyMap<string, PriorityClass>;
  private readonly globalDefault: PriorityClass | undefined;
  private readonly completed = new Map<PodSpecDraft, PodSpec>();
  private readonly templates = new Map<PodSpecDraft, PodSpec>();

  private readonly hasPodLevel: boolean;

  constructor(classes: readonly PriorityClass[], version: KubernetesVersion) {
    this.hasPodLevel = version !== '1.33';
    this.classes = new Map([...SYSTEM_CLASSES, ...classes].map((each) => [each.name, each]));
    this.globalDefault = classes.filter((each) => each.globalDefault).sort((a, b) => a.value - b.value)[0];
  }

  hasClass(name: string): boolean {
    return this.classes.has(name);
  }

  /** The spec of a pod that exists. */
  complete(draft: PodSpecDraft): PodSpec {
    const known = this.completed.get(draft);
    if (known) return known;
    const spec = this.withPriority(draft);
    const tolerations = [...spec.tolerations, ...defaultTolerations(spec.tolerations)];
    const complete = specOf(spec, { ...spec, tolerations });
    this.completed.set(draft, complete);
    return complete;
  }

  /** A template with the priority of its pods; their tolerations are completed when the controller creates them. */
  completeTemplate({ spec, ...rest }: PodTemplateDraft): PodTemplate {
    const known = this.templates.get(spec) ?? this.withPriority(spec);
    this.templates.set(spec, known);
    return { ...rest, spec: known };
  }

  private withPriority(draft: PodSpecDraft): PodSpec {
    const { priorityClassName } = draft;
    const priorityClass = priorityClassName === undefined ? this.globalDefault : this.classes.get(priorityClassName);
    return specOf(draft, {
      tolerations: draft.tolerations,
      resources: this.hasPodLevel ? draft.resources : undefined,
      priority: draft.priority ?? priorityClass?.value ?? 0,
      preemptionPolicy: draft.preemptionPolicy ?? priorityClass?.preemptionPolicy ?? 'PreemptLowerPriority',
    });
  }
}

/**
 * A spec, field by field. The engine keeps objects copied with `...` as hash tables, which take six times the memory, and a DaemonSet may
 * need one spec per pod. The order of the fields matters: the hash of a template is that of its text.
 */
function specOf(draft: Omit<PodSpec, keyof Completed>, { tolerations, resources, priority, preemptionPolicy }: Completed): PodSpec {
  return {
    containers: draft.containers,
    initContainers: draft.initContainers,
    overhead: draft.overhead,
    resources,
    nodeSelector: draft.nodeSelector,
    affinity: draft.affinity,
    tolerations,
    topologySpreadConstraints: draft.topologySpreadConstraints,
    priority,
    preemptionPolicy,
    schedulerName: draft.schedulerName,
    schedulingGates: draft.schedulingGates,
    nodeName: draft.nodeName,
    hostNetwork: draft.hostNetwork,
    restartPolicy: draft.restartPolicy,
    terminationGracePeriodSeconds: draft.terminationGracePeriodSeconds,
    volumes: draft.volumes,
    resourceClaims: draft.resourceClaims,
    readinessGates: draft.readinessGates,
    failsToStart: draft.failsToStart,
    activeDeadlineSeconds: draft.activeDeadlineSeconds,
  };
}

type Completed = Pick<PodSpec, 'tolerations' | 'resources' | 'priority' | 'preemptionPolicy'>;

const FOR_A_WHILE = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** @see kubernetes/kubernetes plugin/pkg/admission/defaulttolerationseconds/admission.go */
function defaultTolerations(given: readonly Toleration[]): Toleration[] {
  return FOR_A_WHILE.filter((key) => !given.some((each) => coversNoExecute(each, key))).map((key) => ({
    key,
    operator: 'Exists',
    value: '',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));
}

function coversNoExecute(toleration: Toleration, key: string): boolean {
  return (toleration.key === key || toleration.key === '') && (toleration.effect === undefined || toleration.effect === 'NoExecute');
}
