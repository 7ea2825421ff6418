import type { CheckpointFile } from './checkpoint-files.ts';
import type { StoreRestoredReason } from '../installation/restored-detail.ts';
import type { LedgerFinding } from './finding.ts';

export interface VerifyOptions {
  /**
   * Texts of exported checkpoints, or files as `readCheckpointFiles` gives them. Without one, a chain
   * that was written anew as a whole passes.
   */
  checkpoints?: readonly (string | CheckpointFile)[] | undefined;
}

/** A time at which another store took the place of the one before. */
export interface StoreRestore {
  /** The entry that tells of it. */
  seq: number;
  at: number;
  reason: StoreRestoredReason;
  /** How far the ledger before it reached; null where that was not known. */
  remembered: { seq: number; hash: string } | null;
}

/** What verification found. */
export interface LedgerReport {
  ok: boolean;
  workspaceId: string;
  /** Entries that were looked at. */
  entries: number;
  /** Entries from before there was a chain: nothing can be said of them. */
  unchained: number;
  /**
   * Rows that decisions rest on and that were held against their seals; some have stood since before there
   * were any. Null for a store on another machine, whose rows have none: whether one was changed is unknown.
   */
  rows: { sealed: number; fromBefore: number } | null;
  /**
   * Revisions whose target an erasure by an earlier version replaced: that told no hashes of what it left, so
   * whether somebody edited target or payload since is unknown beyond what their seals tell.
   */
  unknownWords: number;
  head: { seq: number; hash: string } | null;
  /** The checkpoints that the chain was held against. */
  checkpoints: { seq: number; hash: string; keyId: string; keyFingerprint: string }[];
  /** The number of the newest entry that a checkpoint covers; null without one. */
  provenUpTo: number | null;
  /** When a backup, an older store or another's took this one's place: no fault, and to be known. */
  restores: StoreRestore[];
  findings: LedgerFinding[];
  /** How many there are; the list holds the first of them. */
  findingCount: number;
}
