import type { CheckpointFile } from './checkpoint-files.ts';
import type { LedgerFinding } from './finding.ts';

export interface VerifyOptions {
  /**
   * Texts of exported checkpoints, or files as `readCheckpointFiles` gives them. Without one, a chain
   * that was written anew as a whole passes.
   */
  checkpoints?: readonly (string | CheckpointFile)[] | undefined;
}

/** What verification found. */
export interface LedgerReport {
  ok: boolean;
  workspaceId: string;
  /** Entries that were looked at. */
  entries: number;
  /** Entries from before there was a chain: nothing can be said of them. */
  unchained: number;
  head: { seq: number; hash: string } | null;
  /** The checkpoints that the chain was held against. */
  checkpoints: { seq: number; hash: string; keyId: string; keyFingerprint: string }[];
  /** The number of the newest entry that a checkpoint covers; null without one. */
  provenUpTo: number | null;
  findings: LedgerFinding[];
  /** How many there are; the list holds the first of them. */
  findingCount: number;
}
