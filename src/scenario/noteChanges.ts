import type { PoolChange } from '../rolls/ChangeTable.ts';
import type { Preset } from '../rolls/Preset.ts';
import { formatDuration } from '../units.ts';
import type { Reading } from './Reading.ts';
import type { Finding, NotModelled } from './Scenario.ts';

/** Notes which of the changes `list` nodes get by the roll of `preset`, by themselves, or not at all. */
export function noteChanges(reading: Reading, list: readonly PoolChange[], preset: Preset): void {
  const object = `Roll/${preset.name}`;
  const of = (wanted: PoolChange['class']) => list.filter((change) => change.class === wanted);
  const note = (found: Omit<Finding, 'object'>) => reading.warnings.push({ ...found, object });
  for (const found of [
    ...byRoll(of('roll'), list.length),
    ...byThemselves(of('auto')),
    ...(preset.surge && of('roll').length > 0 ? onNewNodes(of('newNodesOnly')) : notApplied(of('newNodesOnly'))),
    ...of('auto').flatMap(staying),
  ])
    note(found);
  if (of('auto').some(({ labels, taints }) => Object.keys(labels).length > 0 || taints.length > 0)) reading.notModelled.push(ALL_AT_ONCE);
}

const ALL_AT_ONCE: NotModelled = {
  what: 'Nodes that get changes of their pool by themselves one after the other: all get them at once',
  direction: 'pessimistic',
};

type Note = Omit<Finding, 'object'>;

function byRoll(changes: readonly PoolChange[], given: number): Note[] {
  if (changes.length > 0)
    return [
      {
        code: 'CHANGES_BY_ROLL',
        severity: 'info',
        message: `existing nodes get ${fieldsOf(changes)} only by the roll`,
        hint: 'nodes that are not rolled stay as they are',
      },
    ];
  return [
    {
      code: 'NOTHING_TO_ROLL',
      severity: 'warning',
      message: `none of the ${given} changes needs the roll, so no node is out of date and none is rolled`,
      hint: 'leave roll.changes out to see a roll all the same',
    },
  ];
}

function byThemselves(changes: readonly PoolChange[]): Note[] {
  if (changes.length === 0) return [];
  const evicting = changes.flatMap(({ taints }) => taints.filter(({ effect }) => effect === 'NoExecute'));
  const slowest = Math.max(...changes.map(({ within }) => within)) as PoolChange['within'];
  const message = `existing nodes get ${fieldsOf(changes)} without the roll, after up to ${formatDuration(slowest)}`;
  if (evicting.length === 0) return [{ code: 'CHANGES_BY_THEMSELVES', severity: 'info', message, hint: 'they need no roll' }];
  const names = evicting.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join(', ');
  return [
    {
      code: 'CHANGES_BY_THEMSELVES',
      severity: 'warning',
      message: `${message}; the NoExecute taint ${names} then evicts every pod that does not tolerate it, on all nodes at once and whatever its budget says`,
      hint: 'add tolerations first, or use the effect NoSchedule',
    },
  ];
}

/** What new nodes have from the start, where the roll makes some for another change. */
function onNewNodes(changes: readonly PoolChange[]): Note[] {
  if (changes.length === 0) return [];
  const message = `the nodes that the roll makes have ${fieldsOf(changes)} from the start`;
  return [{ code: 'CHANGES_ON_NEW_NODES', severity: 'info', message, hint: 'that alone would be no reason to roll' }];
}

function notApplied(changes: readonly PoolChange[]): Note[] {
  if (changes.length === 0) return [];
  return [
    {
      code: 'CHANGES_NOT_APPLIED',
      severity: 'warning',
      message: `no existing node gets ${fieldsOf(changes)}, rolled or not: ${changes.length === 1 ? 'it is' : 'they are'} for new nodes only`,
      hint: 'add new nodes to the pool and remove the old ones',
    },
  ];
}

/** What is removed from the definition of the pool stays on its nodes. */
function staying({ field, removes }: PoolChange): Note[] {
  if (removes.length === 0) return [];
  return [
    {
      code: 'REMOVAL_NOT_APPLIED',
      severity: 'warning',
      message: `${field} that are removed from the pool stay on its nodes until they are reset: ${removes.join(', ')}`,
      hint: 'remove them from every node by hand',
    },
  ];
}

function fieldsOf(changes: readonly PoolChange[]): string {
  const names = [...new Set(changes.map(({ field }) => field))];
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
