import { isFields } from '../kubernetes/objectsOf.ts';
import { keptAnnotations } from './keptAnnotations.ts';
import type { Rename } from './Shape.ts';

/** Leaves every name as it is; of annotations only those that are kept, and of owners only the controller. */
export const plainRename: Rename = (role, value) => {
  if (role === 'present') return {};
  if (role === 'owner') return controllerOf(value);
  if (role === 'annotations') return annotationsOf(value);
  if (role === 'requirement') return requirementOf(value);
  if (role === 'labels' || role === 'resources' || role === 'disrupted') return entriesOf(value);
  return isScalar(value) ? value : undefined;
};

/** A number, a text or a truth value. */
export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The controller that an owner reference names; undefined for an owner that is none. Its UID is dropped. */
function controllerOf(value: unknown): unknown {
  if (!isFields(value) || value.controller !== true) return undefined;
  const { apiVersion, kind, name } = value;
  return { apiVersion, kind, name, controller: true };
}

function annotationsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isFields(value)) return undefined;
  const kept = Object.entries(value).filter(([key]) => keptAnnotations.has(key));
  return kept.length === 0 ? undefined : Object.fromEntries(kept.filter(([, text]) => isScalar(text)));
}

function requirementOf(value: unknown): unknown {
  if (!isFields(value)) return undefined;
  const { key, operator, values } = value;
  return { key, ...(isScalar(operator) ? { operator } : {}), ...(Array.isArray(values) ? { values: values.filter(isScalar) } : {}) };
}

function entriesOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isFields(value) ? Object.fromEntries(Object.entries(value).filter(([, each]) => isScalar(each))) : undefined;
}
