import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import { type Fault, throwFaults } from '../errors.ts';
import { ClusterSnapshot } from '../scenario/importing/ClusterSnapshot.ts';
import { kubeletMinor, nearestVersion } from '../scenario/importing/kubeletVersion.ts';
import { ObjectReader, type ReadObjects } from '../scenario/kubernetes/ObjectReader.ts';
import { objectsOf } from '../scenario/kubernetes/objectsOf.ts';
import type { LocatedObject } from '../scenario/LocatedObject.ts';
import { documentsOf } from './loadDocuments.ts';

/** A dump that was read: its objects, what is kept of them, and the version of its cluster. */
export interface ImportedDump extends ReadObjects {
  readonly snapshot: ClusterSnapshot;
  readonly version: { readonly rules: KubernetesVersion; readonly kubelets: number | undefined };
}

/** Used when no node tells its version. */
const ASSUMED_VERSION = '1.34';

/**
 * Reads the files, folders and patterns `dumps`, relative to the working directory, and `-` for standard input.
 * @throws RollError with everything that is wrong with them.
 */
export function importDump(dumps: readonly string[], naming: 'plain' | 'anonymous'): ImportedDump {
  const reader = new ObjectReader();
  const snapshot = new ClusterSnapshot(naming);
  const faults: Fault[] = [];
  const minors: number[] = [];
  for (const dump of dumps) reader.read(taking(documentsOf(dump, faults), snapshot, minors));
  const kubelets = minors.length === 0 ? undefined : Math.min(...minors);
  const rules = kubelets === undefined ? ASSUMED_VERSION : nearestVersion(kubelets);
  const read = reader.finish({ start: 0, kubernetesVersion: rules });
  throwFaults([...faults, ...read.faults]);
  snapshot.finish();
  return { ...read, snapshot, version: { rules, kubelets } };
}

/** The documents as they pass by; their objects go into `snapshot`. */
function* taking(documents: Iterable<LocatedObject>, snapshot: ClusterSnapshot, minors: number[]): Generator<LocatedObject> {
  for (const document of documents) {
    yield document;
    for (const object of objectsOf(document)) {
      const minor = kubeletMinor(object);
      if (minor !== undefined) minors.push(minor);
      snapshot.add(object);
    }
  }
}
