import { markdownTable } from '../markdown-table.ts';
import type { Bill } from './read-bills.ts';

/** Where the page is, from the root of the repository. */
export const licencesPagePath = 'docs/operations/licences.md';

const heading = ['package', 'version', 'licence', 'in the files of', 'installed with'];

/** Returns the page that lists what the packages ship, and under which licences. */
export function licencesPage(bills: readonly Bill[]): string {
  const rows = rowsOf(bills);
  const named = [...new Set(rows.map(([, , licence = '']) => licence))].toSorted();
  const counts = named.map(
    (licence) => `${licence} (${rows.filter(([, , found]) => found === licence).length})`,
  );
  return `# What is shipped, and under which licences

Written by \`pnpm sbom\` from what the last build put into each package; edit nothing here.

Our own packages are under the [MIT licence](../../LICENSE). Of others, ${rows.length} packages reach whoever installs one of ours: ${counts.join(', ')}. A build with a licence that is [not permitted](../../scripts/sbom/permitted-licences.ts) fails, and so does one with a package that names none.

Each package has in its \`dist\`

- \`sbom.cdx.json\`: a bill of materials, CycloneDX 1.6, with the SHA-512 that the lockfile has for each package. It has no time in it unless \`SOURCE_DATE_EPOCH\` is set, so the same sources give the same bytes.
- \`THIRD-PARTY-LICENSES.txt\`: the texts of the licences of what is in its files.

What is in the files of another package of ours that is installed beside one stands in that package's own bill. Packages for one operating system or processor are listed for all of them; of those only what fits is installed, and each is under the licence of the package that asks for it. The \`Dockerfile\`'s base image, with Node and Debian, is in none of this: its publisher says what is in it. Development tools are in no package.

${markdownTable([heading, ...rows])}
`;
}

function rowsOf(bills: readonly Bill[]): string[][] {
  const found = new Map<string, { row: string[]; bundled: string[]; installed: string[] }>();
  for (const { packageName, components } of bills) {
    const short = packageName.replace('@adjutant/', '');
    for (const { name, version, licence, shipped } of components) {
      if (name.startsWith('@adjutant/')) continue;
      const key = `${name}@${version}`;
      const entry = found.get(key) ?? {
        row: [`\`${name}\``, version, licence],
        bundled: [],
        installed: [],
      };
      if (shipped !== 'installed') entry.bundled.push(short);
      if (shipped !== 'bundled') entry.installed.push(short);
      found.set(key, entry);
    }
  }
  return [...found]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { row, bundled, installed }]) => [
      ...row,
      bundled.toSorted().join(', ') || '–',
      installed.toSorted().join(', ') || '–',
    ]);
}
