import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jira } from '@adjutant/connectors/jira';
import { pagerduty } from '@adjutant/connectors/pagerduty';
import { slack } from '@adjutant/connectors/slack';
import {
  createPagerdutyData,
  createSlackData,
  generateJiraSite,
  startJiraTwin,
  startPagerdutyTwin,
  startSlackTwin,
} from '@adjutant/connectors/testing';
import { type ConfiguredConnector, createAdjutant, type Logger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import {
  type Needle,
  needlesOf,
  searchBytes,
  searchFolder,
} from '../../../test-setup/search-canaries.ts';
import { runCli, temporaryFolder } from './testing/run-cli.ts';

// Every secret of a connector, and everything that is read, sent, refused and received with it: none
// of them may stand in the store, a log, an error, a preview, the ledger or an answer afterwards.
const timeout = 120_000;
const now = Date.parse('2026-11-20T12:00:00Z');
const hourMs = 3_600_000;

interface Trial {
  /** What no byte of may be found. */
  secrets: readonly string[];
  connector: (more?: object) => ConfiguredConnector;
  /** The same with another address: one that repeats whatever it is sent. */
  elsewhere: (url: string) => ConfiguredConnector;
  misbehave: () => void;
  revoke: () => ConfiguredConnector;
  action: { type: string; payload: Record<string, unknown> };
  /** Headers that sign a body, by a secret. */
  sign: (body: Uint8Array, by: string) => Record<string, string>;
  webhookSecrets: readonly string[];
  requests: () => number;
  configuration: { lines: string[]; env: Record<string, string> };
}

const planted = (what: string): string => `zq8+Planted/${what}=4f1d9ce2`;

async function startJira(): Promise<Trial> {
  const site = generateJiraSite({ issues: 12, to: now });
  const token = planted('JiraToken');
  const twin = await startJiraTwin({ ...site, clock: { now: () => now }, token });
  onTestFinished(() => twin.close());
  const webhookSecrets = [planted('JiraWebhook'), planted('JiraApp')];
  const [webhookSecret, webhookJwtSecret] = webhookSecrets;
  const config = {
    site: twin.url,
    projects: ['PAY'],
    email: twin.email,
    token,
    writeToken: planted('JiraWrite'),
    webhookSecret,
    webhookJwtSecret,
  };
  return {
    secrets: [token, config.writeToken, ...webhookSecrets, `${twin.email}:${token}`],
    connector: (more = {}) => jira({ ...config, ...more }),
    elsewhere: (url) => jira({ ...config, site: url }),
    misbehave() {
      twin.faults.push(
        { path: /search\/jql$/, answer: { status: 429, headers: { 'retry-after': '2' } } },
        { path: /project/, answer: { status: 503 } },
        { path: /sprint/, cuts: true },
        { path: /users/, drops: 'after' },
      );
    },
    revoke: () => jira({ ...config, token: planted('JiraRevoked') }),
    action: { type: 'issue.comment', payload: { issue: 'PAY-1', body: 'It is being looked at.' } },
    sign: (body, by) => ({
      'X-Hub-Signature': `sha256=${createHmac('sha256', by).update(body).digest('hex')}`,
      'X-Atlassian-Webhook-Identifier': 'delivery-1',
    }),
    webhookSecrets,
    requests: () => twin.requests.length,
    configuration: {
      lines: [
        'jira:',
        `  site: ${twin.url}`,
        '  projects: [PAY]',
        `  email: ${twin.email}`,
        '  token: ${JIRA_TOKEN}',
      ],
      env: { JIRA_TOKEN: token, JIRA_TOKEN_HOST: new URL(twin.url).host },
    },
  };
}

async function startPagerduty(): Promise<Trial> {
  const data = createPagerdutyData();
  const ada = data.addUser('Ada Example');
  const policy = data.addPolicy('Checkout', [[ada]]);
  const service = data.addService('checkout', policy, now - 48 * hourMs);
  for (let at = 20; at > 0; at -= 1) data.addIncident(service, { createdAt: now - at * hourMs });
  const routingKey = 'c4na7yc4na7yc4na7yc4na7yc4na7y00';
  service.integrationKeys.push(routingKey);
  const twin = await startPagerdutyTwin({ data, clock: { now: () => now } });
  onTestFinished(() => twin.close());
  const webhookSecrets = [planted('PagerdutyWebhook')];
  const config = {
    baseUrl: twin.apiUrl,
    eventsUrl: twin.eventsUrl,
    token: twin.token,
    routingKey,
    webhookSecret: webhookSecrets[0],
  };
  return {
    secrets: [twin.token, routingKey, ...webhookSecrets],
    connector: (more = {}) => pagerduty({ ...config, ...more }),
    elsewhere: (url) => pagerduty({ ...config, baseUrl: url, eventsUrl: url }),
    misbehave() {
      twin.faults.push(
        { kind: 'limited', path: '/incidents', headers: { 'retry-after': '2' } },
        { kind: 'failing', path: '/services' },
        { kind: 'broken', path: '/log_entries' },
        { kind: 'lost_answer', path: '/users' },
      );
    },
    revoke: () => pagerduty({ ...config, token: planted('PagerdutyRevoked') }),
    action: {
      type: 'incident.page',
      payload: { service: service.id, summary: 'Checkout refuses cards', severity: 'critical' },
    },
    sign: (body, by) => ({
      'X-PagerDuty-Signature': `v1=${createHmac('sha256', by).update(body).digest('hex')}`,
    }),
    webhookSecrets,
    requests: () => twin.requests.length,
    configuration: {
      lines: ['pagerduty:', `  baseUrl: ${twin.apiUrl}`, '  token: ${PAGERDUTY_TOKEN}'],
      env: { PAGERDUTY_TOKEN: twin.token, PAGERDUTY_TOKEN_HOST: new URL(twin.apiUrl).host },
    },
  };
}

async function startSlack(): Promise<Trial> {
  const data = createSlackData();
  data.addUser({ id: 'U0ADA', name: 'ada', email: 'ada@acme.example' });
  const channel = data.addChannel({ id: 'C0WIDGETS', name: 'widgets' });
  for (let at = 20; at > 0; at -= 1) {
    data.say(channel, { at: now - at * hourMs, user: 'U0ADA', text: 'Who knows?' });
  }
  const twin = await startSlackTwin({ data, clock: { now: () => now }, mostPerPage: 5 });
  onTestFinished(() => twin.close());
  const webhookSecrets = [planted('SlackSigning')];
  const { token, writeToken, baseUrl } = twin;
  const channels = ['C0WIDGETS'];
  const config = { baseUrl, token, writeToken, channels, signingSecret: webhookSecrets[0] };
  return {
    secrets: [token, writeToken, ...webhookSecrets],
    connector: (more = {}) => slack({ ...config, ...more }),
    elsewhere: (url) => slack({ ...config, baseUrl: `${url}/api/` }),
    misbehave() {
      const once = { times: 1 };
      twin.faults.add({ ...once, kind: 'rate_limited', method: 'users.list', retryAfter: '2' });
      twin.faults.add({ ...once, kind: 'server_error', method: 'conversations.info' });
      twin.faults.add({ ...once, kind: 'broken_body', method: 'conversations.history' });
      twin.faults.add({ ...once, kind: 'lost_answer', method: 'auth.test' });
    },
    revoke: () => slack({ ...config, token: planted('SlackRevoked') }),
    action: { type: 'message.post', payload: { channel: 'C0WIDGETS', text: 'It is fixed.' } },
    sign: (body, by) => {
      const at = String(now / 1_000);
      const digits = createHmac('sha256', by).update(`v0:${at}:`).update(body).digest('hex');
      return { 'X-Slack-Signature': `v0=${digits}`, 'X-Slack-Request-Timestamp': at };
    },
    webhookSecrets,
    requests: () => twin.requests.length,
    configuration: {
      lines: [
        'slack:',
        '  channels: [C0WIDGETS]',
        `  baseUrl: ${baseUrl}`,
        '  token: ${SLACK_TOKEN}',
      ],
      env: { SLACK_TOKEN: token, SLACK_TOKEN_HOST: new URL(baseUrl).host },
    },
  };
}

const starts: Record<string, () => Promise<Trial>> = {
  jira: startJira,
  pagerduty: startPagerduty,
  slack: startSlack,
};

async function startOf(name: string): Promise<Trial> {
  const start = starts[name];
  if (start === undefined) throw new Error(`There is no trial of ${name}.`);
  return await start();
}

/** Whatever anybody could read afterwards, by what said it. */
interface Said {
  write: (place: string, text: unknown) => void;
  logger: Logger;
  leaks: (needles: readonly Needle[]) => string[];
  length: () => number;
}

function listen(): Said {
  const said: { place: string; text: string }[] = [];
  const write = (place: string, value: unknown): void => {
    const text = value instanceof Error ? told(value) : JSON.stringify(value);
    said.push({ place, text: text ?? '' });
  };
  return {
    write,
    logger: { log: (level, message, fields) => write(`log ${level}`, { message, fields }) },
    leaks: (needles) =>
      said.flatMap(({ place, text }) =>
        searchBytes(place, text, needles).map(
          ({ form }) => `${form} in ${place}: ${text.slice(0, 200)}`,
        ),
      ),
    length: () => said.length,
  };
}

/** An error with its stack, its fields and what caused it. */
function told(error: Error): string {
  const cause = error.cause instanceof Error ? told(error.cause) : JSON.stringify(error.cause);
  return [error.stack, JSON.stringify(error), cause].join('\n');
}

function formsOf(secrets: readonly string[]): Needle[] {
  return secrets.flatMap((secret) => [
    ...needlesOf(secret),
    { form: 'URL-encoded', bytes: Buffer.from(encodeURIComponent(secret)) },
    // What stands between quotes in JSON.
    { form: 'JSON', bytes: Buffer.from(JSON.stringify(secret).slice(1, -1)) },
  ]);
}

/** A server that repeats what it is sent, in every place that it can. */
async function startEcho(status: number): Promise<string> {
  const server = createServer((request, response) => {
    const sent = Object.values(request.headers).join(' ');
    const authorization = request.headers.authorization ?? '';
    response.writeHead(status, { 'content-type': 'application/json', link: authorization });
    const error = { message: sent, errors: [sent] };
    response.end(
      JSON.stringify({
        ok: false,
        error: sent,
        message: sent,
        errorMessages: [sent],
        errors: error,
      }),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return `http://127.0.0.1:${address.port}`;
}

/** Reads, checks and proposes with one connector, over one store, and notes whatever is said. */
async function useConnector(
  connector: ConfiguredConnector,
  store: string,
  said: Said,
  { action, sign, webhookSecrets }: Trial,
): Promise<string[]> {
  const { definition } = connector;
  const clock = createFakeClock(now);
  const adjutant = await createAdjutant({
    store,
    connectors: [connector],
    clock,
    logger: said.logger,
  });
  const outcomes: string[] = [];
  const attempt = async (place: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      said.write(place, await work());
      outcomes.push(place);
    } catch (error) {
      said.write(`failure of ${place}`, error);
      outcomes.push(`no ${place}`);
    }
  };
  const onProgress = (progress: object): void => said.write('progress', progress);
  await attempt('sync', () => adjutant.sync({ onProgress }));
  await attempt('check', () => adjutant.check());
  const inbox = adjutant.webhooks();
  const body = new TextEncoder().encode(JSON.stringify({ webhookEvent: 'jira:issue_updated' }));
  for (const by of [...webhookSecrets, 'another']) {
    const headers = { 'Content-Type': 'application/json', ...sign(body, by) };
    await attempt('webhook', () => inbox.receive(definition.id, { body, headers }));
  }
  const context = { workspaceId: 'default', clock, logger: said.logger, fetch };
  const { signal } = new AbortController();
  for (const one of definition.actions?.(connector.config) ?? []) {
    if (one.id !== action.type) continue;
    const definitionOfAction = one as unknown as {
      prepare(context: object, payload: object): Promise<object>;
      execute(context: object, effect: object): Promise<object>;
    };
    await attempt('preview', () =>
      definitionOfAction.prepare({ ...context, signal }, action.payload),
    );
    const effect = {
      actionId: 'a',
      payload: action.payload,
      preconditions: {},
      target: null,
      effectKey: 'a:0',
      step: 0,
      previousResults: [],
    };
    await attempt('effect', () => definitionOfAction.execute({ ...context, signal }, effect));
  }
  const viewer = await adjutant.owner();
  const sponsorPersonId = viewer.kind === 'person' ? viewer.personId : '';
  const agent = adjutant.workspace().as({ kind: 'agent', name: 'mcp', sponsorPersonId });
  const owner = adjutant.workspace().as(viewer);
  await attempt('proposal', () =>
    agent.actions.propose({ ...action, idempotencyKey: `one-of-${definition.id}` }),
  );
  await attempt('status', () => owner.syncStatus());
  for await (const line of adjutant.exportWorkspace()) said.write('export', line);
  await adjutant.close();
  return outcomes;
}

test.each(Object.keys(starts))(
  'no secret of %s is found where it was read, refused, signed or repeated',
  { timeout },
  async (name) => {
    const trial = await startOf(name);
    const said = listen();
    const folder = temporaryFolder(onTestFinished);
    const store = join(folder, 'store.db');
    trial.misbehave();
    const good = await useConnector(trial.connector(), store, said, trial);
    expect(good.filter((place) => place.startsWith('no '))).toEqual(
      good.includes('no effect') ? ['no effect'] : [],
    );
    await useConnector(trial.revoke(), store, said, trial);
    for (const status of [401, 403, 404, 422, 200]) {
      await useConnector(trial.elsewhere(await startEcho(status)), store, said, trial);
    }
    expect(trial.requests()).toBeGreaterThan(5);
    expect(said.length()).toBeGreaterThan(50);
    const needles = formsOf([...trial.secrets, 'Planted/']);
    expect(said.leaks(needles)).toEqual([]);
    const { files, leaks } = searchFolder(folder, needles);
    expect(files).toBeGreaterThan(0);
    expect(leaks).toEqual([]);
  },
);

test.each(Object.keys(starts))(
  'the commands print no secret of %s, and one line where it is refused',
  { timeout },
  async (name) => {
    const { configuration, secrets, requests } = await startOf(name);
    const { lines, env } = configuration;
    const cwd = temporaryFolder(onTestFinished);
    const text = ['store: ./figures.db', 'connectors:', ...lines.map((line) => `  ${line}`)];
    writeFileSync(join(cwd, 'adjutant.config.yaml'), `${text.join('\n')}\n`);
    const needles = formsOf([...secrets, 'Planted/']);
    const said: string[] = [];
    const run = async (line: string, more: Record<string, string> = {}) => {
      const all = { ...env, ...more, ADJUTANT_DEBUG: '1' };
      const result = await runCli(line.split(' '), { cwd, env: all });
      said.push(result.stdout, result.stderr);
      return result;
    };
    for (const line of [
      'sync --json',
      'sync',
      'status --json',
      'doctor --json',
      'export dump.jsonl --force',
    ]) {
      expect({ line, ...(await run(line)) }).toMatchObject({ line, exitCode: 0 });
    }
    const [variable = ''] = Object.keys(env);
    const refused = { [variable]: planted('Refused') };
    const before = requests();
    const sync = await run('sync', refused);
    expect(requests() - before).toBe(1);
    expect(sync.exitCode).not.toBe(0);
    expect(sync.stdout.match(/✗/g)).toHaveLength(1);
    expect(sync.stdout).toMatch(/✗ \w+: \w+ does not accept the credential\.\n {2}It may have/);
    const status = await run('status', refused);
    expect(status.stdout.match(/does not accept the credential/g)).toHaveLength(1);
    const doctor = await run('doctor', refused);
    expect(doctor.stdout.match(/does not accept the credential/g)).toHaveLength(1);
    await run('sync --json', refused);
    expect(said.flatMap((one) => searchBytes('output', one, needles))).toEqual([]);
    const { leaks, files } = searchFolder(cwd, needles);
    expect(files).toBeGreaterThan(2);
    expect(leaks).toEqual([]);
  },
);

test.each(['plain', 'base64 of email and token', 'URL-encoded', 'in an error that caused another'])(
  'the search finds what was planted: %s',
  (form) => {
    const secret = planted('Found');
    const said = listen();
    const texts: Record<string, unknown> = {
      plain: `Bearer ${secret}`,
      'base64 of email and token': Buffer.from(`ada@acme.example:${secret}`).toString('base64'),
      'URL-encoded': `https://x.example/?token=${encodeURIComponent(secret)}`,
      'in an error that caused another': new Error('No.', { cause: new Error(secret) }),
    };
    said.write('somewhere', texts[form]);
    expect(said.leaks(formsOf([secret]))).not.toEqual([]);
    const folder = temporaryFolder(onTestFinished);
    writeFileSync(join(folder, 'store.db-wal'), `\0\0${String(texts['plain'])}\0`);
    expect(searchFolder(folder, formsOf([secret])).leaks).not.toEqual([]);
  },
);
