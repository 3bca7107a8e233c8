import { type FoundObject, isFields } from './objectsOf.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether the status of a workload tells of pods that are still to be replaced because its template has changed. */
export function isRollingOut({ kind, value }: FoundObject): boolean {
  const { spec, status } = isFields(value) ? value : {};
  const test = TESTS[kind];
  return test !== undefined && isFields(spec) && isFields(status) && test(spec, status);
}

const TESTS: Readonly<Record<string, (spec: Fields, status: Fields) => boolean>> = {
  Deployment: (spec, status) => spec.paused !== true && countOf(status.replicas) > countOf(status.updatedReplicas),
  DaemonSet: (spec, status) => isAutomatic(spec) && countOf(status.desiredNumberScheduled) > countOf(status.updatedNumberScheduled),
  StatefulSet: (spec, status) =>
    isAutomatic(spec) && !isPartitioned(spec) && status.updateRevision !== status.currentRevision && countOf(status.replicas) > 0,
};

function countOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function isAutomatic({ updateStrategy }: Fields): boolean {
  return !isFields(updateStrategy) || updateStrategy.type !== 'OnDelete';
}

/** With a partition nothing tells whether there is more to do. */
function isPartitioned({ updateStrategy }: Fields): boolean {
  const { rollingUpdate } = isFields(updateStrategy) ? updateStrategy : {};
  return isFields(rollingUpdate) && countOf(rollingUpdate.partition) > 0;
}
