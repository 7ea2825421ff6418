import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const publishedBin = join(root, 'packages/cli/dist/bin.js');

/**
 * Returns the path of the published command, bundled anew where a source is newer than it. It holds
 * our other packages too, so theirs need not be built.
 */
export function builtCommand(): string {
  if (isStale()) {
    const tsup = join(root, 'node_modules/tsup/dist/cli-default.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsup], {
      cwd: join(root, 'packages/cli'),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the build failed\n${stdout}${stderr}`);
  }
  return publishedBin;
}

function isStale(): boolean {
  if (!existsSync(publishedBin)) return true;
  const sources = globSync('packages/*/src/**/*.ts', { cwd: root }).map(
    (path) => statSync(join(root, path)).mtimeMs,
  );
  return Math.max(...sources) > statSync(publishedBin).mtimeMs;
}
