/** What a checked request to upgrade a node pool asks for, without credentials and scripts. */
export interface UpgradeRequest {
  readonly maxUnavailable: number;
  readonly nodePoolID: string;
  /** undefined: all nodes of the pool. */
  readonly nodeIDs: readonly string[] | undefined;
  readonly skippedNodes: readonly string[];
  /** Whether a node whose pods cannot be evicted is reset anyway; undefined: the system's own rule. */
  readonly force: boolean | undefined;
  readonly retryTimes: number | undefined;
  readonly validateStorage: boolean;
  readonly waitPostInstallFinish: boolean | undefined;
  readonly hasPostInstall: boolean;
  readonly hasTemplate: boolean;
}
