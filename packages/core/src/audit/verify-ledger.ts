import type { LedgerReport, StoreRestore, VerifyOptions } from './ledger-report.ts';
import { AdjutantError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { checkAccess } from './check-access.ts';
import { checkPolicy } from './check-policy.ts';
import { checkLedgerKinds } from './check-ledger-kinds.ts';
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
import { findIndexFaults } from './find-index-faults.ts';
import { createFindings, type Findings } from './finding.ts';
import { checkFirstAuthenticators } from './first-authenticators.ts';
import { readExtent, type ReadRow } from './read-chain.ts';
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
  const indexFaults = findIndexFaults(store, extent.lastSeq);
  // It is awaited at the end; until then a failure is not one that nobody handles.
  indexFaults.catch(() => undefined);
  const personalData = createPersonalDataCheck(database, workspaceId, findings);
  const standings = createStandingsCheck(database, workspaceId, findings);
  const restores: StoreRestore[] = [];
  const readable = <Result>(work: Promise<Result>): Promise<Result | null> =>
    work.catch((error: unknown) => nameUnreadable(error, findings));
  await readable(checkLedgerKinds(database, workspaceId, findings));
  const look = async (chunk: readonly ReadRow[]): Promise<void> => {
    await personalData.look(chunk);
    standings.look(chunk);
    restores.push(...restoresToldBy(chunk));
    await checkToldRows(database, workspaceId, chunk, findings);
  };
  const walked = walkChain(database, workspaceId, extent, checkpoints, findings, look);
  const entries = (await readable(walked)) ?? extent.lastSeq;
  await readable(personalData.finish(Math.max(extent.lastSeq, extent.head?.seq ?? 0)));
  await readable(standings.finish());
  const checks = [checkRows, checkAccess, checkPeople, checkProofs, checkPolicy];
  for (const check of checks) await readable(check(database, workspaceId, findings));
  const unknownWords = (await readable(checkWords(database, workspaceId, findings))) ?? 0;
  // What is on another machine is written there, by connections that seal nothing.
  const rows =
    store.file === null
      ? null
      : await readable(checkSeals(database, workspaceId, checkpoints, findings));
  if (store.file !== null) await readable(checkSchema(database, indexFaults, findings));
  await readable(checkFirstAuthenticators(database, workspaceId, checkpoints, findings));
  const proven = checkpoints.map(({ seq }) => seq).filter((seq) => seq <= extent.lastSeq);
  return {
    ok: findings.total === 0,
    workspaceId,
    entries,
    unchained: extent.unchained,
    rows,
    unknownWords,
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
function nameUnreadable(error: unknown, findings: Findings): null {
  if (AdjutantError.isInstance(error) && error.code.startsWith('Store')) throw error;
  const message = 'A row that decisions rest on holds something that cannot be read.';
  findings.add('row_differs', message);
  return null;
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
