// Builds every published package: JavaScript by tsup, declarations by `tsc -b`, licences.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type PackageManifest, publishedPackages } from './package-build/package-manifest.ts';
import { pruneDeclarations } from './package-build/prune-declarations.ts';
import { repositoryRoot } from './package-build/repository-root.ts';
import { runOrThrow } from './run-command.ts';

const startedAt = performance.now();
const packages = publishedPackages();

async function bundle({ folder }: PackageManifest): Promise<void> {
  await runOrThrow('tsup', [], { cwd: folder });
  copyFileSync(join(repositoryRoot, 'LICENSE'), join(folder, 'LICENSE'));
}

for (const { folder } of packages) rmSync(join(folder, 'dist'), { recursive: true, force: true });
// `--force`: dist was emptied, which the build information of `tsc -b` does not know.
await Promise.all([
  runOrThrow('tsc', ['-b', '--force', 'tsconfig.build.json'], { cwd: repositoryRoot }),
  ...packages.map(bundle),
]);
for (const manifest of packages) pruneDeclarations(manifest);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(`built ${packages.length} packages in ${seconds} s`);
