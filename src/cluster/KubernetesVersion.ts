/** Minor versions whose rules and messages are known; each means its last patch release. */
export const kubernetesVersions = ['1.33', '1.34', '1.35'] as const;

export type KubernetesVersion = (typeof kubernetesVersions)[number];
