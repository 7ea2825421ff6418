import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageManifest } from '../package-build/package-manifest.ts';
import { pnpmCommand, runOrThrow } from '../run-command.ts';

export interface PackedPackage extends PackageManifest {
  /** Absolute path of the .tgz that would be published. */
  tarball: string;
}

/** Packs each package as publishing would and returns where the tarballs lie. */
export async function packPackages(
  packages: readonly PackageManifest[],
  destination: string,
): Promise<PackedPackage[]> {
  mkdirSync(destination, { recursive: true });
  const [command, ...before] = pnpmCommand();
  const packed: PackedPackage[] = [];
  for (const manifest of packages) {
    const tarball = join(destination, `${manifest.name.replace('@adjutant/', '')}.tgz`);
    await runOrThrow(command, [...before, 'pack', '--out', tarball], { cwd: manifest.folder });
    packed.push({ ...manifest, tarball });
  }
  return packed;
}
