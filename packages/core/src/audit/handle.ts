import type { AuditEntry } from '../domain.ts';
import type { Checkpoint, SigningKey } from './checkpoint-text.ts';
import type { LedgerReport, VerifyOptions } from './ledger-report.ts';

export interface AuditQuery {
  event?: string | undefined;
  subject?: string | undefined;
  actor?: string | undefined;
  traceId?: string | undefined;
  /** Only what happened at or after this instant. */
  since?: number | undefined;
  /** Only what happened before this instant. */
  until?: number | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface AuditPage {
  /** Newest first. */
  items: AuditEntry[];
  total: number;
  nextCursor: string | null;
}

export interface PersonalField {
  name: string;
  /** Null where it was erased, or where the viewer may not see it. */
  value: string | null;
  /** `changed` where it is not what the chain's digest was made of. */
  state: 'shown' | 'hidden' | 'erased' | 'changed';
}

export interface AuditDetail extends AuditEntry {
  previousHash: string | null;
  hash: string | null;
  /** Whether the content fits its hash; null for what was written before there was a chain. */
  isIntact: boolean | null;
  personal: PersonalField[];
}

export interface CheckpointOptions {
  signingKey: SigningKey | (() => Promise<SigningKey>);
  /**
   * A folder, where a file is never written over, or a function of the host's. It should be a place
   * that whoever owns the database cannot write.
   */
  to: string | ((text: string, checkpoint: Checkpoint) => Promise<void>);
}

/** Where checkpoints go by themselves, while something works for the workspace. */
export interface CheckpointPlan extends CheckpointOptions {
  /** Minute, hour, day of month, month, day of week, in UTC; once a day unless told. */
  cron?: string | undefined;
}

export interface WrittenCheckpoint extends Checkpoint {
  keyId: string;
  text: string;
  /** Null where a function took it. */
  path: string | null;
}

/** The ledger of one workspace, for one viewer. */
export interface Audit {
  list(query?: AuditQuery): Promise<AuditPage>;
  /** By id, or by its number in the chain. @throws AdjutantError `NotFound` */
  show(entryId: string): Promise<AuditDetail>;
  /** Checks the whole ledger. @throws AdjutantError `InvalidInput` for a checkpoint that is none */
  verify(options?: VerifyOptions): Promise<LedgerReport>;
  /**
   * Yields the chain as JSON lines, oldest first, with what is hashed of each entry; personal data
   * only where asked for. @throws AdjutantError `Permission`
   */
  export(options?: { withPersonalData?: boolean | undefined }): AsyncIterable<string>;
  /**
   * Signs where the chain stands and hands it out; refuses where the chain does not verify.
   * @throws AdjutantError `Permission`, `LedgerIntegrity`, `Configuration` for a key that is none,
   *   `InvalidInput` where nothing was written yet
   */
  checkpoint(options: CheckpointOptions): Promise<WrittenCheckpoint>;
  /**
   * Erases what is personal of one entry, or of all entries that a person made or that are about
   * them. The chain holds, and an entry tells of the erasure.
   * @throws AdjutantError `Permission`, `NotFound`
   */
  erasePersonalData(of: { entryId: string } | { personId: string }): Promise<{ entries: number }>;
}
