import fc from 'fast-check';
import { podKey } from '../cluster/Pod.ts';
import { workloadKey } from '../cluster/Workload.ts';
import type { Scenario } from '../scenario/Scenario.ts';

/** One entry of `spec.disturbances`. `at` is a time after the start, such as `12m`. */
export type AnyDisturbance = { readonly at: string } & Thing;

type Thing = { readonly deleteNode: string } | { readonly deletePod: string } | { readonly scale: string; readonly replicas: number };

/** How much may happen. */
export interface DisturbanceLimits {
  /** How many things at most, 2 unless given. */
  readonly most?: number;
  /** Nothing happens later than so many minutes after the start, 120 unless given. */
  readonly withinMinutes?: number;
  /** What may happen: unless given, nodes are deleted, and pods that the scenario names. `scale` goes up to twice the replicas. */
  readonly kinds?: readonly (keyof typeof thingsOf)[];
}

/**
 * What may happen from outside while `scenario` is rolled, as values of the setting `disturbances`. Shrinks towards fewer things that
 * happen earlier. A kind without any object in the scenario does not happen.
 */
export function anyDisturbances(
  scenario: Scenario,
  { most = 2, withinMinutes = 120, kinds = ['deleteNode', 'deletePod'] }: DisturbanceLimits = {},
): fc.Arbitrary<AnyDisturbance[]> {
  const things = kinds.flatMap((kind) => thingsOf[kind](scenario));
  if (things.length === 0) return fc.constant([]);
  const disturbance = fc.record({ minute: fc.nat(withinMinutes), thing: fc.oneof(...things) });
  return fc.array(
    disturbance.map(({ minute, thing }) => ({ at: `${minute}m`, ...thing })),
    { maxLength: most },
  );
}

const thingsOf = {
  deleteNode: ({ cluster }: Scenario) => anyOf(cluster.nodes.map(({ name }) => ({ deleteNode: name }))),
  deletePod: ({ cluster }: Scenario) => anyOf(cluster.pods.map((pod) => ({ deletePod: podKey(pod) }))),
  scale: ({ cluster }: Scenario) =>
    cluster.workloads.flatMap((workload) =>
      'replicas' in workload ? [fc.record({ scale: fc.constant(workloadKey(workload)), replicas: fc.nat(2 * workload.replicas) })] : [],
    ),
} satisfies Record<string, (scenario: Scenario) => fc.Arbitrary<Thing>[]>;

function anyOf(things: readonly Thing[]): fc.Arbitrary<Thing>[] {
  return things.length === 0 ? [] : [fc.constantFrom(...things)];
}
