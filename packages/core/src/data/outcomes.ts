import type { RetentionClassId } from '../retention/retention-class-ids.ts';

/** Rows of one table. */
export interface TableCount {
  table: string;
  rows: number;
}

export interface PurgeOptions {
  /** Says what would go, and changes nothing. */
  dryRun?: boolean | undefined;
  /** Only these classes; all of them unless told. */
  classes?: readonly RetentionClassId[] | undefined;
  /** Another age than the configured one, for the classes that are named; for raw events where none is. */
  olderThanDays?: number | undefined;
}

/** What a purge did with one class, or would do. */
export interface PurgedClass {
  class: RetentionClassId;
  /** Null where this class is kept for ever: nothing of it goes. */
  days: number | null;
  /** Rows from before this instant go. @unit epoch milliseconds */
  before: number | null;
  rows: number;
  tables: TableCount[];
  /** Old enough, and kept because nobody has read them yet. */
  unread: number;
  /** The archives that the rows went into; none for a dry run, and for what is not archived. */
  archives: string[];
}

export interface PurgeReport {
  isDryRun: boolean;
  at: number;
  rows: number;
  classes: PurgedClass[];
}

/** An archive as it is listed. */
export interface ArchiveSummary {
  archiveId: string;
  /**
   * `stands`: its rows are here and nowhere else. `restored`: they are back in the store. `left_over`:
   * a purge was cut off, and the rows never left the store. `missing`: the ledger tells of it, and it is gone.
   * `foreign`: another store put it there.
   */
  state: 'stands' | 'restored' | 'left_over' | 'missing' | 'foreign';
  /** Null where the manifest cannot be read. */
  class: string | null;
  rows: number | null;
  /** When the oldest and the newest of its rows are from. @unit epoch milliseconds */
  from: number | null;
  to: number | null;
  /** Null for one that the ledger does not tell of. @unit epoch milliseconds */
  archivedAt: number | null;
}

export interface ArchiveProblem {
  archiveId: string;
  problem: string;
}

export interface ArchiveVerification {
  isIntact: boolean;
  archives: number;
  files: number;
  rows: number;
  problems: ArchiveProblem[];
}

export interface RestoredArchive {
  archiveId: string;
  /** Rows that were put back. */
  rows: number;
  /** Rows that were there: what is in the store stands. */
  present: number;
}

/** Rows in which a name, login or address stays, because what they prove would be gone with it. */
export interface RemainingMentions {
  /** Entries of the chain: their hashes are over it. */
  ledger: number;
  /** Rights to decide that were given to an account known by an address. */
  rights: number;
  /** Decisions whose reason somebody signed. */
  decisions: number;
  /** Actions that are still to be carried out: erase again once they are settled. */
  openActions: number;
}

/** What an erasure did. */
export interface Erasure {
  personId: string;
  /** Rows that were deleted, because they were about nobody else. */
  rowsDeleted: number;
  /** Rows in which a name, login or address was replaced. */
  rowsRewritten: number;
  /** Entries of the ledger whose personal side was erased; the chain holds. */
  ledgerEntries: number;
  archivesRewritten: number;
  /** Where a name still stands because something is proven by it. */
  remaining: RemainingMentions;
}

/** What a store was found to be. */
export interface CheckedStore {
  schemaVersion: number;
  /** Where the ledger of each workspace ends: its last number. */
  ledgers: { workspaceId: string; seq: number }[];
}

/** A copy of a store, checked. */
export interface Backup extends CheckedStore {
  path: string;
  bytes: number;
  sha256: string;
}
