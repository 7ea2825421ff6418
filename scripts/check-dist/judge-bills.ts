import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageManifest } from '../package-build/package-manifest.ts';
import { repositoryRoot } from '../package-build/repository-root.ts';
import { licencesPage, licencesPagePath } from '../sbom/licences-page.ts';
import { requirePermitted } from '../sbom/permitted-licences.ts';
import { problemsOfBill } from '../sbom/problems-of-bill.ts';
import { type Bill, readBill } from '../sbom/read-bills.ts';
import type { Figure } from './figure.ts';

/** Holds each bill of materials against its schema and the texts of licences; and the page of both. */
export function judgeBills(packages: readonly PackageManifest[]): Figure[] {
  const bills = packages.map(readBill);
  const page = readFileSync(join(repositoryRoot, licencesPagePath), 'utf8');
  const isCurrent = page === licencesPage(bills);
  return [
    ...packages.map(({ folder }, at) => judgeBill(bills[at], folder)),
    {
      what: `${licencesPagePath}: what the packages ship`,
      found: isCurrent ? 'as built' : 'differs',
      limit: 'as built',
      ok: isCurrent,
      detail: 'pnpm sbom writes it anew.',
    },
  ];
}

function judgeBill(bill: Bill | undefined, folder: string): Figure {
  if (bill === undefined) throw new Error(`${folder} has no bill of materials`);
  const told = new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
  const texts = readFileSync(join(folder, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  const bundled = [...texts.matchAll(/^(\S+@\d\S*)\n\nLicence: /gm)].map(([, key = '']) => key);
  const missing = bundled.filter((key) => !told.has(key)).map((key) => `missing ${key}`);
  const textOf = new Set(bundled);
  const withoutText = bill.components
    .filter(({ name, shipped }) => shipped !== 'installed' && !name.startsWith('@adjutant/'))
    .map(({ name, version }) => `${name}@${version}`)
    .filter((key) => !textOf.has(key))
    .map((key) => `no licence text of ${key}`);
  const refused = bill.components.flatMap(({ name, version, licence }) =>
    refusalOf(`${name}@${version}`, licence),
  );
  const problems = [...missing, ...withoutText, ...refused, ...problemsOfBill(bill.document)];
  return {
    what: `${bill.packageName}: bill of materials`,
    found: `${problems.length} wrong of ${told.size}`,
    limit: '0',
    ok: problems.length === 0,
    detail: problems.join('\n'),
  };
}

function refusalOf(what: string, licence: string): string[] {
  try {
    requirePermitted(what, licence);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
