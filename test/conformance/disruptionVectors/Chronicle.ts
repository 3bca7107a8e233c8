import type { ClusterChange } from '../../../src/cluster/ClusterChange.ts';
import { toSeconds } from '../../../src/units.ts';
import type { ControlPlane } from '../../support/controlPlane.ts';

/** What happened in one second of a vector, in the words of the vector. */
export interface TimelineEvent {
  readonly t: number;
  readonly e: string;
}

/** Each text of a vector's events with the facts that it stands for, in any order. */
export type Wording = Readonly<Record<string, readonly string[]>>;

type Fact = 'created' | 'deleted' | 'removed' | 'Ready';

/** Takes down which pods are created, deleted, removed and Ready, in seconds: `web-0 created`. */
export class Chronicle {
  private readonly facts = new Map<number, string[]>();

  /** Begins now, with facts of these kinds only. */
  constructor({ cluster, sim }: Pick<ControlPlane, 'cluster' | 'sim'>, kinds: readonly Fact[]) {
    cluster.subscribe((change) => {
      const fact = factOf(change);
      if (!fact || !kinds.includes(fact.kind)) return;
      const second = toSeconds(sim.now);
      this.facts.set(second, [...(this.facts.get(second) ?? []), `${fact.pod} ${fact.kind}`]);
    });
  }

  /** Everything that was taken down, second by second; what `wording` has no text for is told as it is. */
  events(wording: Wording): TimelineEvent[] {
    const texts = new Map(Object.entries(wording).map(([text, facts]) => [told(facts), text]));
    return [...this.facts].map(([t, facts]) => ({ t, e: texts.get(told(facts)) ?? told(facts) }));
  }
}

function factOf(change: ClusterChange): { kind: Fact; pod: string } | undefined {
  switch (change.kind) {
    case 'podAdded':
      return { kind: 'created', pod: change.pod.name };
    case 'podTerminating':
      return { kind: 'deleted', pod: change.pod.name };
    case 'podRemoved':
      return { kind: 'removed', pod: change.pod.name };
    case 'podReadyChanged':
      return change.pod.ready ? { kind: 'Ready', pod: change.pod.name } : undefined;
    default:
      return undefined;
  }
}

function told(facts: readonly string[]): string {
  return [...facts].sort().join('; ');
}
