import { deserialize, serialize } from 'node:v8';
import { columnsOf, type PodColumns, podsOf } from '../scenario/kubernetes/podColumns.ts';
import type { PodDraft } from '../scenario/kubernetes/readPod.ts';
import type { SourceDrafts } from '../scenario/kubernetes/SourceDrafts.ts';

/** Drafts as they are written: most of a dump are pods. */
interface StoredDrafts {
  readonly source: Omit<SourceDrafts, 'drafts'>;
  readonly others: Omit<SourceDrafts['drafts'], 'pods'>;
  readonly pods: PodColumns<PodDraft>;
}

/** `source` as bytes; objects that it has in several places are written once. */
export function bytesOf({ drafts: { pods, ...others }, ...source }: SourceDrafts): Buffer {
  const stored: StoredDrafts = { source, others, pods: columnsOf(pods, 'createdEpoch') };
  return serialize(stored);
}

/** Reads what {@link bytesOf} wrote; undefined for anything else. Checks only the frame, so `bytes` have to be as they were written. */
export function draftsOf(bytes: Buffer): SourceDrafts | undefined {
  const stored: unknown = deserialize(bytes);
  if (!isStored(stored)) return undefined;
  const { source, others, pods } = stored;
  return { ...source, drafts: { ...others, pods: podsOf(pods) } };
}

function isStored(value: unknown): value is StoredDrafts {
  return typeof value === 'object' && value !== null && 'source' in value && 'others' in value && 'pods' in value;
}
