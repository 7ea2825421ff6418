import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSlackData,
  type SlackTwin,
  type SlackTwinOptions,
  startSlackTwin,
} from '@adjutant/connectors/testing';
import { createFakeClock } from '@adjutant/core/testing';
import { createGateway } from '@adjutant/gateway';
import { expect, onTestFinished, test } from 'vitest';
import type { CommandContext } from './command-context.ts';
import { withAdjutant } from './open-adjutant.ts';
import { createOutput } from './output.ts';
import { keepWeeklyReportOf, slackHandlerFor } from './serve-slack.ts';
import { testNow } from './testing/make-clone.ts';
import { ioOf, runCli, temporaryFolder, trustFor } from './testing/run-cli.ts';

const hostile = '<!channel> *run* <https://evil.example|this> now';

/** A clone with one document, whose words would like to call somebody. */
function makeDocuments(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, ...words], {
      env: {
        PATH: process.env['PATH'],
        GIT_AUTHOR_DATE: '2026-09-01T12:00:00Z',
        GIT_COMMITTER_DATE: '2026-09-01T12:00:00Z',
      },
    });
  git('init', '-q', '-b', 'main');
  git('config', 'user.email', 'ada@acme.example');
  git('config', 'user.name', 'Ada');
  const text = `# Rolling back\n\nTo roll back a release, tag the earlier commit anew. ${hostile}\n`;
  writeFileSync(join(folder, 'README.md'), text);
  git('add', '.');
  git('commit', '-q', '-m', 'How to roll back');
}

interface SlackHost {
  context: CommandContext;
  cwd: string;
  env: Record<string, string>;
  twin: SlackTwin;
}

async function startHost(
  slackLines: readonly string[],
  without: readonly string[] = [],
): Promise<SlackHost> {
  const cwd = temporaryFolder(onTestFinished);
  makeDocuments(join(cwd, 'docs'));
  const clock = createFakeClock(testNow);
  const data: SlackTwinOptions['data'] = createSlackData();
  data.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada', email: 'ada@acme.example' });
  data.addChannel({ id: 'C0TEAM', name: 'team', members: ['U0ADA', 'UREADER01', 'UWRITER01'] });
  const twin = await startSlackTwin({ data, clock });
  onTestFinished(() => twin.close());
  const { host } = new URL(twin.url);
  const all: Record<string, string> = {
    SLACK_TOKEN: twin.token,
    SLACK_TOKEN_HOST: host,
    SLACK_WRITE_TOKEN: twin.writeToken,
    SLACK_WRITE_TOKEN_HOST: host,
    SLACK_SIGNING_SECRET: twin.signingSecret,
  };
  const env = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
  const lines = [
    'store: store.db',
    'connectors:',
    '  git:',
    '    repositories: [docs]',
    '  slack:',
    `    baseUrl: ${twin.baseUrl}`,
    '    channels: [C0TEAM]',
    '    token: ${SLACK_TOKEN}',
    '    writeToken: ${SLACK_WRITE_TOKEN}',
    ...slackLines.map((line) => `    ${line}`),
  ];
  writeFileSync(join(cwd, 'adjutant.config.yaml'), `${lines.join('\n')}\n`);
  const { io } = ioOf([], { cwd, env });
  const output = createOutput(io, { json: false, color: false });
  await trustFor(io);
  const context = { io, output, clock, configPath: undefined, secrets: [] };
  return { context, cwd, env, twin };
}

const withCards = [
  'approvals:',
  '  channel: "#team"',
  '  signingSecret: ${SLACK_SIGNING_SECRET}',
  '  pageUrl: http://localhost:4747',
];

const requestOf = (path: string, signed: { headers: Record<string, string>; body: Uint8Array }) =>
  new Request(`https://hooks.example.com/slack/${path}`, {
    method: 'POST',
    headers: signed.headers,
    body: new TextDecoder().decode(signed.body),
  });

