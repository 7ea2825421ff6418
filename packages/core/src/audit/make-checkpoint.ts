import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { readHead } from '../store/ledger-rows.ts';
import { readSealHead } from '../store/seal-rows.ts';
import { readCheckpointFiles, writeCheckpointFile } from './checkpoint-files.ts';
import { type Checkpoint, writeCheckpoint } from './checkpoint-text.ts';
import { readFirstAuthenticators } from './first-authenticators.ts';
import type { CheckpointOptions, WrittenCheckpoint } from './handle.ts';
import { requireKeeper } from './require-keeper.ts';
import { verifyLedger } from './verify-ledger.ts';

/** Signs where the chain stands and hands it out. What does not verify is not sealed. */
export async function makeCheckpoint(
  context: ReadContext,
  { signingKey, to }: CheckpointOptions,
): Promise<WrittenCheckpoint> {
  requireKeeper(context.viewer, 'signs a checkpoint of the ledger');
  const { store, workspaceId } = context;
  const head = await readHead(store.read, workspaceId);
  if (head === null) {
    throw new AdjutantError('InvalidInput', 'The ledger holds nothing yet.', {
      hint: 'Sync once, then make a checkpoint.',
    });
  }
  const authenticators = await readFirstAuthenticators(store.read, workspaceId);
  const seals = await readSealHead(store.read, workspaceId);
  const checkpoint: Checkpoint = { workspaceId, ...head, seals, authenticators };
  const key = typeof signingKey === 'function' ? await signingKey() : signingKey;
  const text = writeCheckpoint(checkpoint, key);
  const earlier = typeof to === 'string' ? await earlierIn(to, workspaceId) : [];
  await refuseBroken(context, [...earlier, text]);
  if (typeof to === 'function') {
    await to(text, checkpoint);
    return { ...checkpoint, keyId: key.keyId, text, path: null };
  }
  const path = await writeCheckpointFile(to, checkpoint, text);
  return { ...checkpoint, keyId: key.keyId, text, path };
}

/** The earlier checkpoints of this workspace in that folder. */
async function earlierIn(folder: string, workspaceId: string): Promise<string[]> {
  try {
    const files = await readCheckpointFiles(folder);
    const origin = `adjutant.ledger/${encodeURIComponent(workspaceId)}\n`;
    return files.flatMap(({ text }) => (text.startsWith(origin) ? [text] : []));
  } catch (error) {
    // A folder that is not there yet, or has none in it, holds no earlier ones.
    if (AdjutantError.isInstance(error) && error.code === 'InvalidInput') return [];
    throw error;
  }
}

async function refuseBroken(
  { store, workspaceId }: ReadContext,
  checkpoints: readonly string[],
): Promise<void> {
  const report = await verifyLedger(store, workspaceId, { checkpoints });
  const [first] = report.findings;
  if (first === undefined) return;
  throw new AdjutantError('LedgerIntegrity', `The ledger does not verify: ${first.message}`, {
    hint: 'No checkpoint was made. Run "adjutant audit verify" to see everything that was found.',
  });
}
