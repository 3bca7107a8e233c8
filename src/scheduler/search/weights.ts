/** Weights of the default profile; what is left out has the weight 1. */
export const WEIGHTS = { taints: 3, preferences: 2, spread: 2, affinity: 2 };
