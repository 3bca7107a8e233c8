const WORDS: Readonly<Record<string, string>> = {
  EvictionByEvictionAPI: 'evicted',
  PreemptionByScheduler: 'preempted',
  DeletionByTaintManager: 'NoExecute taint',
  DeletionByPodGC: 'node gone',
  TerminationByKubelet: 'node shut down',
  Delete: 'deleted',
};

/** Why a pod went, in a word or two, from the cause that its DisruptionTarget condition names; a dash for none. */
export function departureOf(cause: string | null): string {
  return cause === null ? '-' : (WORDS[cause] ?? cause);
}
