import type { Columns } from './Columns.ts';
import { FoundNodes } from './FoundNodes.ts';
import { findFeasible } from './findFeasible.ts';
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
  readonly refused: RefusedNodes;
  readonly found: FoundNodes;
  /** Those of `found` with the highest total, after `findBest`. */
  readonly ties: TiedNodes;
  /** How many feasible nodes are enough. */
  private readonly enough: number;
  private readonly search: ScoreSearch;
  private readonly scored: ScoredNodes;

  constructor(columns: Columns, plans: PlanBook, enough: number) {
    const nodes = columns.nodes.length;
    this.columns = columns;
    this.plans = plans;
    this.enough = enough;
    this.refused = RefusedNodes.among(nodes);
    this.found = new FoundNodes(nodes, this.refused);
    this.ties = new TiedNodes(nodes);
    this.search = new ScoreSearch(this.found, this.ties);
    this.scored = new ScoredNodes(nodes);
  }

  /**
   * Puts the feasible nodes with the highest total into `ties`, in any order, searching from the position `start` until enough nodes are
   * found. Nodes to be left out have to be in `refused`.
   * @returns how many nodes were visited.
   */
  findBest(plan: SearchPlan, start: number): number {
    const { found, refused, enough } = this;
    const { nodes } = found;
    const canPassOver = hasProfiles(plan);
    // How far soft spreading over single nodes counts depends on how many are feasible.
    if (canPassOver && enough >= nodes && !plan.softSpread?.byNode) {
      plan.resources.workOutUntainted();
      found.askForAll(plan, start % nodes);
      this.search.run(plan);
      return nodes;
    }
    const visited = findFeasible(plan, refused, found, { nodes, start, enough });
    if (canPassOver) this.search.run(plan);
    else this.totalEach(plan);
    return visited;
  }

  private totalEach(plan: SearchPlan): void {
    const { found, scored, ties } = this;
    scored.list(found.members, found.start);
    totalScores(plan, scored);
    scored.findBest(ties);
  }
}
