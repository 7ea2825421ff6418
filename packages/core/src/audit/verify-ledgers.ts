import { namedWorkspaces } from '../installation/named-workspaces.ts';
import type { Store } from '../store/store.ts';
import { workspaceOfCheckpoint } from './checkpoint-text.ts';
import type { LedgerReport, VerifyOptions } from './ledger-report.ts';
import { verifyLedger } from './verify-ledger.ts';

/**
 * Checks the ledger of every workspace that the store or a checkpoint names, one of them first: of a
 * ledger that somebody took out as a whole only a checkpoint tells.
 * @throws AdjutantError `InvalidInput` for a checkpoint that is none
 */
export async function verifyLedgers(
  store: Store,
  firstWorkspaceId: string,
  { checkpoints = [] }: VerifyOptions = {},
): Promise<LedgerReport[]> {
  // What names no workspace is refused where the first one reads it.
  const filesOf = Map.groupBy(checkpoints, (file) => {
    const text = typeof file === 'string' ? file : file.text;
    return workspaceOfCheckpoint(text) ?? firstWorkspaceId;
  });
  const named = await namedWorkspaces(store.read);
  const reports: LedgerReport[] = [];
  for (const workspaceId of new Set([firstWorkspaceId, ...named, ...filesOf.keys()])) {
    const own = filesOf.get(workspaceId) ?? [];
    reports.push(await verifyLedger(store, workspaceId, { checkpoints: own }));
  }
  return reports;
}
