import { parseLabelSelector } from '../../cluster/parseLabelSelector.ts';
import { type Position, RollError } from '../../errors.ts';
import { kubectlDrain } from '../../rolls/presets/kubectlDrain.ts';
import type { DrainPlan, RollPlan } from '../../rolls/RollPlan.ts';
import { NEVER, parseDuration, seconds } from '../../units.ts';
import type { RollTrace } from './RollTrace.ts';

/**
 * The plan of a recorded roll: nodes in the order given, drained by kubectl with the flags given.
 * @throws RollError at `position` when a flag cannot be read.
 */
export function tracePlan({ roll }: Pick<RollTrace, 'roll'>, position: Position): RollPlan {
  const { pacing, maxUnavailable, order, drain, nodeObject, onDrainTimeout } = roll;
  return {
    ...kubectlDrain.knobs,
    preset: kubectlDrain.name,
    pool: undefined,
    nodes: order,
    maxUnavailable: pacing === 'serial' ? 1 : maxUnavailable,
    pacing: { kind: pacing === 'barrier' ? 'barrier' : 'window' },
    nodeObject,
    drain: { ...kubectlPlan(drain, position), onTimeout: onDrainTimeout === 'forceDelete' ? 'force' : 'failNode' },
  };
}

/**
 * How `kubectl drain` with these flags empties a node. Flags are written as `--flag` or `--flag=value`; unknown ones change nothing.
 * @throws RollError, at `position` if there is one, when a pod selector cannot be read.
 */
export function kubectlPlan(flags: readonly string[], position?: Position): DrainPlan {
  const { drain } = kubectlDrain.knobs;
  const given = new Map(flags.map((flag) => [nameOf(flag), settingOf(flag)]));
  const isSet = (name: string) => given.has(name) && given.get(name) !== 'false';
  const timeout = parseDuration(given.get('timeout') ?? '') ?? 0;
  const grace = Number(given.get('grace-period') ?? -1);
  const skip = Number(given.get('skip-wait-for-delete-timeout') ?? 0);
  return {
    ...drain,
    mode: isSet('disable-eviction') ? 'delete' : 'evict',
    timeout: timeout > 0 ? (parseDuration(given.get('timeout') ?? '') ?? NEVER) : NEVER,
    pods: {
      unmanaged: isSet('force') ? 'evict' : 'refuseDrain',
      emptyDir: isSet('delete-emptydir-data') ? 'evict' : 'refuseDrain',
      daemonSets: isSet('ignore-daemonsets') ? 'ignore' : 'refuseDrain',
      orphanedDaemons: isSet('force') ? 'evict' : 'refuseDrain',
    },
    ...(skip > 0 ? { skipTerminatingAfter: seconds(skip) } : {}),
    gracePeriodSeconds: grace >= 0 ? grace : undefined,
    podSelector: selectorOf(given.get('pod-selector'), position),
  };
}

function nameOf(flag: string): string {
  return flag.replace(/^--?/, '').split('=')[0] ?? '';
}

function settingOf(flag: string): string {
  return flag.includes('=') ? flag.slice(flag.indexOf('=') + 1) : '';
}

function selectorOf(text: string | undefined, position: Position | undefined): DrainPlan['podSelector'] {
  if (text === undefined) return undefined;
  const selector = parseLabelSelector(text);
  if (selector) return selector;
  const hint = 'write it as kubectl does, such as app=web,tier!=db,zone in (a,b)';
  const fault = { code: 'SCENARIO_INVALID', path: 'roll.drain', message: `--pod-selector=${text} is no label selector`, hint } as const;
  throw new RollError([position ? { ...fault, position } : fault]);
}
