import type { ReadContext } from '../reads/read-context.ts';
import { erasePersonalData } from './erase-personal-data.ts';
import { exportLedger } from './export-ledger.ts';
import type { Audit } from './handle.ts';
import { listEntries } from './list-entries.ts';
import { makeCheckpoint } from './make-checkpoint.ts';
import { showEntry } from './show-entry.ts';
import { verifyLedger } from './verify-ledger.ts';

/** Returns the ledger of a workspace as its viewer may see it. */
export function createAudit(context: ReadContext): Audit {
  return {
    list: (query = {}) => listEntries(context, query),
    show: (entryId) => showEntry(context, entryId),
    verify: (options = {}) => verifyLedger(context.store, context.workspaceId, options),
    export: (options = {}) => exportLedger(context, options),
    checkpoint: (options) => makeCheckpoint(context, options),
    erasePersonalData: (of) => erasePersonalData(context, of),
  };
}
