// Builds the packages and holds what would be published against what a user needs: it installs
// from tarballs in an empty folder outside the repository, and uses it there.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeApi } from './check-dist/judge-api.ts';
import { judgeBills } from './check-dist/judge-bills.ts';
import { judgeBundleSizes } from './check-dist/bundle-sizes.ts';
import { printFigures } from './check-dist/figure.ts';
import { judgeCommand } from './check-dist/judge-command.ts';
import { judgeEmbedding } from './check-dist/judge-embedding.ts';
import { judgePackages } from './check-dist/judge-packages.ts';
import { packPackages } from './check-dist/pack-packages.ts';
import { judgeDeclarations } from './check-dist/public-declarations.ts';
import { judgeContents } from './check-dist/tarball-contents.ts';
import { publishedPackages } from './package-build/package-manifest.ts';
import { repositoryRoot } from './package-build/repository-root.ts';
import { runOrThrow } from './run-command.ts';

const packages = publishedPackages();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'adjutant-dist-')));
try {
  const build = ['scripts/build.ts'];
  console.log((await runOrThrow(process.execPath, build, { cwd: repositoryRoot })).trim());
  const packed = await packPackages(packages, join(folder, 'tarballs'));
  const figures = [
    ...(await judgePackages(packed)),
    ...(await judgeContents(packed)),
    ...packages.map(judgeDeclarations),
    await judgeApi(packages),
    ...judgeBundleSizes(packages),
    ...judgeBills(packages),
    ...(await judgeEmbedding(join(folder, 'embed'), packed)),
    ...(await judgeCommand(join(folder, 'command'), packed)),
  ];
  if (!printFigures(figures)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
