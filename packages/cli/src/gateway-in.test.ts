import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { expect, onTestFinished, test } from 'vitest';
import { type Config, configSchema } from './config/config-schema.ts';
import { gatewayIn, relyingPartyIn } from './gateway-in.ts';
import { runCli, temporaryFolder } from './testing/run-cli.ts';

const secret = 'a-secret-of-the-client';
const origin = 'https://adjutant.example.com';
const issuer = 'https://id.example.com';
const oidc = { issuer, clientId: 'adjutant', clientSecret: '${OIDC_SECRET}' };
const read = (gateway: object): Config => configSchema.parse({ gateway });

async function partOf(config: Config, env: Record<string, string> = {}) {
  const adjutant = await createAdjutant({ store: ':memory:' });
  onTestFinished(() => adjutant.close());
  const known: string[] = [];
  const secrets = adjutant.secrets(await adjutant.owner());
  const opened = { adjutant, secrets, loaded: { config } };
  return { known, part: await gatewayIn(opened, { io: { env }, secrets: known }) };
}

test('without a section the page is on this machine', async () => {
  const config = configSchema.parse({});
  expect((await partOf(config)).part).toEqual({});
  expect(relyingPartyIn(config)).toBeNull();
  expect(relyingPartyIn(read({ origin: 'http://localhost:4747' }))).toBeNull();
});

test('an address elsewhere is whom passkeys are made for', async () => {
  const config = read({ origin, host: '0.0.0.0' });
  expect((await partOf(config)).part).toEqual({ origin, hosts: ['0.0.0.0'] });
  const party = { id: 'adjutant.example.com', name: 'Adjutant', origins: [origin] };
  expect(relyingPartyIn(config)).toEqual(party);
});

test('the client’s secret goes to the host that is named beside it, and is kept out of messages', async () => {
  const config = read({ origin, oidc: { ...oidc, people: { 'Ada@Example.com': 'person-1' } } });
  const env = { OIDC_SECRET: secret, OIDC_SECRET_HOST: 'id.example.com' };
  const { part, known } = await partOf(config, env);
  expect(part.oidc).toEqual({
    ...{ issuer, clientId: 'adjutant', clientSecret: secret },
    people: { 'ada@example.com': 'person-1' },
  });
  expect(known).toEqual([secret]);
});

test.each([
  ['no host', {}],
  ['another host', { OIDC_SECRET_HOST: 'id.other.example' }],
])('a secret that was entered for %s goes nowhere', async (_, host) => {
  const wanted = partOf(read({ oidc }), { OIDC_SECRET: secret, ...host });
  await expect(wanted).rejects.toMatchObject({ code: 'Configuration' });
  await expect(wanted).rejects.toThrow(expect.not.stringContaining(secret));
});

test('a secret that is missing is named with where to put it', async () => {
  await expect(partOf(read({ oidc }))).rejects.toMatchObject({ code: 'Configuration' });
});

test('tokens of an issuer are for the address that the configuration names', async () => {
  const { part } = await partOf(read({ origin, oauth: { issuer } }));
  expect(part.tokens).toHaveLength(1);
  expect(part.protectedResource).toEqual({ authorizationServers: [issuer] });
});

test.each([
  ['gateway: { oauth: { issuer: https://id.example.com } }', 'gateway.origin'],
  ['gateway: { oidc: { issuer: https://x.example, clientId: a, clientSecret: abc } }', 'secret'],
  ['gateway: { origin: http://adjutant.example.com }', 'https'],
  ['gateway: { origins: https://adjutant.example.com }', 'origin'],
])('%s is refused', async (line, words) => {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), `store: store.db\n${line}\n`);
  const { exitCode, stderr } = await runCli(['approvers'], { cwd });
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain(words);
});
