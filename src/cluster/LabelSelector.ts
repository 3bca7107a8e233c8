/** Labels of an object: plain key to value. */
export type Labels = Readonly<Record<string, string>>;

/** Whether `a` and `b` have the same keys and values. */
export function areSameLabels(a: Labels, b: Labels): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) if (a[key] !== b[key]) return false;
  return true;
}

/** One requirement of a label selector or a node selector term. `values` is empty for Exists and DoesNotExist. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values: readonly string[];
}

/** A label selector with `matchLabels` folded into In requirements. No requirement at all selects everything. */
export interface LabelSelector {
  readonly requirements: readonly Requirement[];
}

/**
 * Whether `labels` satisfy every requirement of `selector`. NotIn and DoesNotExist also hold for an absent key.
 * @see kubernetes/apimachinery pkg/labels/selector.go
 */
export function selectorMatches(selector: LabelSelector, labels: Labels): boolean {
  return selector.requirements.every((requirement) => requirementHolds(requirement, labels[requirement.key]));
}

/** Whether one requirement holds for the value of its key; `value` undefined means that the key is absent. */
export function requirementHolds({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return compareIntegers(value, values[0], (a, b) => a > b);
    case 'Lt':
      return compareIntegers(value, values[0], (a, b) => a < b);
  }
}

const INTEGER = /^[+-]?\d+$/;

function compareIntegers(value: string | undefined, bound: string | undefined, holds: (a: bigint, b: bigint) => boolean): boolean {
  if (value === undefined || bound === undefined || !INTEGER.test(value) || !INTEGER.test(bound)) return false;
  return holds(BigInt(value), BigInt(bound));
}
