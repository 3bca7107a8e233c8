import type { Labels } from '../../cluster/LabelSelector.ts';
import type { Taint } from '../../cluster/Taint.ts';

/** Labels by which managers mark the nodes of a pool, in order of preference: a pool made by this program's user wins. */
export const POOL_LABELS: readonly string[] = [
  'rollcast.io/pool',
  'cce.cloud.com/cce-nodepool',
  'cce.cloud.com/cce-nodepool-id',
  'eks.amazonaws.com/nodegroup',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
  'agentpool',
  'karpenter.sh/nodepool',
  'alibabacloud.com/nodepool-id',
  'hypershift.openshift.io/nodePool',
];

/** Domains (and all below them) whose labels and taints the kubelet or the provider writes. */
export const PROVIDER_DOMAINS = [
  'kubernetes.io',
  'k8s.io',
  'rollcast.io',
  'cce.cloud.com',
  'huawei.com',
  'huaweicloud.com',
  'amazonaws.com',
  'cloud.google.com',
  'azure.com',
  'karpenter.sh',
  'k8s.aws',
  'alibabacloud.com',
  'aliyun.com',
];

/** The taints that controllers put on a node for its state; they follow the state, not the pool. */
const STATE_TAINTS = ['node.kubernetes.io', 'node.cloudprovider.kubernetes.io'];

/** The pool that the labels of a node name, undefined when none does. */
export function poolOf(labels: Labels): string | undefined {
  const label = POOL_LABELS.find((key) => labels[key]);
  return label && labels[label];
}

/**
 * Whether a label of a dumped node counts as the pool's, so that it is back after a reset that wipes user-made labels.
 *
 * A dump does not tell who set a label. Those of `kubernetes.io`, `k8s.io` and the providers' domains count as the pool's, as do the labels
 * that name the pool; all others count as made by a user.
 */
export function isPoolLabel(key: string): boolean {
  return POOL_LABELS.some((label) => label === key) || isOf(key, PROVIDER_DOMAINS);
}

/** Whether a taint of a dumped node counts as the pool's: by the same rule, but without the taints that follow a node's state. */
export function isPoolTaint({ key }: Taint): boolean {
  return isOf(key, PROVIDER_DOMAINS) && !isOf(key, STATE_TAINTS);
}

function isOf(key: string, domains: readonly string[]): boolean {
  const slash = key.indexOf('/');
  const prefix = key.slice(0, Math.max(slash, 0));
  return domains.some((domain) => prefix === domain || prefix.endsWith(`.${domain}`));
}
