import type { Pod } from '../cluster/Pod.ts';
import type { CycleContext } from './CycleContext.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { NodeVerdict } from './NodeVerdict.ts';
import type { FilterPlugin, NodeFilter } from './Plugin.ts';

/** A pod made ready for filtering, or refused before any node was looked at. */
export type PreparedFilters =
  | { readonly kind: 'refuse'; readonly verdict: NodeVerdict }
  | { readonly kind: 'ready'; readonly filters: Filters };

/**
 * Lets every plugin prepare for `pod`, in order; the first that refuses the pod ends it.
 * @see kubernetes/kubernetes pkg/scheduler/framework/runtime/framework.go (RunPreFilterPlugins)
 */
export function prepareFilters(plugins: readonly FilterPlugin[], pod: Pod, context: CycleContext): PreparedFilters {
  const prepared: NamedFilter[] = [];
  let onlyNodes: ReadonlySet<string> | undefined;
  for (const plugin of plugins) {
    const preparation = plugin.prepareFilter(pod, context);
    if (preparation.kind === 'refuse') return { kind: 'refuse', verdict: { plugin: plugin.name, ...preparation.refusal } };
    if (preparation.kind === 'skip') continue;
    prepared.push({ plugin: plugin.name, filter: preparation.filter });
    onlyNodes = preparation.onlyNodes ?? onlyNodes;
  }
  return { kind: 'ready', filters: new Filters(pod, context, prepared, onlyNodes) };
}

interface NamedFilter {
  readonly plugin: string;
  readonly filter: NodeFilter;
}

/** The filters of all plugins that have something to check for one pod, in profile order. */
export class Filters {
  /** Names of the only nodes to be tried; undefined: all. */
  readonly onlyNodes: ReadonlySet<string> | undefined;
  private readonly pod: Pod;
  private readonly context: CycleContext;
  private readonly prepared: readonly NamedFilter[];

  constructor(pod: Pod, context: CycleContext, prepared: readonly NamedFilter[], onlyNodes: ReadonlySet<string> | undefined) {
    this.pod = pod;
    this.context = context;
    this.prepared = prepared;
    this.onlyNodes = onlyNodes;
  }

  /**
   * The verdict of the first plugin that refuses `node`; undefined when all accept it, both with the pods nominated there and without them.
   * @see kubernetes/kubernetes pkg/scheduler/framework/runtime/framework.go (RunFilterPluginsWithNominatedPods)
   */
  check(node: NodeInfo): NodeVerdict | undefined {
    if (this.context.nominated.isEmpty) return this.checkAsIs(node);
    const nominated = this.context.nominated.respectedOn(node.name, this.pod);
    if (nominated.length === 0) return this.checkAsIs(node);
    const crowded = node.copy();
    for (const other of nominated) this.addPod(other, crowded);
    const verdict = this.checkAsIs(crowded);
    for (const other of nominated) this.removePod(other, crowded);
    return verdict ?? this.checkAsIs(node);
  }

  /** Puts `other` on `node`, a copy, and tells every filter. */
  addPod(other: Pod, node: NodeInfo): void {
    node.addPod(other);
    for (const { filter } of this.prepared) filter.addPod?.(other, node);
  }

  /** Takes `other` off `node`, a copy, and tells every filter. */
  removePod(other: Pod, node: NodeInfo): void {
    node.removePod(other);
    for (const { filter } of this.prepared) filter.removePod?.(other, node);
  }

  /** What every plugin says of `node`, refusals only, for an explanation: it continues after the first refusal. */
  allVerdicts(node: NodeInfo): NodeVerdict[] {
    return this.prepared.flatMap(({ plugin, filter }) => {
      const refusal = filter.check(node);
      return refusal ? [{ plugin, ...refusal }] : [];
    });
  }

  private checkAsIs(node: NodeInfo): NodeVerdict | undefined {
    for (const { plugin, filter } of this.prepared) {
      const refusal = filter.check(node);
      if (refusal) return { plugin, ...refusal };
    }
    return undefined;
  }
}
