import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { GuessedPreset } from './guessPreset.ts';

/** What an imported scenario is made of. */
export interface ImportedScenario {
  readonly name: string;
  readonly description: string;
  /** The snapshot, as the scenario names it. */
  readonly snapshot: string;
  /** Which nodes are rolled: a pool, or nodes one by one. */
  readonly target: { readonly pool: string } | { readonly nodes: readonly string[] };
  readonly guess: GuessedPreset;
  readonly version: KubernetesVersion;
}

/** A scenario with comments, which runs as it stands: everything that the dump tells, and as comments what only people know. */
export function importedScenario({ name, description, snapshot, target, guess, version }: ImportedScenario): string {
  const drain = guess.drainKind === undefined ? [] : [`    drain: {kind: ${guess.drainKind}}`];
  return `${[
    '# Made by rollcast import. It runs as it stands; what you know better goes in place of a comment.',
    '# rollcast check FILE finds what is wrong beforehand, rollcast run FILE forecasts, rollcast schema prints all that may be written here.',
    'apiVersion: rollcast/v1',
    'kind: Scenario',
    `metadata: {name: ${quoted(name)}, description: ${quoted(description)}}`,
    'spec:',
    '  seed: "1"                                      # every random number follows from it',
    '  # start: 2026-01-05T01:00:00[Europe/Berlin]    # wall clock at the first cordon; windows, demand and CronJobs go by it',
    `  kubernetesVersion: ${quoted(version)}`,
    '',
    '  cluster:',
    `    load: [${quoted(snapshot)}]`,
    '',
    '  # timing:                                      # measured is better than the defaults: reset 8m, ready 10s, exit 2s',
    '  #   nodes: [{reset: {triangular: {min: 5m, mode: 8m, max: 15m}, origin: assumed}}]',
    '  #   pods: [{ready: {logNormal: {median: 15s, p95: 45s}, origin: assumed}, exit: 5s}]',
    '',
    '  roll:',
    `    preset: ${guess.preset}  # guessed (${guess.because}); rollcast presets lists all of them`,
    ...drain,
    ...targetLines(target),
    '    maxUnavailable: 1                            # rollcast sweep FILE --max-unavailable 1..10 finds the largest that is safe',
    '',
    '  # objectives:                                  # as by default: the roll completes, no pod waits for a node, no replicated workload is down',
    '  #   - {name: no outage, workloads: all, maxOutage: 0s}',
    '  #   - {name: done in four hours, maxDuration: 4h, probability: 0.95}',
  ].join('\n')}\n`;
}

function targetLines(target: ImportedScenario['target']): string[] {
  if ('pool' in target) return [`    pool: ${quoted(target.pool)}`];
  return [
    '    nodes:                                       # no node has the label of a pool',
    '      names:',
    ...target.nodes.map(listed),
  ];
}

function listed(name: string): string {
  return `        - ${quoted(name)}`;
}

/** JSON's form of a text is YAML's too. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
