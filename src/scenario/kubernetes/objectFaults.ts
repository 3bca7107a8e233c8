import type { z } from 'zod';
import type { Fault } from '../../errors.ts';
import { schemaFaults } from '../schemaFaults.ts';
import { kinds } from './kinds.ts';
import { type FoundObject, pathIn } from './objectsOf.ts';

/** Puts what a schema complains about into faults at their places. */
export function faultsOf(object: FoundObject, issues: readonly z.core.$ZodIssue[]): Fault[] {
  return schemaFaults(issues, object.value, 'KUBERNETES_INVALID').map(({ path, message, hint }) => {
    const reference = referenceFor(object, path);
    return faultAt(object, path, { message, hint: hint === undefined ? reference : `${hint}; ${reference}` });
  });
}

/** The fault of a document that has no kind or no API version. */
export function notAnObject(object: FoundObject): Fault {
  const message = 'this is no Kubernetes object: apiVersion or kind is missing';
  return faultAt(object, [], { message, hint: 'dump with kubectl get -o yaml or -o json' });
}

/** The fault of a second object with the kind and name of a first one. */
export function twiceNamed(object: FoundObject): Fault {
  const hint = 'two dumps of one cluster may overlap: load each object once';
  const message = 'another object of this kind has this name';
  return { ...faultAt(object, ['metadata', 'name'], { message, hint }), code: 'KUBERNETES_CONFLICT' };
}

function faultAt(object: FoundObject, path: readonly PropertyKey[], { message, hint }: { message: string; hint: string }): Fault {
  const shown = pathIn(object, path);
  return {
    code: 'KUBERNETES_INVALID',
    ...(shown === '' ? {} : { path: shown }),
    position: object.located.locate([...object.path, ...path]),
    message: `${nameOf(object)}${message}`,
    hint,
  };
}

function nameOf({ kind, namespace, name }: FoundObject): string {
  if (name === '') return '';
  return kinds[kind]?.isNamespaced ? `${kind} ${namespace}/${name}: ` : `${kind} ${name}: `;
}

/** Where to read what belongs at `path` of an object. */
function referenceFor({ kind }: FoundObject, path: readonly PropertyKey[]): string {
  const fields = path.filter((segment) => typeof segment === 'string').slice(0, 6);
  return `kubectl explain ${[kind.toLowerCase(), ...fields].join('.')} tells what belongs here`;
}
