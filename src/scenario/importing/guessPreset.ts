import type { NodeDescription } from '../../cluster/Node.ts';

/** Whose roll a pool probably has. */
export interface GuessedPreset {
  /** As `roll.preset` and `roll.drain.kind` name it. */
  readonly preset: string;
  readonly drainKind?: string;
  /** What it was guessed from, or that nothing tells. */
  readonly because: string;
}

/** Providers by the domain of the labels of their nodes, the most telling first: nodes of Karpenter also bear labels of their cloud. */
const PROVIDERS: readonly { readonly domain: string; readonly guess: GuessedPreset }[] = [
  { domain: 'cce.cloud.com', guess: { preset: 'cce-sync', because: 'labels of CCE' } },
  { domain: 'hypershift.openshift.io', guess: { preset: 'hypershift-inplace', because: 'labels of HyperShift' } },
  { domain: 'karpenter.sh', guess: drained('karpenter', 'labels of Karpenter') },
  { domain: 'alibabacloud.com', guess: { preset: 'ack-replace', because: 'labels of ACK' } },
  { domain: 'kubernetes.azure.com', guess: { preset: 'aks-unavailable', because: 'labels of AKS' } },
  { domain: 'eks.amazonaws.com', guess: drained('eks', 'labels of Amazon EKS') },
  { domain: 'cloud.google.com', guess: drained('gke', 'labels of GKE') },
];

/** The preset that the labels of `nodes` suggest; without a sign of a provider, that of a roll by hand. */
export function guessPreset(nodes: readonly Pick<NodeDescription, 'labels'>[]): GuessedPreset {
  const keys = new Set(nodes.flatMap(({ labels }) => Object.keys(labels)));
  const found = PROVIDERS.find(({ domain }) => [...keys].some((key) => key.startsWith(`${domain}/`)));
  return found?.guess ?? { preset: 'kubectl-drain', because: 'no label of a provider' };
}

/** A provider whose rolls have no preset, but whose way to drain is known. */
function drained(drainKind: string, because: string): GuessedPreset {
  return { preset: 'kubectl-drain', drainKind, because };
}
