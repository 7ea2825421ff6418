import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiWorld, openApiWorld } from '../testing/api-world.ts';
import { allRoutes } from './all-routes.ts';

let world: ApiWorld;
let document: z.infer<typeof documentSchema>;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const operationSchema = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
});
const documentSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

beforeAll(async () => {
  world = await openApiWorld();
  const answer = await world.ask('nobody', { method: 'GET', path: '/openapi.json' });
  document = documentSchema.parse(await answer.json());
});
afterAll(() => world.close());

test('the document is one of OpenAPI 3.1, by the schema of that standard', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  const broken = structuredClone(document);
  Object.assign(broken, { paths: { 'no-slash': 1 } });
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('every reference in it leads somewhere', () => {
  const text = JSON.stringify(document);
  const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to));
  expect([...references]).toEqual(['#/components/schemas/Failure']);
  expect(document).toHaveProperty('components.schemas.Failure');
});

test('routes and document name the same operations', () => {
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
    ),
  );
  const routes = allRoutes.map(({ id, method, path }) => `${id} ${method} ${path}`);
  expect(documented.toSorted()).toEqual(routes.toSorted());
});

test('the founding routes are there under their names', () => {
  const founding = [
    'POST /v1/actions/propose',
    'GET /v1/approvals/{id}',
    'POST /v1/approvals/{id}/decision',
    'GET /v1/projects',
    'POST /v1/projects',
    'GET /v1/projects/{id}',
    'PUT /v1/projects/{id}',
    'PATCH /v1/projects/{id}',
    'DELETE /v1/projects/{id}',
    'GET /v1/identities',
    'POST /v1/identities',
    'GET /v1/metrics/dora/lead-time',
    'GET /v1/metrics/dora/deployment-frequency',
    'GET /v1/metrics/dora/change-fail-rate',
    'GET /v1/metrics/dora/mttr',
    'GET /v1/reports',
    'POST /v1/reports',
    'DELETE /v1/reports/{id}',
  ];
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(documented).toEqual(expect.arrayContaining(founding));
});

test('what the document does not name is not there', async () => {
  for (const [path, operations] of Object.entries(document.paths)) {
    const served = path.replace(/\{\w+\}/g, 'something');
    for (const method of methods) {
      if (operations[method.toLowerCase()] !== undefined || isAnother(method, served)) continue;
      const answer = await world.ask('admin', { method, path: served });
      expect(answer.status, `${method} ${served}`).toBe(404);
    }
  }
});

/** Whether a path with a word in place of its parameter is the path of some other operation. */
function isAnother(method: string, served: string): boolean {
  return allRoutes.some(
    (route) =>
      route.method === method &&
      new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(served),
  );
}

test('every operation says who may, what it returns and how it fails', () => {
  for (const route of allRoutes) {
    const operation = document.paths[route.path]?.[route.method.toLowerCase()];
    expect(operation?.description, route.id).toMatch(/ may; .*token.*; an assistant may/);
    expect(operation?.summary, route.id).toMatch(/^[A-Z].*[.]$/);
    const codes = Object.keys(operation?.responses ?? {});
    expect(codes, route.id).toEqual(
      expect.arrayContaining([`${route.status}`, '400', '401', '403', '429']),
    );
    // A change can meet a change of somebody else.
    if (route.method !== 'GET') expect(codes, route.id).toContain('409');
  }
});

test('a word stands before a parameter of the same place, so that it is reached', () => {
  for (const [place, route] of allRoutes.entries()) {
    const pattern = new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`);
    const hidden = allRoutes
      .slice(place + 1)
      .filter(({ method, path }) => method === route.method && !path.includes('{'))
      .filter(({ path }) => pattern.test(path));
    expect(hidden.map(({ path }) => path)).toEqual([]);
  }
});
