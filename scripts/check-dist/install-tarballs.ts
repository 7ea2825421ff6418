import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrThrow } from '../run-command.ts';
import type { PackedPackage } from './pack-packages.ts';

/** Installs packed packages by name into an empty folder with npm, as a user would. */
export async function installTarballs(
  folder: string,
  packages: readonly PackedPackage[],
  wanted: readonly string[],
  others: Readonly<Record<string, string>> = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const tarballs = Object.fromEntries(
    packages.map(({ name, tarball }) => [name, `file:${tarball}`] as const),
  );
  const chosen = wanted.map((name) => [name, tarballs[name] ?? name] as const);
  const manifest = {
    name: 'outside',
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(chosen), ...others },
    // Ours depend on each other by version; none of these is on a registry.
    overrides: tarballs,
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await runOrThrow('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: outsideEnvironment(),
  });
}

/** Returns the environment without what pnpm and this repository put there for their own scripts. */
export function outsideEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|NODE_OPTIONS$|NODE_PATH$|INIT_CWD$)/i.test(name),
  );
  return Object.fromEntries(kept);
}
