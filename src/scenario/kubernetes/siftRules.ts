import type { SiftRules } from './JsonSifter.ts';

/**
 * What becomes of a part of an object: either nobody reads it, or thousands of pods share it. In the second case the function gives the
 * text that identifies equal parts.
 */
export type SiftRule = 'unread' | ((text: string) => string);

/** The parts of Kubernetes objects that make up most of a dump. Only what no reader of any kind looks at may be `unread`. */
export const siftRules: SiftRules<SiftRule> = {
  metadata: { managedFields: 'unread', labels: asWritten, annotations: asWritten, ownerReferences: asWritten },
  spec: {
    affinity: asWritten,
    containers: withoutSuffixes,
    dnsConfig: 'unread',
    ephemeralContainers: 'unread',
    hostAliases: 'unread',
    imagePullSecrets: 'unread',
    initContainers: withoutSuffixes,
    nodeSelector: asWritten,
    overhead: asWritten,
    readinessGates: asWritten,
    resourceClaims: asWritten,
    resources: asWritten,
    securityContext: 'unread',
    tolerations: asWritten,
    topologySpreadConstraints: asWritten,
    volumes: withoutSuffixes,
  },
  status: { containerStatuses: 'unread', initContainerStatuses: 'unread', ephemeralContainerStatuses: 'unread' },
};

function asWritten(text: string): string {
  return text;
}

/** The volume with a service account's token has a random name in every pod, and no reader looks at the end of that name. */
function withoutSuffixes(text: string): string {
  return text.replace(/"kube-api-access-[a-z0-9]{5}"/g, '"kube-api-access"');
}
