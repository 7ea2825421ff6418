// Writes the tables of docs/security that are made from definitions: what is stored, who sees what,
// thresholds, and what never exists. `--check` writes nothing and fails where one differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describedTables } from '../packages/core/src/privacy/data-map.ts';
import { neverExists } from '../packages/core/src/privacy/never-exists.ts';
import { refusalReasons } from '../packages/core/src/privacy/refusal.ts';
import {
  dataOrigins,
  dataPurposes,
  dataRetentions,
} from '../packages/core/src/privacy/stored-table.ts';
import { privacyThresholds } from '../packages/core/src/privacy/thresholds.ts';
import {
  grants,
  informationClasses,
  viewerRelations,
  visibility,
} from '../packages/core/src/privacy/visibility.ts';
import { markdownTable } from './markdown-table.ts';

const folder = fileURLToPath(new URL('../docs/security/', import.meta.url));

/** What stands between the marks of each page, by page and mark. */
function parts(): Record<string, Record<string, string>> {
  return {
    'what-is-stored.md': { tables: storedTables() },
    'privacy.md': {
      visibility: visibilityTable(),
      conditions: conditions(),
      purposes: purposeTable(),
      thresholds: thresholdTable(),
      never: neverTable(),
      refusals: Object.values(refusalReasons)
        .map((text) => `- ${text}`)
        .join('\n'),
    },
  };
}

/** Returns every page that has made parts, by file name, as it should read. */
export function privacyPages(): Map<string, string> {
  return new Map(
    Object.entries(parts()).map(([page, made]) => {
      const text = readFileSync(join(folder, page), 'utf8');
      return [
        page,
        Object.entries(made).reduce((whole, [mark, part]) => put(whole, mark, part), text),
      ];
    }),
  );
}

/** Returns a page with the part between two marks replaced. */
export function put(page: string, mark: string, part: string): string {
  const begin = `<!-- ${mark}: written by scripts/generate-privacy-docs.ts -->`;
  const end = `<!-- /${mark} -->`;
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`no marks for "${mark}"`);
  return `${before}${begin}\n\n${part}\n\n${end}${after}`;
}

function storedTables(): string {
  const rows = describedTables().map(({ table, holds, personal }) => [
    `\`${table}\``,
    holds,
    personal,
  ]);
  return markdownTable([['table', 'holds', 'personal data'], ...rows]);
}

function visibilityTable(): string {
  const rows = informationClasses.flatMap((name) => {
    const { holds, read, change } = visibility[name];
    const line = (act: string, row: typeof read): string[] => [
      `\`${name}\`: ${holds}`,
      act,
      ...viewerRelations.map((relation) => row[relation].replaceAll('_', ' ')),
    ];
    return [line('see', read), ...(change === null ? [] : [line('change', change)])];
  });
  return markdownTable([['what', '', ...viewerRelations], ...rows]);
}

function conditions(): string {
  return Object.entries(grants)
    .map(([name, text]) => `- **${name.replaceAll('_', ' ')}**: ${text}`)
    .join('\n');
}

function purposeTable(): string {
  const rows = describedTables().flatMap(({ table, data }) => {
    if (data === null) return [];
    return [
      [
        `\`${table}\``,
        dataOrigins[data.origin],
        dataPurposes[data.purpose],
        dataRetentions[data.retention].text,
        `\`${data.seenAs}\``,
      ],
    ];
  });
  return markdownTable([['table', 'from', 'for', 'kept', 'seen as'], ...rows]);
}

function thresholdTable(): string {
  const rows = privacyThresholds().map(({ value, unit, meaning }) => [`${value} ${unit}`, meaning]);
  return markdownTable([['', ''], ...rows]);
}

function neverTable(): string {
  const rows = neverExists.map(({ what, guardedBy }) => [
    what,
    `\`${guardedBy.test}\` in \`${guardedBy.file}\``,
  ]);
  return markdownTable([['never', 'the test that fails otherwise'], ...rows]);
}

/** Returns the names of pages that differ from the definitions. */
export function stalePrivacyPages(pages: ReadonlyMap<string, string>): string[] {
  return [...pages]
    .filter(([page, text]) => readFileSync(join(folder, page), 'utf8') !== text)
    .map(([page]) => page);
}

function run(options: readonly string[]): number {
  const pages = privacyPages();
  const stale = stalePrivacyPages(pages);
  if (options.includes('--check')) {
    if (stale.length === 0) return 0;
    process.stderr.write(
      `docs/security differs from the definitions: ${stale.join(', ')}. Run "node --run docs:generate".\n`,
    );
    return 1;
  }
  for (const page of stale) writeFileSync(join(folder, page), pages.get(page) ?? '');
  process.stdout.write(`docs/security: ${pages.size} pages, ${stale.length} written.\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = run(process.argv.slice(2));
}
