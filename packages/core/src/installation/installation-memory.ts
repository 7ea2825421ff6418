/** How far a ledger reached: the number and hash of its newest entry. */
export interface RememberedHead {
  seq: number;
  hash: string;
}

/**
 * What an installation knows of the stores that it made or adopted. It lies outside of them, where
 * whoever brings a store cannot write. It is written after the store, so it may lag behind and never
 * leads: a store that ends before it is an older one.
 */
export interface InstallationMemory {
  /** @param chain names a ledger: the hash of its first entry */
  load(chain: string): Promise<RememberedHead | null>;
  /**
   * Keeps how far a ledger reached. What reaches further stays, as several processes write here, unless
   * `isNewCourse` says that the ledger was set back and that is known.
   */
  save(chain: string, head: RememberedHead, options: { isNewCourse: boolean }): Promise<void>;
  /**
   * Whether a store is taken as this installation's own. A file that is not, and is not known, has every
   * approval ended when it is opened. One on a server (`file` null) stays as it is for those who share it,
   * known or not, and this installation carries out nothing of it: its rows are whatever the server says.
   */
  adopts(store: { file: string | null }): boolean;
}
