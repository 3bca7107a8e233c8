import type { NodeDescription } from '../cluster/Node.ts';
import type { Knobs, Preset } from '../rolls/Preset.ts';
import type { RollPlan } from '../rolls/RollPlan.ts';
import { drainKinds, presets } from '../rolls/registry.ts';
import { wipePlans } from '../rolls/wipePlans.ts';
import { formatDuration, ZERO } from '../units.ts';
import { checkedKnobs, checkKnobs } from './checkKnobs.ts';
import { checkReplacement } from './checkReplacement.ts';
import { describePacing } from './describePacing.ts';
import { knownHint } from './nearest.ts';
import type { PartialKnobs } from './PartialKnobs.ts';
import { percentBase } from './percentBase.ts';
import type { Reading } from './Reading.ts';
import { needsRoll, readChanges } from './readChanges.ts';
import type { ReadCluster } from './readCluster.ts';
import { readMaintenance } from './readMaintenance.ts';
import { readPacing } from './readPacing.ts';
import { readSurge } from './readSurge.ts';
import { type LocatedRequest, readRequest } from './requests/readRequest.ts';
import { requestedNodes } from './requests/requestedNodes.ts';
import { requestKnobs } from './requests/requestKnobs.ts';
import type { UpgradeRequest } from './requests/UpgradeRequest.ts';
import { resolveMaxUnavailable } from './resolveMaxUnavailable.ts';
import type { ZonedStart } from './Scenario.ts';
import type { GivenRoll } from './schema/roll.ts';
import { sections } from './schema/scenario.ts';
import { selectNodes } from './selectNodes.ts';

const PATH = ['spec', 'roll'] as const;

/** The preset that a request document of a system stands for. */
const SYSTEM_PRESETS: Readonly<Record<'cce', string>> = { cce: 'cce-sync' };

/**
 * Reads `spec.roll`: the preset's knobs, overridden by those of the request, overridden by those of the scenario. Without a readable
 * cluster only what needs no node names is checked.
 */
export function readRoll(reading: Reading, cluster: ReadCluster | undefined, start: ZonedStart): RollPlan | undefined {
  const given = reading.section<GivenRoll>(PATH, sections.roll);
  const { roll, dropped } = given ? { roll: given, dropped: [] } : readableParts(reading.at(PATH));
  if (!roll) return undefined;
  const preset = findPreset(reading, roll);
  const hasRequest = roll.request !== undefined || dropped.includes('request');
  if (!hasRequest) refuseRequestKnobs(reading, roll);
  const located = roll.request === undefined ? undefined : readRequest(reading, roll.request, roll.scriptLimit);
  const canChoose = cluster !== undefined && !dropped.some((key) => key.startsWith('node') || key === 'pool');
  const nodes = canChoose && (!hasRequest || located?.nodes) ? chooseNodes(reading, roll, located, cluster) : [];
  const request = located?.request;
  const isKnown = preset !== undefined && (!hasRequest || request !== undefined);
  const base = preset
    ? percentBase(preset.maxUnavailable, nodes, { nodes: cluster?.objects.nodes ?? [], nodePools: cluster?.nodePools ?? [] })
    : 0;
  const least = isKnown ? readMaxUnavailable(reading, roll, { preset, request, base }) : 1;
  const limits = preset
    ? readSurge(reading, roll, preset, { base, nodes: nodes.length, maxUnavailable: least })
    : { maxUnavailable: least };
  const pacing = preset && readPacing(reading, roll, preset, base);
  if (preset && !dropped.some((key) => checkedKnobs.includes(key)))
    checkKnobs(reading, merge(knobsFor(preset, roll), overridesOf(roll)), roll);
  if (preset) checkReplacement(reading, preset, roll);
  const maintenance = preset && readMaintenance(reading, roll.maintenance, preset, start);
  if (!given || !preset || !pacing) return undefined;
  const merged = merge(merge(knobsFor(preset, given), requestKnobs(reading, request, given, cluster)), overridesOf(given));
  const knobs = { ...merged, pacing };
  noteInputs(reading, given, { preset, request, knobs, maxUnavailable: limits.maxUnavailable });
  noteScript(reading, given, { preset, knobs });
  const changes = readChanges(reading, given, { preset, wipe: knobs.wipe, chosen: nodes, all: cluster?.objects.nodes ?? [] });
  const names = needsRoll(changes) ? nodes.map(({ name }) => name) : [];
  return {
    preset: preset.name,
    pool: given.pool ?? onlyPool(nodes),
    nodes: names,
    ...limits,
    ...knobs,
    ...(maintenance ? { maintenance } : {}),
    ...(changes ? { changes } : {}),
  };
}

