import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { ScorePlugin } from '../Plugin.ts';

/** What the plugin adds to the message of a pod that fits nowhere; an error keeps preemption from being tried. */
export type ClaimOutcome =
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'nothing'; readonly messages: readonly string[] };

/**
 * Dynamic resource allocation. Only what shows for pods without claims is modelled: a part of the messages from 1.34 on, and a score of 0
 * in 1.35.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go (PostFilter)
 */
export const DynamicResources: ScorePlugin & {
  postFilter(version: KubernetesVersion, failure: 'filtered' | 'refusedOutright'): ClaimOutcome;
} = {
  name: 'DynamicResources',
  prepareScore: () => ({ score: () => 0 }),
  postFilter(version, failure) {
    if (version === '1.33') return { kind: 'nothing', messages: [] };
    // Its PreFilter has not run, so that it does not find its own state.
    if (failure === 'refusedOutright') return { kind: 'error', message: 'not found' };
    return { kind: 'nothing', messages: ['no new claims to deallocate'] };
  },
};
