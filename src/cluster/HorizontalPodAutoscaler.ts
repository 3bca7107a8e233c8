/** Changes the replicas of one workload with its load, between two bounds. Plain data: can be sent to a worker thread. */
export interface HorizontalPodAutoscaler {
  readonly namespace: string;
  readonly name: string;
  /** The workload that it scales, in its own namespace. */
  readonly target: { readonly kind: string; readonly name: string };
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** The CPU use per pod that it aims for; undefined when it uses only other metrics. */
  readonly cpu: CpuTarget | undefined;
  /** The other metrics that it has, in words such as `Resource memory`: they are not used. */
  readonly otherMetrics: readonly string[];
  /** How fast it may scale; undefined when it has no `behavior`, which is not the same as {@link DEFAULT_SCALING}. */
  readonly behavior: ScalingBehavior | undefined;
}

/** How fast an autoscaler may scale in each direction. */
export interface ScalingBehavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/**
 * Average CPU use per pod: in percent of its request, or in thousandths of a CPU. With `container` only that container of a pod counts
 * (ContainerResource).
 */
export type CpuTarget = { readonly container?: string } & (
  | { readonly kind: 'utilization'; readonly percent: number }
  | { readonly kind: 'averageValue'; readonly milliCpu: number }
);

/** How fast an autoscaler may go in one direction. */
export interface ScalingRules {
  /** How long the most cautious recommendation counts, in seconds. */
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
  readonly policies: readonly ScalingPolicy[];
  /** Share by which the use may miss the target; undefined: 0.1. Counts from Kubernetes 1.35 on. */
  readonly tolerance: number | undefined;
}

/** At most `value` pods, or percent of the replicas, in `periodSeconds`. */
export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly periodSeconds: number;
}

/**
 * The defaults for what a `behavior` leaves out: up at once by 4 pods or to twice the replicas in 15 s, down without limit once nothing
 * more was recommended for 300 s.
 * @see kubernetes/kubernetes pkg/apis/autoscaling/v2/defaults.go (SetDefaults_HorizontalPodAutoscalerBehavior)
 */
export const DEFAULT_SCALING: ScalingBehavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
    tolerance: undefined,
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    tolerance: undefined,
  },
};
