import type { LedgerReport, StoreRestore, VerifyOptions } from './ledger-report.ts';
import { AdjutantError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { checkAccess } from './check-access.ts';
import { checkPolicy } from './check-policy.ts';
import { createPersonalDataCheck } from './check-personal-data.ts';
import { checkPeople } from './check-people.ts';
import { checkProofs } from './check-proofs.ts';
import { checkRows } from './check-rows.ts';
import { checkSchema } from './check-schema.ts';
import { checkSeals } from './check-seals.ts';
import { checkWords } from './check-words.ts';
import { createStandingsCheck } from './check-standings.ts';
import { checkToldRows } from './check-told-rows.ts';
import type { CheckpointFile } from './checkpoint-files.ts';
import { readCheckpoint, type SignedCheckpoint } from './checkpoint-text.ts';
import { createFindings, type Findings } from './finding.ts';
import { checkFirstAuthenticators } from './first-authenticators.ts';
import { readExtent } from './read-chain.ts';
import { restoresToldBy } from './told-restores.ts';
import { walkChain } from './walk-chain.ts';

/**
 * Checks a whole ledger: each entry and its link, the end, personal data against its digests, and
 * the rows that decide what may happen against the entries that tell of them.
 * @throws AdjutantError `InvalidInput` for a checkpoint that is none of this workspace
 */
export async function verifyLedger(
  store: Store,
  workspaceId: string,
  options: VerifyOptions = {},
): Promise<LedgerReport> {
  const checkpoints = (options.checkpoints ?? []).map((file) => readFrom(file, workspaceId));
  const database = store.read;
  const findings = createFindings();
  const extent = await readExtent(database, workspaceId);
  const personalData = createPersonalDataCheck(database, workspaceId, findings);
  const standings = createStandingsCheck(database, workspaceId, findings);
  const restores: StoreRestore[] = [];
  const entries = await walkChain(
    database,
    workspaceId,
    extent,
    checkpoints,
    findings,
    async (rows) => {
      await personalData.look(rows);
      standings.look(rows);
      restores.push(...restoresToldBy(rows));
      await checkToldRows(database, workspaceId, rows, findings);
    },
  );
  await personalData.finish(Math.max(extent.lastSeq, extent.head?.seq ?? 0));
  await standings.finish();
  const checks = [checkRows, checkAccess, checkPeople, checkProofs, checkWords, checkPolicy];
  for (const check of checks) {
    await check(database, workspaceId, findings).catch((error: unknown) => {
      nameUnreadable(error, findings);
    });
  }
  // What is on another machine is written there, by connections that seal nothing.
  const isSealed = store.file !== null;
  const rows = isSealed ? await checkSeals(database, workspaceId, checkpoints, findings) : null;
  if (isSealed) await checkSchema(database, findings);
  await checkFirstAuthenticators(database, workspaceId, checkpoints, findings);
  const proven = checkpoints.map(({ seq }) => seq).filter((seq) => seq <= extent.lastSeq);
  return {
    ok: findings.total === 0,
    workspaceId,
    entries,
    unchained: extent.unchained,
    rows,
    head: extent.head,
    checkpoints: checkpoints.map(({ seq, hash, keyId, keyFingerprint }) => ({
      seq,
      hash,
      keyId,
      keyFingerprint,
    })),
    provenUpTo: proven.length === 0 ? null : Math.max(...proven),
    restores,
    findings: findings.list,
    findingCount: findings.total,
  };
}

/** A row may hold anything by now. What cannot be read is not what was written; where it stands, its seal says. */
function nameUnreadable(error: unknown, findings: Findings): void {
  if (AdjutantError.isInstance(error) && error.code.startsWith('Store')) throw error;
  const message = 'A row that decisions rest on holds something that cannot be read.';
  findings.add('row_differs', message);
}

/** Of several files an error must say which one it is about. */
function readFrom(file: string | CheckpointFile, workspaceId: string): SignedCheckpoint {
  if (typeof file === 'string') return readCheckpoint(file, workspaceId);
  try {
    return readCheckpoint(file.text, workspaceId);
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    const { code, message, hint } = error;
    const options = hint === null ? { cause: error } : { hint, cause: error };
    throw new AdjutantError(code, `${file.path}: ${message}`, options);
  }
}
