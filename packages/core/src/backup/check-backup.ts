import { sql } from 'drizzle-orm';
import { verifyLedger } from '../audit/verify-ledger.ts';
import type { Clock } from '../clock.ts';
import type { CheckedStore } from '../data/outcomes.ts';
import { AdjutantError } from '../errors.ts';
import { namedWorkspaces } from '../installation/named-workspaces.ts';
import { readHead } from '../store/ledger-rows.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';

/**
 * Opens the file of a store, which brings its schema up to date, and returns what it is once all of it was
 * found sound: its pages, and the ledger of every workspace that anything in it names.
 * @throws AdjutantError `StoreCorrupt`, `LedgerIntegrity`, `StoreTooNew`, `Configuration`
 */
export async function checkStore(path: string, clock: Clock): Promise<CheckedStore> {
  const store = await openStore(path, { clock });
  try {
    const pages = await queryTuples<[string]>(store.read, sql`pragma integrity_check(1)`);
    if (pages[0]?.[0] !== 'ok') {
      throw new AdjutantError('StoreCorrupt', 'The file is damaged.', {
        hint: 'Take another backup.',
      });
    }
    const ledgers: CheckedStore['ledgers'] = [];
    for (const id of await namedWorkspaces(store.read)) {
      const report = await verifyLedger(store, id, {});
      if (!report.ok) {
        throw new AdjutantError('LedgerIntegrity', `The ledger of ${id} does not verify.`, {
          hint: 'Open it apart from this one and run "adjutant audit verify".',
        });
      }
      ledgers.push({ workspaceId: id, seq: (await readHead(store.read, id))?.seq ?? 0 });
    }
    return { schemaVersion: store.schemaVersion, ledgers };
  } finally {
    await store.close();
  }
}
