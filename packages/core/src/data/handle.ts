import type { RetentionClassId } from '../retention/retention-class-ids.ts';
import type {
  ArchiveSummary,
  ArchiveVerification,
  Backup,
  Erasure,
  PurgeOptions,
  PurgeReport,
  RestoredArchive,
} from './outcomes.ts';

/** How long one kind of rows is kept. */
export interface RetentionRule {
  class: RetentionClassId;
  holds: string;
  /** Null where it is kept for ever. */
  days: number | null;
  defaultDays: number | null;
  /** Whether its rows go into an archive before they are deleted. */
  isArchived: boolean;
}

export interface RetentionRules {
  classes: RetentionRule[];
  /** Where archives lie; null where nothing is archived. */
  archive: string | null;
}

/** Archives that a purge wrote. */
export interface Archives {
  list(): Promise<ArchiveSummary[]>;
  /** Checks manifests against the ledger, and files against manifests. */
  verify(): Promise<ArchiveVerification>;
  /**
   * Puts the rows of one back, all of them or none.
   * @throws AdjutantError `NotFound`, `Conflict`, `LedgerIntegrity`, `InvalidInput`
   */
  restore(archiveId: string): Promise<RestoredArchive>;
}

/** The life of what is stored, for administrators of a workspace and for the worker itself. */
export interface DataCare {
  retention(): RetentionRules;
  /**
   * Deletes what is older than it is kept for, archived first. A dry run counts the same rows.
   * @throws AdjutantError `Configuration` without an archive, `Conflict` while another purge is under way
   */
  purge(options?: PurgeOptions): Promise<PurgeReport>;
  readonly archives: Archives;
  /**
   * Takes a person out of the store, the index and the archives, and keeps them out: sources that are
   * read again do not bring them back. Their id stays, so that counts do. A second call finishes what
   * was cut off. @throws AdjutantError `NotFound`, `Conflict` for the last administrator
   */
  erasePerson(personId: string): Promise<Erasure>;
  /**
   * Writes a copy of the whole store, of one moment, while others read and write.
   * @throws AdjutantError `Configuration` for a remote store, `Conflict` where the file is there already
   */
  backup(to: string): Promise<Backup>;
}
