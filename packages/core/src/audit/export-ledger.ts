import { sql } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { entryBody } from './entry-hash.ts';
import { readChain, readExtent } from './read-chain.ts';
import { requireKeeper } from './require-keeper.ts';

/**
 * Yields each entry of the chain as one JSON line: `previousHash`, `hash` and `body`, the very text
 * that was hashed, so that a program of somebody else's can check it.
 */
export async function* exportLedger(
  { store, workspaceId, viewer }: ReadContext,
  { withPersonalData = false }: { withPersonalData?: boolean | undefined },
): AsyncGenerator<string> {
  requireKeeper(viewer, 'exports the ledger');
  const { lastSeq } = await readExtent(store.read, workspaceId);
  for await (const rows of readChain(store.read, workspaceId, lastSeq)) {
    for (const row of rows) {
      const { previousHash, hash, personalDigests } = row;
      const line = { previousHash, hash, body: entryBody(row) };
      if (!withPersonalData || personalDigests === null) yield JSON.stringify(line);
      else {
        const personal = await queryTuples<[string, string, string]>(
          store.read,
          sql`select name, salt, value from audit_personal_data
            where workspace_id = ${workspaceId} and entry_id = ${row.id} order by name`,
        );
        const fields = personal.map(([name, salt, value]) => ({ name, salt, value }));
        yield JSON.stringify({ ...line, personal: fields });
      }
    }
    await yieldToEventLoop();
  }
}
