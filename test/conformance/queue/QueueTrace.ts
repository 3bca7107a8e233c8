/** A Kubernetes object as recorded. */
export interface RecordedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** What was done to the cluster at `t` seconds. */
export type QueueOp = { readonly t: number } & (
  | { readonly op: 'create'; readonly object: RecordedObject }
  | ({ readonly op: 'delete' | 'deleteGraceful' } & RecordedTarget)
  | ({ readonly op: 'patch'; readonly patch: Readonly<Record<string, unknown>>; readonly subresource?: string } & RecordedTarget)
);

export interface RecordedTarget {
  readonly kind: string;
  readonly name?: string;
  readonly names?: readonly string[];
  readonly namespace?: string;
}

/** What the scheduler logged at `t` seconds. */
export interface QueueEvent {
  readonly t: number;
  readonly what: 'attempt' | 'failed' | 'bound' | 'moved';
  readonly pod: string;
  readonly message?: string;
  readonly node?: string;
  readonly event?: string;
}

/** One recording of when pending pods are tried again (`rollcast-trace/queue/1`). */
export interface QueueTrace {
  readonly kubernetesVersion: string;
  readonly objects: readonly RecordedObject[];
  readonly ops: readonly QueueOp[];
  readonly events: readonly QueueEvent[];
  readonly until: number;
  readonly pendingAtEnd: readonly { readonly pod: string; readonly message: string }[];
}
