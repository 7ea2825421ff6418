import { readAuthenticatorHistory } from '../approvers/authenticator-history.ts';
import type { Database } from '../store/database.ts';
import type { Checkpoint, SignedCheckpoint } from './checkpoint-text.ts';
import type { Findings } from './finding.ts';

/** Returns the first authenticator that the ledger tells of, for each person. */
export async function readFirstAuthenticators(
  database: Database,
  workspaceId: string,
): Promise<Checkpoint['authenticators']> {
  const first = new Map<string, string>();
  for (const event of await readAuthenticatorHistory(database, workspaceId)) {
    if (event.event !== 'enrolled' || first.has(event.personId)) continue;
    first.set(event.personId, event.fingerprint);
  }
  return [...first].map(([personId, fingerprint]) => ({ personId, fingerprint }));
}

/** Adds a finding for each person whose first authenticator is not the one that was exported. */
export async function checkFirstAuthenticators(
  database: Database,
  workspaceId: string,
  checkpoints: readonly SignedCheckpoint[],
  findings: Findings,
): Promise<void> {
  const now = new Map(
    (await readFirstAuthenticators(database, workspaceId)).map((row) => [
      row.personId,
      row.fingerprint,
    ]),
  );
  const told = new Set<string>();
  for (const { seq, authenticators } of checkpoints) {
    for (const { personId, fingerprint } of authenticators) {
      if (now.get(personId) === fingerprint || told.has(personId)) continue;
      told.add(personId);
      findings.add(
        'authenticator_replaced',
        `The first authenticator of ${personId} is not the one that the checkpoint of entry ${seq} names.`,
        { subject: personId },
      );
    }
  }
}
