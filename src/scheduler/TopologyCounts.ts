import type { Labels } from '../cluster/LabelSelector.ts';

/** Numbers by topology key and value. */
export class TopologyCounts {
  private readonly byKey = new Map<string, Map<string, number>>();

  /** Whether nothing was ever added that is not taken back. */
  get isEmpty(): boolean {
    for (const values of this.byKey.values()) if (values.size > 0) return false;
    return true;
  }

  /** Adds `amount` to the domain of `topologyKey` that `labels` name; does nothing when they name none. A count of 0 is taken out. */
  count(topologyKey: string, labels: Labels, amount: number): void {
    const sum = this.add(topologyKey, labels, amount);
    const value = labels[topologyKey];
    if (sum === 0 && value !== undefined) this.byKey.get(topologyKey)?.delete(value);
  }

  /** As `count`, but a sum of 0 stays known. @returns the new sum, undefined when `labels` name no domain. */
  add(topologyKey: string, labels: Labels, amount: number): number | undefined {
    const value = labels[topologyKey];
    if (value === undefined) return undefined;
    const values = this.byKey.get(topologyKey) ?? new Map<string, number>();
    this.byKey.set(topologyKey, values);
    const sum = (values.get(value) ?? 0) + amount;
    values.set(value, sum);
    return sum;
  }

  /** The number of the domain of `topologyKey` that `labels` name, 0 when there is none. */
  at(topologyKey: string, labels: Labels): number {
    const value = labels[topologyKey];
    return value === undefined ? 0 : (this.byKey.get(topologyKey)?.get(value) ?? 0);
  }

  /** The sum over all keys of the domains that `labels` name. */
  sumFor(labels: Labels): number {
    let sum = 0;
    for (const key of this.byKey.keys()) sum += this.at(key, labels);
    return sum;
  }
}
