import type { LabelSelector, Labels, Requirement } from './LabelSelector.ts';
import type { ResourceList } from './ResourceList.ts';
import type { Toleration } from './Taint.ts';

/**
 * What a pod asks for: the part of Kubernetes' PodSpec that decides anything here, with Kubernetes' names, quantities as numbers
 * and defaults filled in as the API server does. Frozen and shared by all pods made from one template.
 * @see kubernetes/api core/v1/types.go (PodSpec)
 */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  /** Added to the requests of the containers. */
  readonly overhead: ResourceList;
  /** Pod-level requests and limits (1.34 on); they replace the sum over containers for the resources they name. */
  readonly resources: { readonly requests: ResourceList; readonly limits: ResourceList } | undefined;
  readonly nodeSelector: Labels;
  readonly affinity: Affinity;
  readonly tolerations: readonly Toleration[];
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[];
  /** Resolved from the priority class; 0 without one. */
  readonly priority: number;
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never';
  readonly schedulerName: string;
  readonly schedulingGates: readonly string[];
  /** `spec.nodeName` as written in a template; a live pod's node is `Pod.nodeName`. */
  readonly nodeName: string | undefined;
  readonly hostNetwork: boolean;
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
  readonly terminationGracePeriodSeconds: number;
  readonly volumes: readonly Volume[];
  /** Names of resource claims (dynamic resource allocation), which are not modelled. */
  readonly resourceClaims: readonly string[];
  readonly readinessGates: readonly string[];
  /**
   * Why the containers of a pod of a dump do not start, in the word of its kubelet such as `ImagePullBackOff`; undefined when nothing is
   * known to keep them from it. No template has one, so the pod that comes in its place starts.
   */
  readonly failsToStart: string | undefined;
  /** How long after its start its kubelet ends the pod; undefined: never. Only pods of Jobs and pods without a controller may have it. */
  readonly activeDeadlineSeconds: number | undefined;
}

/** One container; `restartPolicy: Always` on an init container makes it a sidecar. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly requests: ResourceList;
  /** What the scheduler counts in place of `requests` while it is being resized; absent: `requests`. */
  readonly countedRequests?: ResourceList;
  readonly limits: ResourceList;
  readonly ports: readonly ContainerPort[];
  readonly restartPolicy: 'Always' | undefined;
  readonly readinessProbe: Probe | undefined;
  readonly startupProbe: Probe | undefined;
  readonly livenessProbe: Probe | undefined;
  /** Seconds of a `preStop` sleep hook; 0 without one (an exec or http hook has no known length). */
  readonly preStopSeconds: number;
}

export interface ContainerPort {
  readonly hostIP: string;
  readonly hostPort: number;
  readonly protocol: string;
}

/** Probe timing in seconds, defaults filled in. */
export interface Probe {
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

export interface Affinity {
  readonly node: {
    /** Terms are or-ed; undefined: no requirement; an empty list matches no node. */
    readonly required: readonly NodeSelectorTerm[] | undefined;
    readonly preferred: readonly { readonly weight: number; readonly term: NodeSelectorTerm }[];
  };
  readonly pod: PodAffinity;
  readonly podAnti: PodAffinity;
}

/** Requirements on labels and on fields (`metadata.name`), all of which must hold. A term without any matches nothing. */
export interface NodeSelectorTerm {
  readonly matchExpressions: readonly Requirement[];
  readonly matchFields: readonly Requirement[];
}

export interface PodAffinity {
  readonly required: readonly PodAffinityTerm[];
  readonly preferred: readonly { readonly weight: number; readonly term: PodAffinityTerm }[];
}

export interface PodAffinityTerm {
  /** undefined matches no pod. */
  readonly labelSelector: LabelSelector | undefined;
  readonly topologyKey: string;
  readonly namespaces: readonly string[];
  /** undefined: not given; no requirements: every namespace. */
  readonly namespaceSelector: LabelSelector | undefined;
  readonly matchLabelKeys: readonly string[];
  readonly mismatchLabelKeys: readonly string[];
}

export interface TopologySpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly labelSelector: LabelSelector | undefined;
  readonly minDomains: number | undefined;
  readonly nodeAffinityPolicy: 'Honor' | 'Ignore';
  readonly nodeTaintsPolicy: 'Honor' | 'Ignore';
  readonly matchLabelKeys: readonly string[];
}

/** A volume of a pod: what kind of storage it is and the names needed to find it. */
export interface Volume {
  readonly name: string;
  /** The key of the source in Kubernetes: `persistentVolumeClaim`, `emptyDir`, `hostPath`, `configMap`, `ephemeral`, `csi` … */
  readonly source: string;
  /** For `persistentVolumeClaim` the claim's name; for `ephemeral` the name that the controller gives it, once the pod's name is known. */
  readonly claimName: string | undefined;
  readonly readOnly: boolean;
  /** `medium` of an emptyDir: `Memory` survives no reset either, but is not on disk. */
  readonly medium: string | undefined;
  /** The fields of the source as given, for the disks that VolumeRestrictions and NodeVolumeLimits look into. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Labels, annotations and spec from which a controller makes pods. */
export interface PodTemplate {
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}
