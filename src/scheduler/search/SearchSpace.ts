import { bestInBlocks } from './bestInBlocks.ts';
import type { Columns } from './Columns.ts';
import { FoundNodes } from './FoundNodes.ts';
import { OffsetClasses, type OffsetProperty } from './OffsetClasses.ts';
import { offsetProperties } from './offsetProperties.ts';
import { RefusedNodes } from './RefusedNodes.ts';
import { ScoredNodes } from './ScoredNodes.ts';
import { type SearchPlan, WEIGHTS } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';
import { totalScores } from './totalScores.ts';

/** The working memory of a search over one list of nodes, used again for every decision. */
export class SearchSpace {
  readonly columns: Columns;
  readonly refused: RefusedNodes;
  readonly found: FoundNodes;
  private readonly scored: ScoredNodes;
  private readonly exceptions: SpreadExceptions;
  private readonly classes = new OffsetClasses();

  constructor(columns: Columns) {
    const nodes = columns.nodes.length;
    this.columns = columns;
    this.refused = new RefusedNodes(nodes);
    this.found = new FoundNodes(nodes);
    this.scored = new ScoredNodes(nodes);
    this.exceptions = new SpreadExceptions(nodes);
  }

  /** The positions of those of `found` with the highest total, in the order visited. */
  best(plan: SearchPlan): readonly number[] {
    const others = hasClasses(plan) ? offsetProperties(plan, this.found) : undefined;
    if (others && this.classify(plan, others)) {
      const { found, classes, exceptions } = this;
      return bestInBlocks({ found, local: plan.resources, classes, exceptions, others });
    }
    this.scored.list(this.found);
    totalScores(plan, this.scored);
    return this.scored.best();
  }

  /** @returns false when there are too many classes. */
  private classify({ softSpread }: SearchPlan, others: readonly OffsetProperty[]): boolean {
    const { found, classes, exceptions } = this;
    classes.clear();
    exceptions.clear();
    const domains = softSpread.isEmpty ? [] : softSpread.offsets.rate(found, exceptions, WEIGHTS.spread);
    const isDone = [...others, domains].every((parts) => parts.length === 0 || classes.split(parts));
    classes.sort();
    return isDone;
  }
}

function hasClasses({ softSpread, affinity }: SearchPlan): boolean {
  return !affinity.hasScores && (softSpread.isEmpty || softSpread.offsets.isPossible);
}
