import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';

/** A schema as the document writes it. */
export type Schema = z.infer<typeof schemaSchema>;
const schemaSchema = z.record(z.string(), z.unknown());

/** One operation of `/openapi.json`. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  parameters: { name: string; place: 'path' | 'query'; required: boolean; schema: Schema }[];
  body: Schema | null;
  /** Returns what is wrong with an answer of success; null where it is as documented. */
  wrongWith(answer: { status: number; mediaType: string; text: string }): string | null;
}

const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema }));
const operationSchema = z.object({
  operationId: z.string(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query']),
        required: z.boolean(),
        schema: schemaSchema,
      }),
    )
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ content: contentSchema.optional() })),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

/** Returns the operations of a document. What is not in it cannot be asked for. */
export function operationsOf(document: unknown): Operation[] {
  const { paths } = documentSchema.parse(document);
  // Patterns stand beside the formats, and say more.
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters.map(({ in: place, ...rest }) => ({ ...rest, place })),
      body: operation.requestBody?.content['application/json']?.schema ?? null,
      wrongWith: answerCheck(ajv, operation.responses),
    })),
  );
}

function answerCheck(
  ajv: Ajv2020,
  responses: z.infer<typeof operationSchema>['responses'],
): Operation['wrongWith'] {
  const checks = new Map<string, ValidateFunction>();
  for (const [status, { content = {} }] of Object.entries(responses)) {
    const schema = content['application/json']?.schema;
    if (schema !== undefined && status.startsWith('2')) checks.set(status, ajv.compile(schema));
  }
  return ({ status, mediaType, text }) => {
    const documented = responses[status];
    if (documented === undefined) return `the status ${status} is in no document`;
    if (documented.content === undefined) return text === '' ? null : 'there is a body';
    if (documented.content[mediaType] === undefined) return `the media type ${mediaType}`;
    const check = mediaType === 'application/json' ? checks.get(`${status}`) : undefined;
    if (check === undefined) return null;
    if (check(JSON.parse(text))) return null;
    return ajv.errorsText(check.errors?.slice(0, 3) ?? null);
  };
}
