import type { Interner } from './Interner.ts';
import { type PodSpecDraft, podSpec } from './podSpec.ts';
import { type Reading, readWith } from './readWith.ts';

/** Texts that are remembered at once: pods of one template mostly come one after the other. */
const REMEMBERED = 5000;

/**
 * Reads the specs of pods, each distinct one once: pods of one template differ in their node and in the random name of the volume with
 * their service account's token, and in nothing else.
 */
export class SpecReader {
  private readonly interner: Interner;
  private readonly known = new Map<string, Reading<PodSpecDraft>>();

  constructor(interner: Interner) {
    this.interner = interner;
  }

  /** The spec without the name of its node; equal specs, and equal parts of unequal ones, are one object. */
  read(given: Readonly<Record<string, unknown>>): Reading<PodSpecDraft> {
    const text = JSON.stringify({ ...given, nodeName: undefined }).replace(/kube-api-access-[a-z0-9]{5}"/g, 'kube-api-access"');
    const known = this.known.get(text);
    if (known) return known;
    const reading = readWith(podSpec, given, (spec) => this.shareParts(spec));
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(text, reading);
    return reading;
  }

  private shareParts({ nodeName: _, containers, initContainers, affinity, tolerations, volumes, ...rest }: PodSpecDraft): PodSpecDraft {
    const { interner } = this;
    const parts = {
      containers: interner.share(containers),
      initContainers: interner.share(initContainers),
      affinity: interner.share(affinity),
      tolerations: interner.share(tolerations),
      volumes: interner.share(volumes),
    };
    return interner.shareTogether(parts, { ...rest, nodeName: undefined });
  }
}
