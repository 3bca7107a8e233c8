import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';

/** What the Eviction API answers, in its own words. Everything but code 201 is a refusal. */
export interface EvictionResponse {
  readonly code: 201 | 403 | 404 | 409 | 429 | 500;
  /** Empty for 201 and 500. */
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly { readonly reason: string; readonly message: string }[];
  /** Set: client-go waits that long and tries again by itself, up to 10 times, before its caller hears of it. */
  readonly retryAfterSeconds: number | undefined;
  /** The budget that refused, the first by name when there are two; undefined when none did. */
  readonly budget: DisruptionBudget | undefined;
}

/** The eviction is accepted: the pod is being deleted, or would be in a dry run. */
export const EVICTED: EvictionResponse = {
  code: 201,
  reason: '',
  message: '',
  causes: [],
  retryAfterSeconds: undefined,
  budget: undefined,
};

/** No pod of that name. */
export function podNotFound({ name }: Pod): EvictionResponse {
  return { ...EVICTED, code: 404, reason: 'NotFound', message: `pods "${name}" not found` };
}

/** A precondition of the request does not hold; `problem` says which and why. */
export function preconditionFailed({ name }: Pod, problem: string): EvictionResponse {
  return { ...EVICTED, code: 409, reason: 'Conflict', message: `Operation cannot be fulfilled on Pod "${name}": ${problem}` };
}

/** More than one budget selects a pod that needs one; drains give up on it. */
export function tooManyBudgets(first: DisruptionBudget): EvictionResponse {
  const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
  return { ...EVICTED, code: 500, message, budget: first };
}

/** No namespace that is being deleted accepts an eviction, because that is the creation of an object. Budgets are not asked. */
export function namespaceTerminating({ name, namespace }: Pod): EvictionResponse {
  const cause = `namespace ${namespace} is being terminated`;
  const message = `pods "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`;
  return { ...EVICTED, code: 403, reason: 'Forbidden', message, causes: [{ reason: NAMESPACE_TERMINATING, message: cause }] };
}

/** Whether `response` refuses because of the namespace of the pod. */
export function isForNamespace({ code, causes }: EvictionResponse): boolean {
  return code === 403 && causes.some(({ reason }) => reason === NAMESPACE_TERMINATING);
}

const NAMESPACE_TERMINATING = 'NamespaceTerminating';

/** The API server refuses to touch the budget because its status makes no sense. */
export function budgetForbidden(budget: DisruptionBudget, problem: string): EvictionResponse {
  const message = `poddisruptionbudget.policy "${budget.name}" is forbidden: ${problem}`;
  return { ...EVICTED, code: 403, reason: 'Forbidden', message, budget };
}

/** The disruption controller has not looked at the budget as it is now. */
export function stillProcessed(budget: DisruptionBudget): EvictionResponse {
  return { ...violation(budget, `The disruption budget ${budget.name} is still being processed by the server.`), retryAfterSeconds: 10 };
}

/** The budget has nothing left. */
export function budgetExhausted(budget: DisruptionBudget): EvictionResponse {
  return new Exhausted(budget);
}

const VIOLATION = {
  code: 429,
  reason: 'TooManyRequests',
  message: "Cannot evict pod as it would violate the pod's disruption budget.",
} as const;

function violation(budget: DisruptionBudget, cause: string): EvictionResponse {
  return { ...EVICTED, ...VIOLATION, causes: [{ reason: 'DisruptionBudget', message: cause }], budget };
}

/** The most frequent answer of a drain; its text is put together only when it is read. */
class Exhausted implements EvictionResponse {
  readonly budget: DisruptionBudget;
  private readonly desiredHealthy: number;
  private readonly currentHealthy: number;

  constructor(budget: DisruptionBudget) {
    this.budget = budget;
    this.desiredHealthy = budget.status.desiredHealthy;
    this.currentHealthy = budget.status.currentHealthy;
  }

  get code(): 429 {
    return VIOLATION.code;
  }

  get reason(): string {
    return VIOLATION.reason;
  }

  get message(): string {
    return VIOLATION.message;
  }

  get retryAfterSeconds(): undefined {
    return undefined;
  }

  get causes(): EvictionResponse['causes'] {
    const message = `The disruption budget ${this.budget.name} needs ${this.desiredHealthy} healthy pods and has ${this.currentHealthy} currently`;
    return [{ reason: 'DisruptionBudget', message }];
  }
}
