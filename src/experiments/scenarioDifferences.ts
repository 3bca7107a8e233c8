import { counted } from '../run/counted.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import type { Comparison } from './Comparison.ts';

/** What makes two scenarios, as they were given, less comparable: their clusters, their seeds, what they ask for. */
export function scenarioCaveats([a, b]: readonly [Scenario, Scenario], clusters: 'equal' | 'different'): string[] {
  return [
    ...(clusters === 'different' ? [`the clusters differ: ${clusterWords(a, b)}`] : []),
    ...(a.seed === b.seed ? [] : [`B was run under the seed of A, ${a.seed}, in place of its own, ${b.seed}`]),
    ...objectiveCaveats(a, b),
  ];
}

function clusterWords(a: Scenario, b: Scenario): string {
  const [inA, inB] = [sizeOf(a), sizeOf(b)];
  return inA === inB ? `both have ${inA}, which are not all the same` : `A has ${inA}, B has ${inB}`;
}

function sizeOf({ cluster: { nodes, workloads } }: Scenario): string {
  return `${counted(nodes.length, 'node')} and ${counted(workloads.length, 'workload')}`;
}

/** An objective of the same name is not the same objective if it asks for something else. */
function objectiveCaveats(a: Scenario, b: Scenario): string[] {
  const asked = new Map(b.objectives.map((objective) => [objective.name, JSON.stringify(objective)]));
  return a.objectives
    .filter((objective) => (asked.get(objective.name) ?? JSON.stringify(objective)) !== JSON.stringify(objective))
    .map(({ name }) => `the objective "${name}" asks for something else in B than in A`);
}

/**
 * The knobs of the rolls that differ and that no list of inputs names. A value that is no word is not written out, because a plan does not
 * know its unit.
 */
export function scenarioSettings(a: Scenario, b: Scenario): Comparison['settings'] {
  const [knobsOfA, knobsOfB] = [knobsOf(a), knobsOf(b)];
  const names = [...new Set([...knobsOfA.keys(), ...knobsOfB.keys()])];
  const differing = names.filter((name) => JSON.stringify(knobsOfA.get(name)) !== JSON.stringify(knobsOfB.get(name)));
  return differing.map((name) => ({ name, ...written(knobsOfA.get(name), knobsOfB.get(name)) }));
}

/** Every knob that is no list, those in groups by `group.knob`. */
function knobsOf({ roll }: Scenario): Map<string, unknown> {
  const own = Object.entries(roll).filter(([name]) => !TOLD.includes(name));
  return new Map(own.flatMap(([name, value]) => leaves(`roll.${name}`, value)));
}

/** Knobs that are listed in every comparison, under these names or as inputs. */
const TOLD = ['preset', 'pool', 'nodes', 'maxUnavailable', 'pacing', 'pauseAfterDrain', 'shutdown'];

function leaves(name: string, value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, part]) => leaves(`${name}.${key}`, part));
}

function written(a: unknown, b: unknown): { a: string | null; b: string | null } {
  const isWord = [a, b].every((value) => ['string', 'boolean', 'undefined'].includes(typeof value));
  const word = (value: unknown) => (value === undefined ? null : String(value));
  return isWord ? { a: word(a), b: word(b) } : { a: a === undefined ? null : 'given', b: b === undefined ? null : 'given otherwise' };
}
