import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Adjutant, StoreTrouble, WorkspaceHandle } from '@adjutant/core';
import { formatNumber } from '@adjutant/insights';
import type { LoadedConfig } from '../config/load-config.ts';
import { troubleWords } from '../store-trouble-text.ts';
import { type Check, failed, note, ok } from './checks.ts';

/** Looks at the store by a round trip, at who else may read its file, and at who keeps it fresh. */
export async function checkStore(
  adjutant: Adjutant,
  handle: WorkspaceHandle,
  loaded: LoadedConfig,
  platform: NodeJS.Platform,
): Promise<Check[]> {
  const { schemaVersion, roundTripMs } = await adjutant.health();
  const { worker, meta } = await handle.syncStatus({ rowCounts: false });
  return [
    ...checkWriting(await adjutant.probeStore()),
    ok('store', `store answers in ${formatNumber(roundTripMs, 1)} ms, schema ${schemaVersion}`),
    ...checkPermissions(loaded, platform),
    meta.syncedAt === null
      ? note('synced', 'Nothing was read yet.', 'Run "adjutant sync".')
      : ok('synced', 'sources have been read'),
    worker.running
      ? ok('worker', 'a process keeps the store fresh')
      : note(
          'worker',
          'No process keeps the store fresh.',
          `Start one where you want it: ${worker.start}`,
        ),
  ];
}

function checkWriting(trouble: StoreTrouble | null): Check[] {
  if (trouble === null) return [];
  const { message, next } = troubleWords(trouble);
  return [failed('writing', message, next)];
}

function checkPermissions({ config, folder }: LoadedConfig, platform: NodeJS.Platform): Check[] {
  const path = localPath(config.store, folder);
  if (path === null || platform === 'win32') return [];
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return [];
  if ((mode & 0o077) === 0) return [ok('permissions', 'only you may read the store')];
  return [
    note('permissions', 'Others on this machine may read the store.', `Run: chmod 600 ${path}`),
  ];
}

function localPath(store: string, folder: string): string | null {
  if (store.startsWith(':') || /^[a-z][a-z0-9+.-]+:/i.test(store.replace(/^file:/i, '')))
    return null;
  return resolve(folder, store.replace(/^file:(\/\/)?/i, '').split('?')[0] ?? '');
}
