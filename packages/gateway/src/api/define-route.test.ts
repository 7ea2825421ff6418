import { expect, test } from 'vitest';
import { z } from 'zod';
import { mayRead } from './access.ts';
import { defineRoute } from './define-route.ts';

const base = {
  id: 'things.get',
  method: 'GET',
  path: '/v1/things/{id}',
  summary: 'Returns a thing.',
  access: mayRead,
  parameters: z.object({ id: z.string() }),
  status: 200,
  answer: z.object({ id: z.string(), size: z.number() }),
} as const;

test('what a handler returns has to be what the document says', () => {
  const right = defineRoute({
    ...base,
    handle: async ({ parameters: { id } }) => ({ id, size: 1 }),
  });
  const wrong = defineRoute({
    ...base,
    // @ts-expect-error: the size is a number.
    handle: async ({ parameters: { id } }) => ({ id, size: 'large' }),
  });
  const missing = defineRoute({
    ...base,
    // @ts-expect-error: the size is missing.
    handle: async ({ parameters: { id } }) => ({ id }),
  });
  expect([right, wrong, missing].map(({ id }) => id)).toEqual(Array(3).fill('things.get'));
});
