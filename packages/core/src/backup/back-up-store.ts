import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import type { Backup } from '../data/outcomes.ts';
import { AdjutantError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { copyWhole, requireFile } from '../store/whole-file.ts';
import { checkStore } from './check-backup.ts';

/**
 * Copies the store, of one moment, while others read and write; the copy is checked before it has its
 * name, so that what was cut off never passes for a backup.
 * @throws AdjutantError `Configuration`, `Conflict` where the file is there, `StoreCorrupt`, `LedgerIntegrity`
 */
export async function backUpStore(
  {
    store,
    workspaceId,
    clock,
    actor,
  }: { store: Store; workspaceId: string; clock: Clock; actor: string },
  to: string,
): Promise<Backup> {
  requireFile(store);
  const path = resolve(to);
  if (existsSync(path)) {
    throw new AdjutantError('Conflict', `There is a file ${path} already.`, {
      hint: 'Name another one: a backup is never written over.',
    });
  }
  const partial = `${path}.${process.pid}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await copyWhole(store, partial);
    // The copy is made by the umask; one of a private file is private.
    await chmod(partial, 0o600);
    const checked = await checkStore(partial, clock);
    await rename(partial, path);
    const backup = { path, ...checked, bytes: (await stat(path)).size, sha256: await hashOf(path) };
    await store.transaction((transaction) =>
      appendAuditEntry(transaction, {
        workspaceId,
        at: clock.now(),
        actor,
        event: 'data.backed_up',
        subject: `backup:${basename(path)}`,
        detail: { bytes: backup.bytes, sha256: backup.sha256 },
      }),
    );
    return backup;
  } catch (error) {
    if (AdjutantError.isInstance(error)) throw error;
    throw new AdjutantError('Configuration', `The backup cannot be written to ${path}.`, {
      hint: 'Check the folder and the space on its disk.',
      cause: error,
    });
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(`${partial}${end}`, { force: true });
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