/** The valid part of a roll that has faults, so that the rest of it is checked too; `dropped` are the keys that are not valid. */
function readableParts(value: unknown): { readonly roll: GivenRoll | undefined; readonly dropped: readonly string[] } {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const kept = entries.filter(([key, part]) => sections.roll.safeParse({ preset: '', system: 'cce', [key]: part }).success);
  const result = sections.roll.safeParse(Object.fromEntries(kept));
  return { roll: result.data, dropped: entries.filter((entry) => !kept.includes(entry)).map(([key]) => key) };
}

/** Refuses what says how to read a request where there is none. */
function refuseRequestKnobs(reading: Reading, given: GivenRoll): void {
  for (const key of ['nodeIDs', 'scriptLimit'] as const) {
    if (given[key] === undefined) continue;
    reading.refuse({ path: [...PATH, key], message: 'only of use to a request', hint: 'name its file as request, or leave this out' });
  }
}

function findPreset(reading: Reading, given: GivenRoll): Preset | undefined {
  const name = given.preset ?? (given.system === undefined ? undefined : SYSTEM_PRESETS[given.system]);
  const preset = name === undefined ? undefined : presets.get(name);
  if (name !== undefined && !preset) {
    const hint = knownHint(name, [...presets.keys()]);
    reading.refuse({ code: 'SCENARIO_UNKNOWN_PRESET', path: [...PATH, 'preset'], message: `no preset named "${name}"`, hint });
  }
  return preset;
}

function chooseNodes(
  reading: Reading,
  given: GivenRoll,
  located: LocatedRequest | undefined,
  cluster: ReadCluster,
): readonly NodeDescription[] {
  const requested = located?.nodes && requestedNodes(reading, { nodes: located.nodes, document: located.document }, given, cluster);
  return requested && !given.nodes ? requested : selectNodes(reading, given, cluster);
}

/** What `maxUnavailable` is resolved against. */
interface Base {
  readonly preset: Preset;
  readonly request: UpgradeRequest | undefined;
  /** How many nodes a percentage is taken of. */
  readonly base: number;
}

function readMaxUnavailable(reading: Reading, given: GivenRoll, { preset, request, base }: Base): number {
  const written = given.maxUnavailable ?? request?.maxUnavailable;
  const resolved = resolveMaxUnavailable(written, preset.maxUnavailable, base);
  if (typeof resolved === 'number') return resolved;
  reading.refuse({ path: [...PATH, 'maxUnavailable'], message: resolved.problem, hint: resolved.hint });
  return 1;
}

function onlyPool(nodes: readonly NodeDescription[]): string | undefined {
  const pools = new Set(nodes.map(({ pool }) => pool));
  return pools.size === 1 ? nodes[0]?.pool : undefined;
}

function overridesOf(given: GivenRoll): PartialKnobs {
  const { replacement, machine, nodeObject, cordon, commandTime, order, drain, gate, failure, wipe } = given;
  return {
    ...(given.budgetAccounting === undefined ? {} : { budgetAccounting: given.budgetAccounting }),
    ...(replacement === undefined ? {} : { replacement }),
    ...(machine === undefined ? {} : { machine }),
    ...(nodeObject === undefined ? {} : { nodeObject }),
    ...(cordon === undefined ? {} : { cordon }),
    ...(commandTime === undefined ? {} : { commandTime }),
    ...(order === undefined ? {} : { order }),
    ...(drain ? { drain } : {}),
    ...(given.pauseAfterDrain === undefined ? {} : { pauseAfterDrain: given.pauseAfterDrain }),
    ...(given.shutdown ? { shutdown: { critical: ZERO, ...given.shutdown } } : {}),
    ...(gate ? { gate } : {}),
    ...(failure ? { failure } : {}),
    ...(wipe ? { wipe: wipeOf(wipe) } : {}),
  };
}

