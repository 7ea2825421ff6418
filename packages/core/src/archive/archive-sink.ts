/**
 * A place for archives: named byte objects. `put` writes over what has that name, and what was there
 * before or what was given is there afterwards, never a part of it. Names are made of letters, digits,
 * `.`, `_`, `-`, `%` and `/`. Whatever goes wrong is thrown: a purge then deletes nothing.
 */
export interface ArchiveSink {
  /** Where that is, for people. */
  readonly place: string;
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Null where there is none of that name. */
  get(name: string): Promise<Uint8Array | null>;
  /** The names that begin so, in their order. */
  list(prefix: string): Promise<string[]>;
  /** Removing what is not there is no mistake. */
  remove(name: string): Promise<void>;
}
