/** Which nodes a request to upgrade a node pool is about. */
export interface RequestedNodes {
  readonly nodePoolID: string;
  /** undefined: all nodes of the pool. */
  readonly nodeIDs: readonly string[] | undefined;
  readonly skippedNodes: readonly string[];
  /** Whether the system checks the layout of their disks first. */
  readonly validateStorage: boolean;
}

/** What a checked request to upgrade a node pool asks for, without credentials and scripts. */
export interface UpgradeRequest extends RequestedNodes {
  readonly maxUnavailable: number;
  /** Whether a node whose pods cannot be evicted is reset anyway; undefined: the system's own rule. */
  readonly force: boolean | undefined;
  readonly retryTimes: number | undefined;
  readonly waitPostInstallFinish: boolean | undefined;
  readonly hasTemplate: boolean;
  /** Whether its scripts together are longer than some readings of the API allow. */
  readonly hasLongScripts: boolean;
}
