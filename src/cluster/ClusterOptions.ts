/** How a cluster differs from the plain one. */
export interface ClusterOptions {
  /** Whether cordon and uncordon change the taint `unschedulable` too (the default) or leave it to a controller. */
  readonly cordonTaint?: 'atOnce' | 'later';
}
