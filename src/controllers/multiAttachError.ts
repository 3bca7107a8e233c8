import type { Pod } from '../cluster/Pod.ts';

/**
 * The text of the event FailedAttachVolume for `pod`: its `volume` is attached to another node, where `users` want it. Users in other
 * namespaces are counted, not named.
 * @see kubernetes/kubernetes pkg/controller/volume/attachdetach/reconciler/reconciler.go (reportMultiAttachError)
 */
export function multiAttachError(volume: string, pod: Pod, users: readonly Pod[]): string {
  const named = users.filter(({ namespace }) => namespace === pod.namespace).map(({ name }) => name);
  const others = users.length - named.length;
  const foreign = others > 0 ? `${others} pod(s) in different namespaces` : '';
  const who = named.length === 0 ? foreign : `pod(s) ${named.join(', ')}${foreign && ` and ${foreign}`}`;
  const reason = who === '' ? "already exclusively attached to one node and can't be attached to another" : `already used by ${who}`;
  return `Multi-Attach error for volume "${volume}" Volume is ${reason}`;
}
