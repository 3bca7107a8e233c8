import type { SiftRules } from './JsonSifter.ts';
import { isFields } from './objectsOf.ts';
import { isBeingResized } from './resize.ts';

/**
 * What becomes of a part of an object: nobody reads it, or only in some objects, or thousands of pods share it. In the last case the
 * function gives the text that identifies equal parts.
 */
export type SiftRule = 'unread' | ReadIf | ((text: string) => string);

/** A part that is read only if the rest of its object says that it matters. */
export interface ReadIf {
  readonly readIf: (object: Readonly<Record<string, unknown>>) => boolean;
}

const whenItTells: ReadIf = { readIf: ({ status }) => isFields(status) && (status.phase === 'Pending' || isResizing(status)) };

function isResizing({ conditions }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(conditions) && isBeingResized(conditions.filter(isCondition));
}

function isCondition(value: unknown): value is { readonly type: string } {
  return isFields(value) && typeof value.type === 'string';
}

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
  status: { containerStatuses: whenItTells, initContainerStatuses: whenItTells, ephemeralContainerStatuses: 'unread' },
};

function asWritten(text: string): string {
  return text;
}

/** The volume with a service account's token has a random name in every pod, and no reader looks at the end of that name. */
function withoutSuffixes(text: string): string {
  return text.replace(/"kube-api-access-[a-z0-9]{5}"/g, '"kube-api-access"');
}
