import { expect, test } from 'vitest';
import { operationsOf } from './operations.ts';

const schema = {
  type: 'object',
  properties: { id: { type: 'string' } },
  required: ['id'],
  additionalProperties: false,
};
const document = {
  paths: {
    '/v1/things': {
      get: {
        operationId: 'things.get',
        responses: {
          200: { content: { 'application/json': { schema } } },
          204: {},
        },
      },
    },
  },
};

test.each([
  [200, 'application/json', '{"id":"a"}', null],
  [200, 'application/json', '{"id":1}', 'must be string'],
  [200, 'application/json', '{"id":"a","more":1}', 'additional properties'],
  [200, 'application/json', '{}', 'required property'],
  [200, 'text/html', '<p>', 'media type'],
  [204, '', '', null],
  [204, '', 'x', 'a body'],
  [201, 'application/json', '{"id":"a"}', 'no document'],
])('an answer of %i %s %s: %s', (status, mediaType, text, said) => {
  const [operation] = operationsOf(document);
  const wrong = operation?.wrongWith({ status, mediaType, text }) ?? null;
  if (said === null) expect(wrong).toBeNull();
  else expect(wrong).toContain(said);
});
