import { kubectlDrain } from '../../rolls/presets/kubectlDrain.ts';
import type { DrainPlan, RollPlan } from '../../rolls/RollPlan.ts';
import { NEVER, parseDuration, seconds } from '../../units.ts';
import type { RollTrace } from './RollTrace.ts';

/** The plan of a recorded roll: nodes in the order given, drained by kubectl with the flags given. */
export function tracePlan({ roll: { pacing, maxUnavailable, order, drain, nodeObject, onDrainTimeout } }: RollTrace): RollPlan {
  return {
    ...kubectlDrain.knobs,
    preset: kubectlDrain.name,
    pool: undefined,
    nodes: order,
    maxUnavailable: pacing === 'serial' ? 1 : maxUnavailable,
    pacing: { kind: pacing === 'barrier' ? 'barrier' : 'window' },
    nodeObject,
    drain: { ...kubectlPlan(drain), onTimeout: onDrainTimeout === 'forceDelete' ? 'force' : 'failNode' },
  };
}

/** How `kubectl drain` with these flags empties a node, each flag written as `--flag` or `--flag=value`; unknown ones change nothing. */
export function kubectlPlan(flags: readonly string[]): DrainPlan {
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
    podSelector: selectorOf(given.get('pod-selector')),
  };
}

function nameOf(flag: string): string {
  return flag.replace(/^--?/, '').split('=')[0] ?? '';
}

function settingOf(flag: string): string {
  return flag.includes('=') ? flag.slice(flag.indexOf('=') + 1) : '';
}

/** Equality selectors only: `app=web,tier!=db`. */
function selectorOf(text: string | undefined): DrainPlan['podSelector'] {
  if (text === undefined) return undefined;
  const requirements = text.split(',').map((part) => {
    const [, key = '', sign, value = ''] = /^\s*([^=!\s]+)\s*(==?|!=)\s*(\S*)\s*$/.exec(part) ?? [];
    return { key, operator: sign === '!=' ? ('NotIn' as const) : ('In' as const), values: [value] };
  });
  return { requirements };
}
