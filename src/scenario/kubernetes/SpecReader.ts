import type { Affinity } from '../../cluster/PodSpec.ts';
import { affinity } from './affinity.ts';
import type { Interner } from './Interner.ts';
import { PartReader } from './PartReader.ts';
import { type PodSpecDraft, type PodTemplateDraft, podSpec, withAffinity } from './podSpec.ts';
import { type ReadResult, readWith } from './readWith.ts';

/** How many texts are remembered at once; pods of one template usually follow one another. */
const REMEMBERED = 500;

type GivenSpec = Readonly<Record<string, unknown>>;

/** A spec without node and affinity, its parts shared, and the whole specs that were made with it. */
interface Base {
  readonly spec: Omit<PodSpecDraft, 'affinity'>;
  readonly parts: readonly unknown[];
  readonly whole: Map<Affinity, { readonly value: PodSpecDraft }>;
}

/**
 * Reads the specs of pods, each distinct one once. Pods of one template differ only in their node, in the random name of the volume with
 * their service account's token, and, if a DaemonSet created them, in their affinity.
 */
export class SpecReader {
  private readonly interner: Interner;
  private readonly affinities: PartReader<typeof affinity>;
  private readonly known = new Map<string, ReadResult<Base>>();
  /** The last spec with these containers, since dumps share equal parts. */
  private readonly last = new WeakMap<object, { readonly given: GivenSpec; readonly base: ReadResult<Base> }>();

  constructor(interner: Interner) {
    this.interner = interner;
    this.affinities = new PartReader(affinity, interner);
  }

  /** The spec without the name of its node; equal specs, and equal parts of unequal ones, are one object. */
  read(given: GivenSpec): ReadResult<PodSpecDraft> {
    const base = this.readBase(given);
    const part = this.affinities.read(given.affinity);
    if ('value' in base && 'value' in part) return this.join(base.value, part.value);
    const wrong = 'issues' in part ? part.issues.map((issue) => ({ ...issue, path: ['affinity', ...issue.path] })) : [];
    return { issues: [...('issues' in base ? base.issues : []), ...wrong] };
  }

  /** `template` with the very parts that its pods have, where they are equal. */
  shareTemplate({ labels, annotations, spec }: PodTemplateDraft): PodTemplateDraft {
    return { labels: this.interner.share(labels), annotations: this.interner.share(annotations), spec: this.share(spec) };
  }

  /** The object that stands for all specs equal to `spec`. */
  share(spec: PodSpecDraft): PodSpecDraft {
    return this.join(this.shareParts(spec), this.interner.share(spec.affinity)).value;
  }

  private join(base: Base, part: Affinity): { readonly value: PodSpecDraft } {
    const known = base.whole.get(part);
    if (known) return known;
    const reading = { value: this.interner.shareJoined([...base.parts, part], () => withAffinity(base.spec, part)) };
    base.whole.set(part, reading);
    return reading;
  }

  private readBase(given: GivenSpec): ReadResult<Base> {
    const { containers } = given;
    if (typeof containers !== 'object' || containers === null) return this.readText(given);
    const last = this.last.get(containers);
    if (last && isSameBase(last.given, given)) return last.base;
    const base = this.readText(given);
    this.last.set(containers, { given, base });
    return base;
  }

  private readText(given: GivenSpec): ReadResult<Base> {
    const bare = { ...given, nodeName: undefined, affinity: undefined };
    const text = JSON.stringify(bare).replace(/kube-api-access-[a-z0-9]{5}"/g, 'kube-api-access"');
    const known = this.known.get(text);
    if (known) return known;
    const base = readWith(podSpec, bare, (spec) => this.shareParts(spec));
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(text, base);
    return base;
  }

  private shareParts({ containers, initContainers, affinity: _, tolerations, volumes, ...others }: PodSpecDraft): Base {
    const { interner } = this;
    const parts = {
      containers: interner.share(containers),
      initContainers: interner.share(initContainers),
      tolerations: interner.share(tolerations),
      volumes: interner.share(volumes),
    };
    const rest = interner.share(others);
    return { spec: { ...parts, ...rest }, parts: [...Object.values(parts), rest], whole: new Map() };
  }
}

/** Whether two specs hold the very same members, but for the node and the affinity. */
function isSameBase(known: GivenSpec, given: GivenSpec): boolean {
  let difference = 0;
  for (const key in given) {
    if (key === 'nodeName' || key === 'affinity') continue;
    difference += 1;
    if (given[key] !== known[key]) return false;
  }
  for (const key in known) if (key !== 'nodeName' && key !== 'affinity') difference -= 1;
  return difference === 0;
}
