import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { plantSecrets, variantsOf } from '../../../../test-setup/planted-secrets.ts';
import { type InputSchema, samplesOf } from '../../../../test-setup/schema-samples.ts';
import { apiTable, type Request as Asked } from '../testing/api-table.ts';
import { type ApiWorld, openApiWorld } from '../testing/api-world.ts';
import { allRoutes } from './all-routes.ts';
import type { AnyRoute } from './define-route.ts';

// A secret in every parameter, query and field of the body of every route, one at a time, as its schemas
// have them, beside what else makes a good request. It may stand in no row, answer or log line.

const secrets = plantSecrets();
const lines: string[] = [];
let world: ApiWorld;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-secrets-'));
  world = await openApiWorld(join(folder, 'adjutant.db'), {
    log: (...words) => void lines.push(JSON.stringify(words)),
  });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A request with a secret in one place of it. */
interface Planted {
  place: string;
  change(this: void, request: Asked): Asked;
}

function fieldsOf(schema: z.ZodType | undefined): [string, InputSchema][] {
  if (schema === undefined) return [];
  const options = { io: 'input', unrepresentable: 'any' } as const;
  const { properties = {}, anyOf, oneOf } = z.toJSONSchema(schema, options) as InputSchema;
  const forms = [{ properties }, ...(anyOf ?? oneOf ?? [])];
  return forms.flatMap((form) => Object.entries(form.properties ?? {}));
}

function plantedIn(route: AnyRoute): Planted[] {
  const at = (place: string) => secrets.at(`${route.id} ${place}`);
  const parameters = fieldsOf(route.parameters).map(([name]) => ({
    place: `{${name}}`,
    change: (request: Asked) => ({
      ...request,
      parameters: { ...request.parameters, [name]: at(`{${name}}`) },
    }),
  }));
  const queries = [...fieldsOf(route.query).map(([name]) => name), at('? member')].map((name) => ({
    place: `?${name}`,
    change: (request: Asked) => {
      const query = new URLSearchParams(request.query ?? '');
      query.set(name, at(`?${name}`));
      return { ...request, query: `?${query.toString()}` };
    },
  }));
  const bodies = fieldsOf(route.body).flatMap(([name, schema]) =>
    samplesOf(schema)
      .flatMap((sample) => variantsOf({ [name]: sample }, at, '', true))
      .map(({ path, value }) => ({
        place: path,
        change: (request: Asked) => ({
          ...request,
          body: { ...Object(request.body), ...Object(value) },
        }),
      })),
  );
  return [...parameters, ...queries, ...bodies];
}

test('no route keeps, answers or logs a secret that it was given', {
  timeout: 400_000,
}, async () => {
  const places: string[] = [];
  const answered: string[] = [];
  for (const route of allRoutes) {
    for (const { place, change } of plantedIn(route)) {
      const made = await apiTable[route.id]?.make(world, 'admin');
      const { parameters = {}, query = '', body } = change(made ?? {});
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(parameters[name] ?? ''),
      );
      const asked = { method: route.method, path: `${path}${query}`, body };
      const answer = await world.ask('admin', asked);
      const headers = JSON.stringify([...answer.headers]);
      answered.push(...secrets.foundIn(`${headers}${await answer.text()}`));
      places.push(`${route.id} ${place}`);
    }
  }
  expect(new Set(places.map((place) => place.split(' ')[0])).size).toBe(allRoutes.length);
  expect(places.length).toBeGreaterThan(250);
  expect([...new Set(answered)].toSorted()).toEqual([]);
  expect(secrets.foundIn(lines.join('\n'))).toEqual([]);
  expect(secrets.foundInFiles(folder)).toEqual([]);
});

test('nor does what no route answers, a header, or a body that is none', async () => {
  const at = (place: string) => secrets.at(place);
  const answers = await Promise.all([
    world.ask('admin', { method: 'GET', path: `/v1/${at('a path')}` }),
    world.ask('admin', { method: 'POST', path: '/v1/projects', body: at('a body') }),
    world.ask('admin', {
      method: 'GET',
      path: '/v1/teams',
      headers: Object.fromEntries(
        ['user-agent', 'traceparent', 'x-request-id', 'referer', 'accept', 'x-forwarded-for'].map(
          (name) => [name, at(name)],
        ),
      ),
    }),
    world.ask('nobody', {
      method: 'GET',
      path: '/v1/teams',
      headers: { authorization: `Bearer ${at('bearer')}`, cookie: `adjutant=${at('cookie')}` },
    }),
  ]);
  const told = await Promise.all(answers.map((answer) => answer.text()));
  expect(told.flatMap((text) => secrets.foundIn(text))).toEqual([]);
  expect(secrets.foundIn(lines.join('\n'))).toEqual([]);
  expect(secrets.foundInFiles(folder)).toEqual([]);
});
