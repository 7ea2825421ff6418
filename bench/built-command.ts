import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const publishedBin = join(root, 'packages/cli/dist/bin.js');

/** Returns the path of the published command, built anew where a source is newer than it. */
export function builtCommand(): string {
  if (isStale()) {
    console.log('  building the packages');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.ts'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the build failed\n${stdout}${stderr}`);
  }
  return publishedBin;
}

function isStale(): boolean {
  if (!existsSync(publishedBin)) return true;
  const built = globSync('packages/*/dist/**/*.js', { cwd: root }).map(changedAt);
  const sources = globSync('packages/*/src/**/*.ts', { cwd: root })
    .filter((path) => !/\.test\.ts$|\/testing\//.test(path))
    .map(changedAt);
  return Math.max(...sources) > Math.min(...built);
}

function changedAt(path: string): number {
  return statSync(join(root, path)).mtimeMs;
}
