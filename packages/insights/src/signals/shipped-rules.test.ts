import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shippedRules } from './shipped-rules.ts';

const files = readdirSync(new URL('rules', import.meta.url));
const named = (suffix: string): string[] =>
  files
    .filter((file) => file.endsWith(suffix) && (suffix !== '.ts' || !file.endsWith('.test.ts')))
    .map((file) => file.slice(0, -suffix.length))
    .toSorted();

describe('shipped rules', () => {
  it('are those of the folder, each with a test', () => {
    const ids = shippedRules.map(({ id }) => id).toSorted();
    expect(ids).toEqual(named('.ts'));
    expect(named('.test.ts')).toEqual(ids);
  });

  it.each(shippedRules)('$id says what it finds, and each threshold with its default', (rule) => {
    expect(rule.origin).toBe('shipped');
    expect(rule.version).toBeGreaterThan(0);
    expect(rule.description.length).toBeGreaterThan(120);
    expect(rule.description).toMatch(/\bend(?:s|ed)?\b|\bover\b|\bcloses\b/);
    const schema = z.object({
      properties: z.record(z.string(), z.object({ description: z.string() })),
    });
    const { properties } = schema.parse(z.toJSONSchema(rule.paramsSchema, { io: 'input' }));
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(rule.params).toSorted());
  });
});
