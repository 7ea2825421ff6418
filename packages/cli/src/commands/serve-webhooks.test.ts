import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { expect, onTestFinished, test } from 'vitest';
import { exitCodes } from '../exit-codes.ts';
import { freePort } from '../testing/free-port.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const key = Buffer.alloc(32, 7);
const env = {
  EVENTS_SECRET: `whsec_${key.toString('base64')}`,
  GITHUB_NEW: 'the-new-secret',
  GITHUB_OLD: 'the-old-secret',
};
const config = [
  'store: store.db',
  'connectors:',
  '  github:',
  '    repositories: [acme/web]',
  '    webhookSecret: ["${GITHUB_NEW}", "${GITHUB_OLD}"]',
  '  events:',
  '    webhookSecret: ${EVENTS_SECRET}',
  '',
].join('\n');

function folderWith(text: string): string {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), text);
  return cwd;
}

function ofGithub(secret: string, deliveryId: string): RequestInit {
  const body = JSON.stringify({ zen: 'Keep it logically awesome.' });
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'ping',
    'x-github-delivery': deliveryId,
    'x-hub-signature-256': `sha256=${digest}`,
  };
  return { method: 'POST', body, headers };
}

function ofSender(id: string): RequestInit {
  const at = Date.now();
  const finishedAt = new Date(at - 60_000).toISOString();
  const body = JSON.stringify({
    type: 'deployment',
    ...{ id: 'web-1', repository: 'https://forge.example/acme/web', service: 'web' },
    ...{ result: 'success', sha: 'a'.repeat(40), finishedAt },
  });
  const timestamp = String(Math.floor(at / 1_000));
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${hmac.digest('base64')}`,
  };
  return { method: 'POST', body, headers };
}

test('serve takes what is signed with a configured secret, and reads it', async () => {
  const cwd = folderWith(config);
  const port = await freePort();
  const stop = new AbortController();
  const serving = runCli(['serve', '--port', String(port)], { cwd, env, signal: stop.signal });
  const send = (source: string, request: RequestInit): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/webhooks/${source}`, request).then(
      ({ status }) => status,
      () => 0,
    );
  // The same delivery again until somebody answers: known already is as good as kept.
  await expect.poll(() => send('events', ofSender('first'))).toBeGreaterThan(0);
  expect(await send('events', ofSender('first'))).toBe(200);
  const old = '6b1cdd0a-4d2e-11f0-8de9-0242ac120002';
  expect(await send('github', ofGithub(env.GITHUB_NEW, `${old.slice(0, -1)}3`))).toBe(202);
  expect(await send('github', ofGithub(env.GITHUB_OLD, old))).toBe(202);
  expect(await send('github', ofGithub('another', `${old.slice(0, -1)}4`))).toBe(401);
  expect(await send('jira', ofGithub(env.GITHUB_NEW, old))).toBe(404);

  const adjutant = await createAdjutant({ store: join(cwd, 'store.db') });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const count = async () => (await handle.syncStatus()).rowCounts['deployments'];
  await expect.poll(count).toBe(1);
  stop.abort();
  const { exitCode, stderr } = await serving;
  expect(exitCode).toBe(exitCodes.interrupted);
  expect(stderr).not.toContain(env.EVENTS_SECRET);
}, 60_000);

test('serve does not listen with a secret that is not there', async () => {
  const { GITHUB_OLD: _, ...partly } = env;
  const { exitCode, stderr } = await runCli(['serve', '--port', '0'], {
    cwd: folderWith(config),
    env: partly,
  });
  expect(exitCode).toBe(exitCodes.configuration);
  expect(stderr).toContain('GITHUB_OLD');
  expect(stderr).toContain('connectors.github.webhookSecret');
});

test('a secret itself has no place in the file', async () => {
  const cwd = folderWith('connectors: { events: { webhookSecret: whsec_of-somebody } }\n');
  const { exitCode, stderr } = await runCli(['status'], { cwd });
  expect(exitCode).toBe(exitCodes.configuration);
  expect(stderr).toContain('write the name of a variable');
  expect(stderr).not.toContain('of-somebody');
});
