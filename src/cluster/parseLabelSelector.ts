import type { LabelSelector, Requirement } from './LabelSelector.ts';

/**
 * Parses a label selector as it is written on a command line: `app=web,tier!=db,zone in (a, b),!old`. Blank text selects everything.
 * @returns undefined for what is no selector.
 * @see kubernetes/apimachinery pkg/labels/selector.go (Parse, NewRequirement)
 */
export function parseLabelSelector(text: string): LabelSelector | undefined {
  if (text.trim() === '') return { requirements: [] };
  const requirements: Requirement[] = [];
  for (const part of text.split(COMMA_OUTSIDE)) {
    const requirement = parseRequirement(part.trim());
    if (!requirement || !isValid(requirement)) return undefined;
    requirements.push(requirement);
  }
  return { requirements };
}

const COMMA_OUTSIDE = /,(?![^(]*\))/;

const ABSENT = /^!\s*(?<key>[^\s=!(),<>]+)$/;
const SET = /^(?<key>[^\s=!(),<>]+)\s+(?<sign>in|notin)\s*\((?<list>[^()]*)\)$/;
const EXACT = /^(?<key>[^\s=!(),<>]+)(?:\s*(?<sign>==?|!=|[<>])\s*(?<value>[^\s=!(),<>]*))?$/;

function parseRequirement(text: string): Requirement | undefined {
  const { key = '', sign = '', list, value = '' } = (ABSENT.exec(text) ?? SET.exec(text) ?? EXACT.exec(text))?.groups ?? {};
  if (key === '') return undefined;
  if (text.startsWith('!')) return { key, operator: 'DoesNotExist', values: [] };
  const operator = OPERATORS.get(sign);
  if (!operator) return undefined;
  if (operator === 'Exists') return { key, operator, values: [] };
  return { key, operator, values: list === undefined ? [value] : valuesIn(list) };
}

function valuesIn(list: string): string[] {
  return list.trim() === '' ? [] : list.split(',').map((value) => value.trim());
}

const OPERATORS: ReadonlyMap<string, Requirement['operator']> = new Map([
  ['', 'Exists'],
  ['=', 'In'],
  ['==', 'In'],
  ['in', 'In'],
  ['!=', 'NotIn'],
  ['notin', 'NotIn'],
  ['>', 'Gt'],
  ['<', 'Lt'],
]);

const NAME = /^[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LONGEST_NAME = 63;
const LONGEST_PREFIX = 253;

function isValid({ key, operator, values }: Requirement): boolean {
  if (!isKey(key)) return false;
  if (operator === 'Gt' || operator === 'Lt') return values.every((value) => /^[+-]?\d+$/.test(value));
  if (operator === 'Exists' || operator === 'DoesNotExist') return true;
  return values.length > 0 && values.every((value) => value === '' || isName(value));
}

function isKey(key: string): boolean {
  const [name = '', prefix, ...rest] = key.split('/').reverse();
  const hasFitPrefix = prefix === undefined || (PREFIX.test(prefix) && prefix.length <= LONGEST_PREFIX);
  return isName(name) && hasFitPrefix && rest.length === 0;
}

function isName(text: string): boolean {
  return NAME.test(text) && text.length <= LONGEST_NAME;
}
