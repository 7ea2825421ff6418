import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createGithubData,
  createJiraData,
  createSlackData,
  startGithubTwin,
  startJiraTwin,
  startSlackTwin,
} from '@adjutant/connectors/testing';
import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Answer, answering } from '../testing/answering.ts';
import { makeClone, testNow } from '../testing/make-clone.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const timeout = 60_000;
const hourMs = 3_600_000;
const fileSchema = z.object({ connectors: z.record(z.string(), z.unknown()) });
const tokens = {
  GITHUB_TOKEN: 'ghp_chooserepositories0123456789abcdef',
  JIRA_TOKEN: 'ATATTchooseprojects0123456789abcdef',
};

/** A clone, and a GitHub, a Jira and a Slack of which a part is to be read. */
async function startWorld() {
  const clock = createFakeClock(testNow);
  const clone = makeClone(join(temporaryFolder(onTestFinished), 'api'), 3);
  const code = createGithubData();
  const acme = code.addOrganization('acme', 'Acme');
  const ada = code.addActor({ login: 'ahill', name: 'Ada Hill' });
  const repositories = ['api', 'web', 'secret'].map((name, at) => {
    const added = code.addRepository(acme, { name, pushedAt: testNow - at * hourMs });
    code.addCommit(added, { at: testNow - hourMs, by: ada });
    return added;
  });
  const work = createJiraData();
  const owner = work.addUser({ displayName: 'Ada Hill' });
  const [pay, hidden] = [work.addProject('PAY', 'Payments'), work.addProject('HIDE', 'Not this')];
  for (const project of [pay, hidden]) {
    work.addBoard(project);
    work.addIssue(project, { summary: `of ${project.key}`, at: testNow - hourMs, by: owner });
  }
  const talk = createSlackData();
  talk.addUser({ id: 'U0ADA', name: 'ada' });
  const widgets = talk.addChannel({ id: 'C0WIDGETS', name: 'widgets' });
  const secrets = talk.addChannel({ id: 'C0SECRET', name: 'secrets', kind: 'private' });
  for (const channel of [widgets, secrets]) {
    talk.say(channel, { at: testNow - hourMs, user: 'U0ADA', text: 'Who knows?' });
  }
  const github = await startGithubTwin({ data: code, clock, token: tokens.GITHUB_TOKEN });
  const jira = await startJiraTwin({ data: work, owner, clock, token: tokens.JIRA_TOKEN });
  const slack = await startSlackTwin({ data: talk, clock });
  for (const twin of [github, jira, slack]) onTestFinished(() => twin.close());
  const env = {
    ...tokens,
    GITHUB_TOKEN_HOST: `${github.url}/api/v3`,
    JIRA_TOKEN_HOST: new URL(jira.url).host,
    JIRA_SITE: jira.url,
    JIRA_EMAIL: jira.email,
    SLACK_TOKEN: slack.token,
    SLACK_TOKEN_HOST: slack.baseUrl,
  };
  const asked: string[] = [];
  const init = async (answers: Record<string, Answer>, more: Record<string, string> = {}) => {
    const prompts = answering(answers, asked);
    return await runCli(['init'], { cwd: clone, env: { ...env, ...more }, prompts, clock });
  };
  const path = join(clone, 'adjutant.config.yaml');
  const written = (): string => readFileSync(path, 'utf8');
  return {
    clock,
    clone,
    path,
    written,
    repositories,
    hidden,
    github,
    jira,
    slack,
    env,
    asked,
    init,
  };
}

const picks = {
  'Which repositories': ['acme/api', 'acme/web'],
  'Which projects': ['PAY'],
  'Which channels': ['C0WIDGETS'],
};

function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');
}