/** The knobs of the preset, with the drain of another kind and the wipe of another replacement if the scenario names them. */
function knobsFor({ knobs }: Preset, { drain, replacement = knobs.replacement }: GivenRoll): Knobs {
  const kind = drain?.kind === undefined ? undefined : drainKinds.get(drain.kind);
  const wipe = replacement === knobs.replacement ? knobs.wipe : wipePlans[replacement];
  return { ...knobs, wipe, ...(kind ? { drain: kind.plan } : {}) };
}

/** Local volumes lie on data disks, so what is given for data disks applies to them unless they are given too. */
function wipeOf(wipe: NonNullable<GivenRoll['wipe']>): NonNullable<PartialKnobs['wipe']> {
  return { ...(wipe.dataDisks === undefined ? {} : { localVolumes: wipe.dataDisks }), ...wipe };
}

function merge(knobs: Knobs, over: PartialKnobs): Knobs {
  return {
    ...knobs,
    ...over,
    drain: { ...knobs.drain, ...over.drain, pods: { ...knobs.drain.pods, ...over.drain?.pods } },
    gate: { ...knobs.gate, ...over.gate },
    failure: { ...knobs.failure, ...over.failure },
    wipe: { ...knobs.wipe, ...over.wipe },
  };
}

/** A plan's figures, to be listed among the inputs. */
interface Figures {
  readonly preset: Preset;
  readonly request: UpgradeRequest | undefined;
  readonly knobs: Knobs;
  readonly maxUnavailable: number;
}

function noteInputs(reading: Reading, given: GivenRoll, { preset, request, knobs, maxUnavailable }: Figures): void {
  const isNamed = given.maxUnavailable !== undefined || given.request !== undefined || preset.maxUnavailable.fallback === undefined;
  reading.input('roll.maxUnavailable', isNamed ? 'assumed' : 'default', String(maxUnavailable));
  if (!preset.surge) reading.input('roll.pacing', given.pacing === undefined ? 'default' : 'assumed', describePacing(knobs.pacing));
  if (knobs.pauseAfterDrain) reading.input('roll.pauseAfterDrain', 'assumed', formatDuration(knobs.pauseAfterDrain));
  if (knobs.shutdown) {
    const { grace, critical } = knobs.shutdown;
    reading.input('roll.shutdown', 'assumed', `${formatDuration(grace)}, ${formatDuration(critical)} of it for critical pods`);
  }
  if (knobs.drain.mode === 'none') return;
  reading.input('roll.drain.timeout', given.drain?.timeout === undefined ? 'default' : 'assumed', formatDuration(knobs.drain.timeout));
  const isEndNamed = given.drain?.onTimeout !== undefined || request?.force !== undefined;
  reading.input('roll.drain.onTimeout', isEndNamed ? 'assumed' : 'default', knobs.drain.onTimeout);
}

/** Notes when a script that pods wait for has no length, and when one with a length is not waited for. */
function noteScript(reading: Reading, given: GivenRoll, { preset, knobs: { gate } }: Pick<Figures, 'preset' | 'knobs'>): void {
  const length = given.gate?.postInstall;
  const object = `Roll/${preset.name}`;
  if (gate.waitPostInstallFinish && length === undefined) {
    reading.input('roll.gate.postInstall', 'default', '0s');
    reading.warnings.push({
      code: 'SCRIPT_LENGTH_UNKNOWN',
      severity: 'warning',
      object,
      message: 'pods wait for the end of the post-installation script, and how long it runs is not known; 0s is used',
      hint: 'set roll.gate.postInstall',
    });
  }
  if (!gate.waitPostInstallFinish && length !== undefined && length > 0) {
    reading.warnings.push({
      code: 'SCRIPT_NOT_WAITED_FOR',
      severity: 'info',
      object,
      message: `pods do not wait for the end of the post-installation script, so its ${formatDuration(length)} change nothing`,
      hint: 'set waitPostInstallFinish of the pool or of roll.gate if they do',
    });
  }
}
