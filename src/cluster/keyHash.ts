/**
 * The key of a pod (`namespace/name`) with its hash. Whoever makes many keys need not read each of them to hash it, nor build those that
 * turn out to be taken.
 */
export interface HashedKey {
  readonly key: string;
  /** Its {@link keyHash}. */
  readonly hash: number;
  /** The common part of the keys of its series; undefined when it belongs to none. */
  readonly stem: KeyStem | undefined;
}

/** The common part of keys that differ only in their last character. All of them refer to the same object, which identifies the series. */
export interface KeyStem {
  /** The hash of all characters but the last one. */
  readonly hash: number;
}

export function hashed(key: string): HashedKey {
  return { key, hash: keyHash(key), stem: undefined };
}

/** FNV-1a, with its high bits brought down. */
export function keyHash(key: string): number {
  return finishHash(hashAll(NO_CHARACTERS, key));
}

/** The hash of the key `namespace/name`. Hashing the string itself would make the engine join its parts, which most keys never need. */
export function keyHashOf(namespace: string, name: string): number {
  return finishHash(hashAll(hashOn(hashAll(NO_CHARACTERS, namespace), SLASH), name));
}

function hashAll(before: number, characters: string): number {
  let hash = before;
  for (let at = 0; at < characters.length; at += 1) hash = hashOn(hash, characters.charCodeAt(at));
  return hash;
}

const SLASH = '/'.charCodeAt(0);

/** The hash of a key as far as it has been read: {@link hashOn} takes in the next character, {@link finishHash} ends it. */
export const NO_CHARACTERS = 0x811c9dc5;

export function hashOn(hash: number, character: number): number {
  return Math.imul(hash ^ character, 0x01000193);
}

export function finishHash(hash: number): number {
  return hash ^ (hash >>> 15);
}
