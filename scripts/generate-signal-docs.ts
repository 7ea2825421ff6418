// Writes docs/signals from the rules that come with the product: one page per rule, an index, and the
// fields of what rules look at. `--check` writes nothing and fails where one differs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnySignalRule } from '../packages/core/src/domain.ts';
import { shippedRules } from '../packages/insights/src/index.ts';
import { fieldsPage } from './signal-docs/fields-page.ts';
import { indexPage, rulePage } from './signal-docs/rule-page.ts';

const folder = fileURLToPath(new URL('../docs/signals/', import.meta.url));
/** Written by hand. */
const handWritten: ReadonlySet<string> = new Set(['adding-a-rule.md']);

/** Returns every generated file of docs/signals by its name. */
export function signalPages(rules: readonly AnySignalRule[] = shippedRules): Map<string, string> {
  const pages = new Map(rules.map((rule) => [`${rule.id}.md`, rulePage(rule)]));
  return pages.set('README.md', indexPage(rules)).set('fields.md', fieldsPage());
}

/** Returns the names of files that are missing, differ, or belong to no rule. */
export function stalePages(pages: ReadonlyMap<string, string>): string[] {
  const present = new Set(readdirSync(folder));
  const changed = [...pages].filter(
    ([name, text]) => !present.has(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  const orphans = [...present].filter((name) => !pages.has(name) && !handWritten.has(name));
  return [...changed.map(([name]) => name), ...orphans].toSorted();
}

function run(arguments_: readonly string[]): number {
  const pages = signalPages();
  mkdirSync(folder, { recursive: true });
  const stale = stalePages(pages);
  if (arguments_.includes('--check')) {
    if (stale.length === 0) return 0;
    process.stderr.write(
      `docs/signals differs from the rules: ${stale.join(', ')}. ` +
        'Run "node --conditions=@adjutant/source scripts/generate-signal-docs.ts".\n',
    );
    return 1;
  }
  for (const name of stale) {
    const text = pages.get(name);
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  process.stdout.write(`docs/signals: ${pages.size} pages, ${stale.length} written or removed.\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = run(process.argv.slice(2));
