/** The key of a pod (`namespace/name`) with its hash: whoever makes many keys need not read each of them for that. */
export interface HashedKey {
  readonly key: string;
  /** Its {@link keyHash}. */
  readonly hash: number;
}

export function hashed(key: string): HashedKey {
  return { key, hash: keyHash(key) };
}

/** FNV-1a, with its high bits brought down. */
export function keyHash(key: string): number {
  return finishHash(beginHash(key));
}

/** The hash of all keys that begin with `beginning`, as far as it goes: {@link hashOn} takes in the next character, {@link finishHash} ends it. */
export function beginHash(beginning: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < beginning.length; at += 1) hash = hashOn(hash, beginning.charCodeAt(at));
  return hash;
}

export function hashOn(hash: number, character: number): number {
  return Math.imul(hash ^ character, 0x01000193);
}

export function finishHash(hash: number): number {
  return hash ^ (hash >>> 15);
}
