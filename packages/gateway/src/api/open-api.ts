import { z } from 'zod';
import type { AnyRoute } from './define-route.ts';

type Json = Record<string, unknown>;

const failures = {
  400: 'The request is not as it must be; the message names the place.',
  401: 'Nobody is signed in, or the token does not hold.',
  403: 'Whoever asks may not.',
  404: 'There is no such thing here.',
  409: 'It changed meanwhile, or is there already.',
  429: 'Too many requests; Retry-After says when to come again.',
} as const;

/** What every failure answers. */
export const failureSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string().nullable(),
  }),
});

/** Returns the OpenAPI 3.1 document of these routes, made from the schemas that they parse by. */
export function openApiDocument(
  routes: readonly AnyRoute[],
  { origin, version }: { origin: string; version: string },
): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const methods = (paths[route.path] ??= {});
    methods[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Adjutant',
      version,
      description:
        'What stands in one workspace, as whoever asks may see it. Instants are epoch milliseconds in UTC.',
    },
    servers: [{ url: origin }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'adjutant' },
      },
      schemas: { Failure: schemaOf(failureSchema, 'output') },
    },
  };
}

function operationOf(route: AnyRoute): Json {
  const { id, summary, access, parameters, query, body, status, answer } = route;
  const asked = [...parametersOf(parameters, 'path'), ...parametersOf(query, 'query')];
  return {
    operationId: id,
    summary,
    description: accessWords(access),
    ...(asked.length === 0 ? {} : { parameters: asked }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: {
      [status]: {
        description: summary,
        ...(answer === null ? {} : { content: json(schemaOf(answer, 'output')) }),
      },
      ...Object.fromEntries(
        Object.entries(failures).map(([code, description]) => [
          code,
          { description, content: json({ $ref: '#/components/schemas/Failure' }) },
        ]),
      ),
    },
  };
}

function accessWords({ role, scope, agents }: AnyRoute['access']): string {
  const who = role === 'member' ? 'Everybody' : role === 'lead' ? 'Leads' : 'Administrators';
  const token = scope === null ? 'no token may' : `a token needs the scope ${scope}`;
  return `${who} may; ${token}; an assistant ${agents ? 'may too' : 'may not'}.`;
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties, required } = objectSchema.parse(schemaOf(schema, 'input'));
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
    ...(description === undefined ? {} : { description }),
  }));
}

const objectSchema = z.object({
  properties: z.record(z.string(), z.looseObject({ description: z.string().optional() })),
  required: z.array(z.string()).default([]),
});

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return shape;
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}
