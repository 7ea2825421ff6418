import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../package-build/repository-root.ts';
import { type CommandResult, runCommand } from '../run-command.ts';
import type { Figure } from './figure.ts';
import { installTarballs, outsideEnvironment } from './install-tarballs.ts';
import type { PackedPackage } from './pack-packages.ts';
import { makeClone } from './make-clone.ts';
import { catalogVersion } from './catalog-version.ts';

/** Type-checks and runs the ten lines of examples/embed against the tarballs, outside. */
export async function judgeEmbedding(
  folder: string,
  packages: readonly PackedPackage[],
): Promise<Figure[]> {
  const wanted = ['@adjutant/core', '@adjutant/connectors', '@adjutant/metrics'];
  const versions = {
    typescript: catalogVersion('typescript'),
    '@types/node': catalogVersion('@types/node'),
  };
  await installTarballs(folder, packages, wanted, versions);
  await makeClone(folder);
  copyFileSync(join(repositoryRoot, 'examples/embed/src/main.ts'), join(folder, 'main.ts'));
  const env = outsideEnvironment();
  const figures: Figure[] = [];
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    const compilerOptions = {
      ...{ module, moduleResolution, target: 'es2023', types: ['node'] },
      // The whole of what our declarations say is checked, not only what the ten lines touch.
      ...{ strict: true, noEmit: true, skipLibCheck: false },
    };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['main.ts'] }),
    );
    const tsc = join(folder, 'node_modules/typescript/bin/tsc');
    const checked = await runCommand(process.execPath, [tsc, '-p', '.'], { cwd: folder, env });
    figures.push(verdict(`examples/embed type-checks outside, ${moduleResolution}`, checked));
  }
  const run = await runCommand(process.execPath, ['main.ts'], { cwd: folder, env });
  const printed =
    run.stdout.includes("metricId: 'throughput'") && /sampleSize: 3\b/.test(run.stdout);
  figures.push({
    ...verdict('examples/embed runs outside and prints the three merges', run),
    ok: run.exitCode === 0 && printed && existsSync(join(folder, 'adjutant.db')),
  });
  return figures;
}

function verdict(what: string, { exitCode, stdout, stderr }: CommandResult): Figure {
  const ok = exitCode === 0;
  return { what, found: `exit ${exitCode}`, limit: 'exit 0', ok, detail: stdout + stderr };
}
