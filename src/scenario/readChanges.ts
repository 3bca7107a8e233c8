import type { NodeDescription } from '../cluster/Node.ts';
import type { ChangeClass, PoolChange, PoolChanges } from '../rolls/ChangeTable.ts';
import type { Preset } from '../rolls/Preset.ts';
import type { WipePlan } from '../rolls/RollPlan.ts';
import { type Duration, ZERO } from '../units.ts';
import { nearest } from './nearest.ts';
import { noteChanges } from './noteChanges.ts';
import type { Reading } from './Reading.ts';
import type { GivenChange, GivenRoll } from './schema/roll.ts';

const PATH = ['spec', 'roll', 'changes'] as const;

/** What the changes are made to. */
interface Edited {
  readonly preset: Preset;
  readonly wipe: WipePlan;
  /** The nodes that the roll would take. */
  readonly chosen: readonly NodeDescription[];
  /** Those of the cluster. */
  readonly all: readonly NodeDescription[];
}

/**
 * Reads `spec.roll.changes` by the table of the preset, and notes which of them the roll applies.
 * @returns undefined without changes.
 */
export function readChanges(reading: Reading, { changes }: Pick<GivenRoll, 'changes'>, edited: Edited): PoolChanges | undefined {
  if (!changes) return undefined;
  const { preset, chosen, all } = edited;
  const list = changes.flatMap((one, index) => changeOf(reading, typeof one === 'string' ? { field: one } : one, edited, index));
  const pools = new Set(chosen.map(({ pool }) => pool));
  const isEdited = (node: NodeDescription) => (node.pool === undefined ? chosen.includes(node) : pools.has(node.pool));
  if (list.length === changes.length) noteChanges(reading, list, preset);
  return { list, nodes: all.filter(isEdited).map(({ name }) => name) };
}

/** Whether existing nodes have to be rolled for `changes`; so they have when nobody says what was changed. */
export function needsRoll(changes: PoolChanges | undefined): boolean {
  return changes === undefined || changes.list.some((change) => change.class === 'roll');
}

function changeOf(reading: Reading, given: GivenChange, { preset, wipe }: Edited, index: number): PoolChange[] {
  const { field, labels = {}, taints = [], removes = [] } = given;
  const known = given.class ?? classIn(preset, field);
  const refuse = (message: string, hint: string) => {
    reading.refuse({ path: [...PATH, index], message, hint });
    return [];
  };
  if (known === undefined) return refuse(`how a change of ${field} reaches nodes is not known for ${preset.name}`, hintFor(preset, field));
  if (known === 'forbidden')
    return refuse(`${field} cannot be changed, neither by the roll nor otherwise`, 'leave it out, or make a new pool');
  const isKept = (field === 'labels' && !wipe.userLabels) || (field === 'taints' && !wipe.userTaints);
  if (known === 'roll' && isKept) return refuse(`rolled nodes keep the ${field} that they have`, 'give class: auto, or newNodesOnly');
  const within: Duration = given.within ?? preset.changes?.within ?? ZERO;
  const read = taints.map(({ key, value = '', effect }) => ({ key, value, effect }));
  return [{ field, class: known, within, labels, taints: read, removes }];
}

function classIn({ changes }: Preset, field: string): ChangeClass | undefined {
  return changes && Object.hasOwn(changes.fields, field) ? changes.fields[field] : undefined;
}

function hintFor({ changes }: Preset, field: string): string {
  const known = Object.keys(changes?.fields ?? {});
  const meant = nearest(field, known);
  const write = `write {field: ${field}, class: roll}, or another class`;
  if (meant !== undefined) return `did you mean ${meant}? Otherwise ${write}`;
  return known.length > 0 ? `${write}; known are ${known.join(', ')}` : write;
}
