import { runOrThrow } from '../run-command.ts';
import type { Figure } from './figure.ts';
import type { PackedPackage } from './pack-packages.ts';

const required = [
  'package/package.json',
  'package/README.md',
  'package/LICENSE',
  'package/dist/THIRD-PARTY-LICENSES.txt',
  'package/dist/sbom.cdx.json',
];
const unwanted = /\.test\.|__fixtures__|\.tsbuildinfo$|\.db(-\w+)?$|node_modules|\/\.[^/]+$/;

/** Tells files that a tarball lacks, and files that it should not carry. */
export async function judgeContents(packages: readonly PackedPackage[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, tarball, folder } of packages) {
    const listing = await runOrThrow('tar', ['-tzf', tarball], { cwd: folder });
    const files = listing.split('\n').filter(Boolean);
    const missing = required.filter((file) => !files.includes(file));
    const extra = files.filter((file) => unwanted.test(file));
    figures.push({
      what: `${name}: files missing or unwanted`,
      found: `${missing.length + extra.length} of ${files.length}`,
      limit: '0',
      ok: missing.length + extra.length === 0,
      detail: [...missing.map((file) => `missing ${file}`), ...extra].join('\n'),
    });
  }
  return figures;
}
