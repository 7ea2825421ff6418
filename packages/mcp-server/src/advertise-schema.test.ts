import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { advertiseSchema } from './advertise-schema.ts';
import { advertisedTool } from './manifest.ts';
import { tools } from './tools/index.ts';

describe('advertiseSchema', () => {
  const schema = z.strictObject({
    day: z.iso.date(),
    count: z.int().min(1).max(200).optional(),
    pattern: z.string().regex(/^x/).max(10).nullable(),
    rows: z.array(z.object({ value: z.number().nullable() })),
    named: z.record(z.string(), z.union([z.number(), z.null()])),
  });

  it('keeps what a reader needs of an input', () => {
    expect(advertiseSchema(schema, 'input')).toEqual({
      type: 'object',
      properties: {
        day: { type: 'string', format: 'date' },
        count: { type: 'integer', minimum: 1, maximum: 200 },
        pattern: { type: ['string', 'null'] },
        rows: {
          type: 'array',
          items: {
            type: 'object',
            properties: { value: { type: ['number', 'null'] } },
            required: ['value'],
          },
        },
        named: { type: 'object', additionalProperties: { type: ['number', 'null'] } },
      },
      required: ['day', 'pattern', 'rows', 'named'],
    });
  });

  it('names every field of an output once', () => {
    expect(JSON.stringify(advertiseSchema(schema, 'output'))).not.toContain('required');
  });
});

describe('advertisedTool', () => {
  it('is made once', () => {
    expect(tools.map(advertisedTool)).toEqual(tools.map(advertisedTool));
    for (const tool of tools) expect(advertisedTool(tool)).toBe(advertisedTool(tool));
  });

  it('carries no dialect, pattern or default bound', () => {
    expect(JSON.stringify(tools.map(advertisedTool))).not.toMatch(
      /\$schema|"pattern"|9007199254740991/,
    );
  });
});
