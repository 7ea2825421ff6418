// Builds the packages, checks the bill of materials of each, copies them into one folder, and writes
// the page that lists what is shipped. `--no-build` takes what the last build left; `--out FOLDER`
// names another folder than `sbom`.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { publishedPackages } from './package-build/package-manifest.ts';
import { repositoryRoot } from './package-build/repository-root.ts';
import { runOrThrow } from './run-command.ts';
import { licencesPage, licencesPagePath } from './sbom/licences-page.ts';
import { problemsOfBill } from './sbom/problems-of-bill.ts';
import { readBill } from './sbom/read-bills.ts';

const { values } = parseArgs({
  options: { 'no-build': { type: 'boolean' }, out: { type: 'string', default: 'sbom' } },
});
if (values['no-build'] !== true) {
  await runOrThrow(process.execPath, ['scripts/build.ts'], { cwd: repositoryRoot });
}
const packages = publishedPackages();
const bills = packages.map(readBill);
const folder = resolve(repositoryRoot, values.out);
mkdirSync(folder, { recursive: true });
for (const [at, { packageName, document, components }] of bills.entries()) {
  const problems = problemsOfBill(document);
  if (problems.length > 0) throw new Error(`${packageName}: ${problems.join('; ')}`);
  const target = join(folder, `${packageName.replace('@adjutant/', 'adjutant-')}.cdx.json`);
  copyFileSync(join(packages[at]?.folder ?? '', 'dist', 'sbom.cdx.json'), target);
  console.log(`${packageName}: ${components.length} components, ${target}`);
}
writeFileSync(join(repositoryRoot, licencesPagePath), licencesPage(bills));
console.log(`wrote ${licencesPagePath}`);
