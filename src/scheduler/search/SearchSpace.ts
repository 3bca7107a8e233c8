import { BlockSearch } from './BlockSearch.ts';
import type { Columns } from './Columns.ts';
import { FoundNodes } from './FoundNodes.ts';
import { hasClasses, NodeOffsets } from './NodeOffsets.ts';
import { RefusedNodes } from './RefusedNodes.ts';
import { ScoredNodes } from './ScoredNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';
import { totalScores } from './totalScores.ts';

/** The working memory of a search over one list of nodes, used again for every decision. */
export class SearchSpace {
  readonly columns: Columns;
  readonly refused: RefusedNodes;
  readonly found: FoundNodes;
  private readonly blocks: BlockSearch;
  private readonly scored: ScoredNodes;
  private readonly exceptions: SpreadExceptions;
  private readonly offsets = new WeakMap<SearchPlan, NodeOffsets>();

  constructor(columns: Columns) {
    const nodes = columns.nodes.length;
    this.columns = columns;
    this.refused = new RefusedNodes(nodes);
    this.found = new FoundNodes(nodes);
    this.blocks = new BlockSearch(nodes);
    this.scored = new ScoredNodes(nodes);
    this.exceptions = new SpreadExceptions(nodes);
  }

  /** The positions of those of `found` with the highest total, in the order visited. */
  best(plan: SearchPlan): readonly number[] {
    const { found, scored, exceptions } = this;
    if (hasClasses(plan)) {
      const offsets = this.offsetsOf(plan);
      offsets.rate(found, exceptions);
      return this.blocks.run({ found, local: plan.resources, offsets, exceptions });
    }
    scored.list(found);
    totalScores(plan, scored);
    return scored.best();
  }

  private offsetsOf(plan: SearchPlan): NodeOffsets {
    const known = this.offsets.get(plan);
    if (known?.isCurrent) return known;
    const offsets = new NodeOffsets(plan);
    this.offsets.set(plan, offsets);
    return offsets;
  }
}
