import { PROVIDER_DOMAINS } from '../kubernetes/nodePool.ts';

/** Domains of label keys that stay; what others have below a provider's domain is replaced. */
const DOMAINS = new Set([
  ...PROVIDER_DOMAINS,
  'app.kubernetes.io',
  'apps.kubernetes.io',
  'batch.kubernetes.io',
  'beta.kubernetes.io',
  'eks.amazonaws.com',
  'failure-domain.beta.kubernetes.io',
  'hypershift.openshift.io',
  'karpenter.k8s.aws',
  'kubernetes.azure.com',
  'node.cloudprovider.kubernetes.io',
  'node.kubernetes.io',
  'node-role.kubernetes.io',
  'statefulset.kubernetes.io',
  'topology.kubernetes.io',
]);

const KEYS_WITHOUT_DOMAIN = new Set([
  'agentpool',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'metadata.name',
  'pod-template-generation',
  'pod-template-hash',
]);

/** Names within these domains that tell nothing about a cluster's owner. */
const NAMES = new Set(
  [
    'arch hostname instance-type os region zone windows-build metadata.name',
    'name instance version component part-of managed-by created-by',
    'pod-name pod-index job-name job-completion-index controller-uid',
    'control-plane master worker node infra etcd agent',
    'not-ready unreachable unschedulable memory-pressure disk-pressure pid-pressure network-unavailable out-of-service',
    'uninitialized shutdown exclude-disruption exclude-from-external-load-balancers',
    'cce-nodepool cce-nodepool-id nodegroup gke-nodepool agentpool nodepool nodepool-id nodePool pool capacity-type capacityType',
  ].flatMap((line) => line.split(' ')),
);

/** What a key of a label or taint is made of, each part to be replaced or not. */
export interface KeyParts {
  readonly domain: { readonly text: string; readonly isKnown: boolean; readonly provider: string | undefined } | undefined;
  readonly name: string;
  readonly isKnownName: boolean;
}

/** Takes a key of a label or taint apart. */
export function keyParts(key: string): KeyParts {
  const slash = key.indexOf('/');
  if (slash < 0) return { domain: undefined, name: key, isKnownName: KEYS_WITHOUT_DOMAIN.has(key) };
  const [text, name] = [key.slice(0, slash), key.slice(slash + 1)];
  const provider = PROVIDER_DOMAINS.find((domain) => text.endsWith(`.${domain}`));
  return { domain: { text, isKnown: DOMAINS.has(text), provider }, name, isKnownName: DOMAINS.has(text) && NAMES.has(name) };
}

/** Kinds of controllers of Kubernetes itself. */
export const BUILT_IN_KINDS: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'Node',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
]);

/** Types of conditions, and finalizers, that a reader of objects knows. */
export const CONDITIONS: ReadonlySet<string> = new Set([
  'Ready',
  'DisruptionAllowed',
  'DisruptionTarget',
  'PodResizePending',
  'PodResizeInProgress',
  'Complete',
  'Failed',
  'SuccessCriteriaMet',
  'FailureTarget',
  'batch.kubernetes.io/job-tracking',
]);

/** Whether a resource is one of Kubernetes' own, not one that a device plugin or an administrator has named. */
export function isOwnResource(name: string): boolean {
  return ['cpu', 'memory', 'pods', 'storage', 'ephemeral-storage'].includes(name) || /^hugepages-\d+[KMG]i$/.test(name);
}

/** Addresses that mean the same on every machine. */
export const COMMON_ADDRESSES: readonly string[] = ['', '0.0.0.0', '127.0.0.1', '::', '::1'];
