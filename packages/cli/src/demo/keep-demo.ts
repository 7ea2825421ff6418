import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { CommandContext } from '../command-context.ts';
import { ensurePrivateFolder } from '../config/data-folder.ts';
import { configFileName } from '../config/find-config.ts';
import { trustWritten } from '../trust/trust-written.ts';
import { demoConfig, type DemoPlaces, demoStoreName } from './demo-config.ts';
import { keptDemoFolder } from './kept-demo.ts';

const copyName = 'kept.db';

/** Copies a demo's store as it is now, before anybody tampers with it. */
export async function copyStore(configPath: string): Promise<void> {
  const { default: Database } = await import('libsql');
  const folder = dirname(configPath);
  const database = new Database(join(folder, demoStoreName), { timeout: 5_000 });
  try {
    database.prepare('vacuum into ?').run([join(folder, copyName)]);
  } finally {
    database.close();
  }
}

/**
 * Keeps the copied store and the clones of a demo in place of those of the last one, and returns where.
 * Null where nothing may be written there: a demo shows what it shows all the same.
 */
export function keepDemo(
  context: CommandContext,
  configPath: string,
  { clones, places }: { clones: readonly string[]; places: DemoPlaces },
): string | null {
  const folder = keptDemoFolder(context.io);
  try {
    rmSync(folder, { recursive: true, force: true });
    ensurePrivateFolder(folder);
    const kept = clones.map((clone) => join(folder, 'repositories', basename(clone)));
    for (const [at, clone] of clones.entries()) cpSync(clone, kept[at] ?? '', { recursive: true });
    cpSync(join(dirname(configPath), copyName), join(folder, demoStoreName));
    chmodSync(join(folder, demoStoreName), 0o600);
    const config = join(folder, configFileName);
    trustWritten(context, config, () =>
      writeFileSync(config, demoConfig(kept, places), { mode: 0o600 }),
    );
    return folder;
  } catch (error) {
    if (AdjutantError.isInstance(error) || isRefused(error)) return null;
    throw error;
  }
}

function isRefused(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return (
    typeof code === 'string' &&
    ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EEXIST', 'ENOTDIR'].includes(code)
  );
}
