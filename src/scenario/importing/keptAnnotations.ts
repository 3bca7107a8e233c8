/** What the value of a kept annotation is: a plain word or number of the API, or names. */
export type AnnotationRole = 'value' | 'node' | 'word' | 'mark' | 'volumes' | 'plugins';

/** Annotations that a forecast looks at; a snapshot has no others. */
export const keptAnnotations: ReadonlyMap<string, AnnotationRole> = new Map([
  ['rollcast.io/lot', 'value'],
  ['controller.kubernetes.io/pod-deletion-cost', 'value'],
  ['cluster-autoscaler.kubernetes.io/safe-to-evict', 'value'],
  ['cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes', 'volumes'],
  ['kubernetes.io/config.mirror', 'mark'],
  ['deployment.kubernetes.io/revision', 'value'],
  ['deployment.kubernetes.io/desired-replicas', 'value'],
  ['deployment.kubernetes.io/max-replicas', 'value'],
  ['deprecated.daemonset.template.generation', 'value'],
  ['volume.kubernetes.io/selected-node', 'node'],
  ['pv.kubernetes.io/bind-completed', 'mark'],
  ['volume.beta.kubernetes.io/storage-class', 'word'],
  ['storageclass.kubernetes.io/is-default-class', 'value'],
  ['storageclass.beta.kubernetes.io/is-default-class', 'value'],
  ['storage.alpha.kubernetes.io/migrated-plugins', 'plugins'],
]);
