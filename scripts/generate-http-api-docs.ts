// Writes the table of routes in docs/guide/http-api.md from their definitions. `--check` writes nothing
// and fails where it differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allRoutes } from '../packages/gateway/src/api/all-routes.ts';
import type { AnyRoute } from '../packages/gateway/src/api/define-route.ts';
import { markdownTable } from './markdown-table.ts';

const page = fileURLToPath(new URL('../docs/guide/http-api.md', import.meta.url));
const begin =
  '<!-- Routes: written by scripts/generate-http-api-docs.ts; edit the definitions. -->';
const end = '<!-- End of routes. -->';

/** Returns the page with its table as the definitions say. */
export function httpApiPage(text = readFileSync(page, 'utf8')): string {
  const [before, rest] = text.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error('The page lacks its marks.');
  return `${before}${begin}\n\n${routeTable()}\n\n${end}${after}`;
}

function routeTable(): string {
  return markdownTable([
    ['route', 'what it does', 'who may', 'scope of a token'],
    ...allRoutes.map((route) => [
      `\`${route.method} ${route.path}\``,
      route.summary,
      whoMay(route),
      route.access.scope ?? 'none will do',
    ]),
  ]);
}

function whoMay({ access: { role, agents } }: AnyRoute): string {
  if (role !== 'member') return role === 'lead' ? 'leads, administrators' : 'administrators';
  return agents ? 'everybody, assistants too' : 'people';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = httpApiPage();
  if (wanted === readFileSync(page, 'utf8')) process.exit(0);
  if (process.argv.includes('--check')) {
    console.error('docs/guide/http-api.md differs from the routes. Run "pnpm docs:generate".');
    process.exit(1);
  }
  writeFileSync(page, wanted);
  console.log('docs/guide/http-api.md written.');
}
