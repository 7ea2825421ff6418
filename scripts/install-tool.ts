import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './package-build/repository-root.ts';
import { pnpmCommand, runOrThrow } from './run-command.ts';

/**
 * Installs a heavy tool of `tools/<name>` from its own lockfile, unless that lockfile's version is
 * in place already, and returns its folder. The workspace's own install stays small that way.
 */
export async function installTool(name: string): Promise<string> {
  const folder = join(repositoryRoot, 'tools', name);
  const lockfile = readFileSync(join(folder, 'pnpm-lock.yaml'), 'utf8');
  const stamp = join(folder, 'node_modules', '.installed-lockfile.yaml');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return folder;
  process.stderr.write(`Installing tools/${name} …\n`);
  const [command, ...parameters] = pnpmCommand();
  await runOrThrow(command, [...parameters, 'install', '--ignore-workspace', '--frozen-lockfile'], {
    cwd: folder,
  });
  writeFileSync(stamp, lockfile);
  return folder;
}