test('what was chosen is written with names of variables, read, and nothing else is ever asked for', {
  timeout,
}, async () => {
  const world = await startWorld();
  const { clone, written, repositories, hidden, github, jira, slack, env, asked, clock } = world;
  const result = await world.init({ ...picks, 'Read them now': true });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  expect(parse(written())).toMatchObject({
    connectors: {
      github: {
        repositories: ['acme/api', 'acme/web'],
        baseUrl: `${github.url}/api/v3`,
        token: '${GITHUB_TOKEN}',
      },
      jira: {
        site: jira.url,
        projects: ['PAY'],
        email: '${JIRA_EMAIL}',
        token: '${JIRA_TOKEN}',
      },
      slack: { channels: ['C0WIDGETS'], baseUrl: slack.baseUrl, token: '${SLACK_TOKEN}' },
    },
  });
  expect(written()).toMatch(/- C0WIDGETS # widgets\n/);
  expect(asked.join('\n')).toContain('acme/secret (private, last push 2026-10-01)');
  const again = await runCli(['sync', '--json'], { cwd: clone, env, clock });
  expect(again.exitCode).toBe(0);
  const [, , secret] = repositories;
  const askedGithub = JSON.stringify(github.requests);
  expect(askedGithub).toContain('"acme"');
  expect(askedGithub).toContain('"web"');
  for (const name of ['secret', `"${secret?.id}"`]) expect(askedGithub).not.toContain(name);
  const askedJira = JSON.stringify(
    jira.asked.map(({ path, query, body }) => [path, [...query], body]),
  );
  expect(askedJira).toContain('PAY');
  for (const name of ['HIDE', String(hidden.id)]) expect(askedJira).not.toContain(name);
  const askedSlack = JSON.stringify(slack.requests);
  expect(askedSlack).toContain('C0WIDGETS');
  expect(askedSlack).not.toContain('C0SECRET');
  const everything = `${everythingIn(clone)}${result.stdout}${again.stdout}${asked.join('\n')}`;
  for (const secretValue of [...Object.values(tokens), slack.token]) {
    expect(everything).not.toContain(secretValue);
  }
  const stored = everythingIn(clone);
  for (const name of ['acme/web', 'of PAY', 'C0WIDGETS']) expect(stored).toContain(name);
  for (const name of ['acme/secret', 'of HIDE', 'C0SECRET']) expect(stored).not.toContain(name);
});

test('what the clone is of is proposed, of everything else nothing; none is an answer', async () => {
  const { init, written, asked, repositories, clock } = await startWorld();
  for (const repository of repositories) {
    if (repository.name === 'api') repository.pushedAt = clock.now() - 1_000 * hourMs;
  }
  expect((await init({ 'Read them now': false })).exitCode).toBe(0);
  const labels = asked.filter((text) => /^acme\/\w+ \(/.test(text));
  expect(labels.map((label) => label.split(' ')[0])).toEqual([
    'acme/api',
    'acme/web',
    'acme/secret',
  ]);
  const { connectors } = fileSchema.parse(parse(written()));
  expect(connectors).toMatchObject({ github: { repositories: ['acme/api'] } });
  expect(Object.keys(connectors)).toEqual(['git', 'github']);
});

test('what is written needs no variable to be loaded by what only reads the store', async () => {
  const { clone, init, env, clock } = await startWorld();
  await init({ ...picks, 'Read them now': true });
  const bare = await runCli(['status'], { cwd: clone, clock });
  expect(bare).toMatchObject({ exitCode: 0, stderr: '' });
  const { JIRA_EMAIL: _, ...withoutAccount } = env;
  const synced = await runCli(['sync'], { cwd: clone, env: withoutAccount, clock });
  expect(`${synced.stdout}${synced.stderr}`).toContain('JIRA_EMAIL is not set');
});

test('a token that is refused is told in a line, and what is known is asked for instead', async () => {
  const { asked, init, written, github, jira, slack } = await startWorld();
  const refused = {
    GITHUB_TOKEN: 'ghp_refused0123456789abcdef',
    JIRA_TOKEN: 'ATATTrefused0123456789abcdef',
    SLACK_TOKEN: 'xoxb-refused0123456789abcdef',
  };
  const typed = {
    'Projects of Jira': 'pay, not a key',
    'Channels of Slack': '#widgets, Not A Name',
    'Read them now': false,
  };
  expect((await init(typed, refused)).exitCode).toBe(0);
  expect(asked.filter((text) => text.includes('does not accept the credential'))).toEqual([
    'GitHub lists no repositories now: GitHub does not accept the credential.',
    'Jira lists no projects now: Jira does not accept the credential.',
    'Slack lists no channels now: Slack does not accept the credential.',
  ]);
  expect([github.requests.length, jira.requests.length, slack.requests.length]).toEqual([1, 1, 1]);
  expect(parse(written())).toMatchObject({
    connectors: {
      github: { repositories: ['acme/api'] },
      jira: { projects: ['PAY'] },
      slack: { channels: ['#widgets'] },
    },
  });
  for (const token of Object.values(refused)) {
    expect(`${written()}${asked.join('\n')}`).not.toContain(token);
  }
});

test('a token goes to no host that it was not entered for, and such a place is not written', async () => {
  const { asked, init, written, github, jira, slack } = await startWorld();
  const elsewhere = {
    GITHUB_TOKEN_HOST: `${github.url.replace('127.0.0.1', 'localhost')}@evil.example/`,
    JIRA_TOKEN_HOST: 'acme.atlassian.net',
    SLACK_TOKEN_HOST: 'ftp://slack.example/api/',
  };
  expect((await init({ 'Read them now': false }, elsewhere)).exitCode).toBe(0);
  expect([github.requests, jira.requests, slack.requests]).toEqual([[], [], []]);
  expect(asked.join('\n')).toContain('JIRA_TOKEN_HOST');
  const { connectors } = fileSchema.parse(parse(written()));
  expect(Object.keys(connectors)).toEqual(['git']);
});

test('a token of Jira without its account goes as one of OAuth, and that is said', async () => {
  const { asked, init, written } = await startWorld();
  await init({ 'Projects of Jira': 'PAY', 'Read them now': false }, { JIRA_EMAIL: '' });
  expect(asked.join('\n')).toContain('needs the address of its account in JIRA_EMAIL');
  expect(parse(written())).toMatchObject({ connectors: { jira: { projects: ['PAY'] } } });
  expect(written()).not.toContain('email');
});

test.each([
  ['github.com', 'is sent to api.github.com,'],
  ['ghe.example.com', 'is sent to ghe.example.com,'],
  ['https://ghe.example.com/api/v3', 'is sent to ghe.example.com,'],
])('the question names the host that the token was entered for: %s', async (host, expected) => {
  const { asked, init } = await startWorld();
  await init({ 'from GitHub?': null }, { GITHUB_TOKEN_HOST: host });
  expect(asked.find((text) => text.includes('from GitHub?'))).toContain(expected);
});

test.each([
  'from GitHub?',
  'Which repositories',
  'Site of Jira',
  'from Jira?',
  'Which projects',
  'from Slack?',
  'Which channels',
  'Read them now',
])('cancelling at "%s" leaves everything as it is', async (words) => {
  const { clone, path, init } = await startWorld();
  const before = readdirSync(clone);
  expect((await init({ ...picks, [words]: null })).exitCode).toBe(130);
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(clone)).toEqual(before);
});

test('Ctrl-C while a list is being asked for ends it, and nothing is written', async () => {
  const { clone, path, env, github, jira, clock } = await startWorld();
  const stop = new AbortController();
  github.faults.badGateway = () => {
    stop.abort(new Error('interrupted'));
    return true;
  };
  const prompts = answering({});
  const { signal } = stop;
  const result = await runCli(['init'], { cwd: clone, env, prompts, clock, signal });
  expect(result.exitCode).toBe(130);
  expect(existsSync(path)).toBe(false);
  expect(jira.requests).toEqual([]);
});

test.each([
  ['https://ada:hunter2@acme.atlassian.net', 'That is no address'],
  ['javascript:alert(1)', 'That is no address'],
])('a site that is none is not asked and not written: %s', async (site, expected) => {
  const { asked, init, written } = await startWorld();
  await init({ 'Site of Jira': site, 'from Slack?': false, 'Read them now': false });
  expect(asked.join('\n')).toContain(expected);
  expect(written()).not.toContain('jira');
});
