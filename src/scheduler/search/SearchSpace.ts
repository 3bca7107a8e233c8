import type { Columns } from './Columns.ts';
import { FoundNodes } from './FoundNodes.ts';
import type { PlanBook } from './PlanBook.ts';
import { hasProfiles } from './ProfileOffsets.ts';
import { RefusedNodes } from './RefusedNodes.ts';
import { ScoredNodes } from './ScoredNodes.ts';
import { ScoreSearch } from './ScoreSearch.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { TiedNodes } from './TiedNodes.ts';
import { totalScores } from './totalScores.ts';

/** The working memory of a search over one list of nodes, used again for every decision. */
export class SearchSpace {
  readonly columns: Columns;
  readonly plans: PlanBook;
  /** How many feasible nodes are enough. */
  readonly enough: number;
  readonly refused: RefusedNodes;
  readonly found: FoundNodes;
  /** Those of `found` with the highest total, after `findBest`. */
  readonly ties: TiedNodes;
  private readonly search: ScoreSearch;
  private readonly scored: ScoredNodes;

  constructor(columns: Columns, plans: PlanBook, enough: number) {
    const nodes = columns.nodes.length;
    this.columns = columns;
    this.plans = plans;
    this.enough = enough;
    this.refused = new RefusedNodes(nodes);
    this.found = new FoundNodes(nodes);
    this.ties = new TiedNodes(nodes);
    this.search = new ScoreSearch(this.found, this.ties);
    this.scored = new ScoredNodes(nodes);
  }

  /** Puts those of `found` with the highest total into `ties`, in any order. */
  findBest(plan: SearchPlan): void {
    const { found, scored, ties } = this;
    if (hasProfiles(plan)) {
      this.search.run(plan);
      return;
    }
    scored.list(found);
    totalScores(plan, scored);
    scored.findBest(ties);
  }
}
