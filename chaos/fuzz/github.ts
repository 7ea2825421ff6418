import { github } from '@adjutant/connectors/github';
import webhookExamples from '@octokit/webhooks-examples/api.github.com/index.json' with {
  type: 'json',
};
import * as fc from 'fast-check';
import { z } from 'zod';
import { digest, encode, only, secret, type Sender, worth } from './sender.ts';
import { digitsOf, headerOf, prefixOf } from './variations.ts';

const examplesSchema = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));

function headers(): fc.Arbitrary<Record<string, string | string[]>> {
  const delivery = fc.oneof(
    { weight: 6, arbitrary: fc.uuid() },
    { weight: 2, arbitrary: fc.constant('72d3162e-cc78-11e3-81ab-4c9367dc0958') },
    { weight: 1, arbitrary: fc.string() },
  );
  const event = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('pull_request', 'push', 'issues', 'ping', 'team') },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '') },
    { weight: 1, arbitrary: fc.string() },
  );
  return fc
    .record(
      {
        'X-GitHub-Delivery': delivery,
        'X-GitHub-Event': event,
        'Content-Type': fc.constantFrom('application/json', 'text/plain', ''),
        'x-github-hook-id': fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 2 })),
      },
      { requiredKeys: ['Content-Type'] },
    )
    .map((all) => ({ ...all }));
}

/** GitHub: signed over the bytes, named by a header. */
export const githubSender: Sender = {
  source: 'github',
  connector: github({ repositories: ['acme/widgets'], webhookSecret: secret }),
  bodies: examplesSchema
    .parse(webhookExamples)
    .flatMap(({ examples }) => examples.map((payload) => encode(payload))),
  members: ['id', 'repository', 'issue', 'ref', 'action'],
  headers,
  signatures: () =>
    fc
      .tuple(headerOf('X-Hub-Signature-256'), prefixOf('sha256='), digitsOf())
      .map(([header, prefix, digits]) => (body: Buffer) => {
        const signed = digits(body);
        return header(signed === null ? null : prefix + signed);
      }),
  worthOf: (request) =>
    worth(only(request, 'x-hub-signature-256'), 'sha256=', digest([request.body])),
  mayRefuse: ['malformed'],
};
