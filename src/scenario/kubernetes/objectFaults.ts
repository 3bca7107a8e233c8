import type { z } from 'zod';
import type { Fault } from '../../errors.ts';
import type { FoundObject } from './KubernetesObject.ts';
import { kinds } from './kinds.ts';

/** Puts what a schema complains about into faults at their places. Values are not repeated: they might be secret. */
export function faultsOf(object: FoundObject, issues: readonly z.core.$ZodIssue[]): Fault[] {
  return issues.map((issue) => faultAt(object, issue.path, { message: wordingOf(issue), hint: hintOf(object, issue) }));
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
  const whole = [...object.path, ...path];
  return {
    code: 'KUBERNETES_INVALID',
    ...(whole.length > 0 ? { path: whole.join('.') } : {}),
    position: object.located.locate(whole),
    message: `${nameOf(object)}${message}`,
    hint,
  };
}

function nameOf({ kind, namespace, name }: FoundObject): string {
  if (name === '') return '';
  return kinds[kind]?.isNamespaced ? `${kind} ${namespace}/${name}: ` : `${kind} ${name}: `;
}

function wordingOf(issue: z.core.$ZodIssue): string {
  return issue.message
    .replace(/^Invalid input: expected (.*), received undefined$/, 'this field is missing ($1)')
    .replace(/^Invalid input: /, '');
}

function hintOf({ kind }: FoundObject, issue: z.core.$ZodIssue): string {
  if (issue.message.includes('quantity')) return 'quantities are numbers with a suffix such as m, k, Ki, Mi or Gi';
  if (/^Invalid input: expected string, received (number|boolean)/.test(issue.message)) return 'put the value in quotes';
  const field = issue.path.filter((segment) => typeof segment === 'string').slice(0, 6);
  return `kubectl explain ${[kind.toLowerCase(), ...field].join('.')} tells what belongs here`;
}
