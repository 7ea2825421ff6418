import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allRoutes } from '../packages/gateway/src/api/all-routes.ts';
import { httpApiPage } from './generate-http-api-docs.ts';

const page = readFileSync(new URL('../docs/guide/http-api.md', import.meta.url), 'utf8');

test('the guide names every route as its definition says', () => {
  expect(httpApiPage(page)).toBe(page);
  for (const { method, path } of allRoutes) expect(page).toContain(`\`${method} ${path}\``);
});

test('a route that the page has otherwise is put right', () => {
  const changed = page.replace('GET /v1/projects/{id}', 'GET /v1/project/{id}');
  expect(changed).not.toBe(page);
  expect(httpApiPage(changed)).toBe(page);
});