test('commands and the home tab are answered from the store, as the person whose account asks', async () => {
  const { context, twin } = await startHost(withCards);
  await withAdjutant(context, async (opened) => {
    await opened.adjutant.sync();
    const door = await slackHandlerFor(opened, context);
    const ask = async (command: string, text = '') => {
      const signed = twin.hands.command({ user: 'U0ADA', command, text });
      const response = await door?.handle(requestOf('commands', signed));
      expect(response?.status).toBe(200);
      await door?.settled();
      return JSON.stringify(twin.answers.at(-1));
    };
    expect(await ask('/triage')).toContain('Pull requests to look at');
    const answer = await ask('/ask', 'how do we roll back a release?');
    expect(answer).toContain('tag the earlier commit anew');
    expect(answer).toMatch(/rich_text_preformatted[^\]]*<!channel>/);
    expect(answer).not.toContain('"type":"link","url":"https://evil');
    const opening = await door?.handle(requestOf('events', twin.hands.openHome('U0ADA')));
    expect(opening?.status).toBe(200);
    await door?.settled();
    const home = JSON.stringify(twin.homes.get('U0ADA')?.body.blocks);
    expect(home).toContain('Nothing waits for a decision');
    expect(home).toContain('What needs you today');
  });
});

test('behind the gateway, slow bodies of two addresses keep out nobody at a third', async () => {
  const { context, twin } = await startHost(withCards);
  await withAdjutant(context, async (opened) => {
    const door = await slackHandlerFor(opened, context);
    if (door === null) throw new Error('It has a signing secret.');
    const gateway = createGateway(opened.adjutant, {
      origin: 'http://localhost:4747',
      addressOf: (request) => request.headers.get('x-from'),
      slack: door.handle,
    });
    const send = (from: string, { headers, body }: Pick<RequestInit, 'headers' | 'body'>) => {
      const all = new Headers(headers);
      all.set('x-from', from);
      const init = { method: 'POST', headers: all, body: body ?? null, duplex: 'half' } as const;
      return gateway.fetch(new Request('http://localhost:4747/slack/events', init));
    };
    const ended = new AbortController();
    for (let count = 0; count < 1_024; count += 1) {
      const body = new ReadableStream({
        start: (slow) => ended.signal.addEventListener('abort', () => slow.close()),
      });
      void send(`192.0.2.${count % 2}`, { body, headers: { 'content-length': '1000' } });
    }
    const { headers, body } = twin.hands.openHome('U0ADA');
    const answer = await send('192.0.2.9', { headers, body: new TextDecoder().decode(body) });
    ended.abort();
    expect(answer.status).toBe(200);
    await door.settled();
  });
});

test('without a signing secret nothing is answered; where its variable is not set, it says so', async () => {
  const bare = await startHost([]);
  await withAdjutant(bare.context, async (opened) => {
    expect(await slackHandlerFor(opened, bare.context)).toBeNull();
  });
  const forgotten = await startHost(withCards, ['SLACK_SIGNING_SECRET']);
  await withAdjutant(forgotten.context, async (opened) => {
    await expect(slackHandlerFor(opened, forgotten.context)).rejects.toThrow(
      'SLACK_SIGNING_SECRET is not set',
    );
  });
});

test('the secret stands nowhere, and every other command works without it', async () => {
  const { cwd, env, twin } = await startHost(withCards, ['SLACK_SIGNING_SECRET']);
  const synced = await runCli(['sync', '--json'], { cwd, env });
  expect(synced.exitCode).toBe(0);
  expect(synced.stdout).not.toContain(twin.signingSecret);
});

test('the report of the week is scheduled as the configuration says, and ends with it', async () => {
  const weekly = ['weeklyReport:', '  channel: "#team"', '  weekday: friday', '  at: "16:30"'];
  const { context, cwd } = await startHost(weekly);
  const name = 'insights.weekly_report';
  await withAdjutant(context, async (opened) => {
    await keepWeeklyReportOf(opened, context);
    expect(await opened.adjutant.jobs.schedules('default')).toContainEqual(
      expect.objectContaining({ name, cron: '30 16 * * 5', timeZone: 'UTC' }),
    );
  });
  const without = ['store: store.db', 'connectors: {git: {repositories: [docs]}}', ''];
  writeFileSync(join(cwd, 'adjutant.config.yaml'), without.join('\n'));
  await withAdjutant(context, async (opened) => {
    await keepWeeklyReportOf(opened, context);
    expect(await opened.adjutant.jobs.schedules('default')).not.toContainEqual(
      expect.objectContaining({ name }),
    );
  });
});

test.each([
  [['weeklyReport:', '  channel: "#team"', '  weekday: someday'], 'weekday'],
  [['weeklyReport:', '  channel: "#team"', '  at: "9"'], 'time of day'],
  [['approvals:', '  channel: "#team"', '  signingSecret: abc'], 'is a secret'],
])('what is wrong in the section is named: %j', async (lines, expected) => {
  const { cwd } = await startHost(lines);
  const result = await runCli(['status'], { cwd });
  expect(result.exitCode).toBe(3);
  expect(result.stderr).toContain(expected);
});
