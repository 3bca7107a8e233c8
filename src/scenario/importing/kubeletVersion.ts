import { type KubernetesVersion, kubernetesVersions } from '../../cluster/KubernetesVersion.ts';
import { type FoundObject, isFields } from '../kubernetes/objectsOf.ts';

/** The minor version of the kubelet of a Node object (34 of `v1.34.2`); undefined for other objects, and when it does not say. */
export function kubeletMinor({ kind, value }: FoundObject): number | undefined {
  const status = kind === 'Node' && isFields(value) ? value.status : undefined;
  const info = isFields(status) ? status.nodeInfo : undefined;
  const text = isFields(info) ? info.kubeletVersion : undefined;
  const minor = typeof text === 'string' ? /^v?1\.(\d+)/.exec(text)?.[1] : undefined;
  return minor === undefined ? undefined : Number(minor);
}

/** The version whose rules come nearest to those of `minor`. */
export function nearestVersion(minor: number): KubernetesVersion {
  const [first, ...others] = kubernetesVersions;
  return others.findLast((version) => Number(version.slice(2)) <= minor) ?? first;
}
