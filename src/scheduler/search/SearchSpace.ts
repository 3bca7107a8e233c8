import { BlockSearch } from './BlockSearch.ts';
import type { Columns } from './Columns.ts';
import { FoundNodes } from './FoundNodes.ts';
import { hasProfiles } from './ProfileOffsets.ts';
import { RefusedNodes } from './RefusedNodes.ts';
import { ScoredNodes } from './ScoredNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { totalScores } from './totalScores.ts';

/** The working memory of a search over one list of nodes, used again for every decision. */
export class SearchSpace {
  readonly columns: Columns;
  readonly refused: RefusedNodes;
  readonly found: FoundNodes;
  private readonly blocks: BlockSearch;
  private readonly scored: ScoredNodes;

  constructor(columns: Columns) {
    const nodes = columns.nodes.length;
    this.columns = columns;
    this.refused = new RefusedNodes(nodes);
    this.found = new FoundNodes(nodes);
    this.blocks = new BlockSearch(this.found);
    this.scored = new ScoredNodes(nodes);
  }

  /** The positions of those of `found` with the highest total, in the order visited. */
  best(plan: SearchPlan): readonly number[] {
    const { found, scored } = this;
    if (hasProfiles(plan)) return this.blocks.run(plan);
    scored.list(found);
    totalScores(plan, scored);
    return scored.best();
  }
}
