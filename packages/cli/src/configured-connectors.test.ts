import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createPagerdutyData,
  generateJiraSite,
  startJiraTwin,
  startPagerdutyTwin,
} from '@adjutant/connectors/testing';
import { expect, onTestFinished, test } from 'vitest';
import { runCli, temporaryFolder } from './testing/run-cli.ts';

const hourMs = 3_600_000;
const now = Date.now();
const jiraToken = 'ATATTadjutantcanary0123456789abcdef';

function configure(folder: string, lines: readonly string[]): void {
  const text = ['connectors:', ...lines.map((line) => `  ${line}`)].join('\n');
  writeFileSync(join(folder, 'adjutant.config.yaml'), `${text}\n`);
}

async function startJira() {
  const site = generateJiraSite({ issues: 12, to: now });
  const twin = await startJiraTwin({ ...site, clock: { now: () => now }, token: jiraToken });
  onTestFinished(() => twin.close());
  const cwd = temporaryFolder(onTestFinished);
  configure(cwd, [
    'jira:',
    `  site: ${twin.url}`,
    '  projects: [PAY]',
    `  email: ${twin.email}`,
    '  token: ${JIRA_TOKEN}',
  ]);
  return { twin, cwd, host: new URL(twin.url).host };
}

function everythingIn(cwd: string): string {
  return readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');
}

test('a project of Jira is synced with a token from the environment, which stays nowhere', async () => {
  const { cwd, host } = await startJira();
  const env = { JIRA_TOKEN: jiraToken, JIRA_TOKEN_HOST: host };
  const synced = await runCli(['sync', '--json'], { cwd, env });
  expect(synced).toMatchObject({ exitCode: 0 });
  expect(synced.stdout).toContain('"stream": "issues"');
  const doctor = await runCli(['doctor'], { cwd, env });
  expect(doctor.stdout).toContain('Ada Hill');
  expect(doctor.stdout).toContain('experimental');
  const sprints = await runCli(['sprints'], { cwd, env });
  expect(sprints.stdout).toContain('Sprint 6');
  const printed = [synced, doctor, sprints].map(({ stdout, stderr }) => `${stdout}${stderr}`);
  for (const text of [everythingIn(cwd), ...printed]) {
    expect(text).not.toContain(jiraToken);
    expect(text).not.toContain(Buffer.from(jiraToken).toString('base64').slice(0, 20));
  }
});

test("a token for Jira goes to no host that is not Atlassian's, unless it was entered for it", async () => {
  const { twin, cwd } = await startJira();
  const synced = await runCli(['sync'], { cwd, env: { JIRA_TOKEN: jiraToken } });
  expect(synced.exitCode).not.toBe(0);
  expect(`${synced.stdout}${synced.stderr}`).toContain('JIRA_TOKEN_HOST');
  expect(twin.requests).toEqual([]);
});

test('what an assistant may propose at Jira needs no token', async () => {
  const { cwd } = await startJira();
  const types = await runCli(['actions', 'types', '--json'], { cwd });
  expect(types).toMatchObject({ exitCode: 0 });
  expect(types.stdout).toContain('issue.transition');
});

test('incidents of PagerDuty are synced with a key from the environment', async () => {
  const data = createPagerdutyData();
  const ada = data.addUser('Ada Example');
  const service = data.addService(
    'checkout',
    data.addPolicy('Checkout', [[ada]]),
    now - 48 * hourMs,
  );
  const incident = data.addIncident(service, { createdAt: now - 3 * hourMs, title: 'Slow' });
  data.resolve(incident, ada, now - 2 * hourMs);
  const twin = await startPagerdutyTwin({ data, clock: { now: () => now } });
  onTestFinished(() => twin.close());
  const cwd = temporaryFolder(onTestFinished);
  configure(cwd, ['pagerduty:', `  baseUrl: ${twin.apiUrl}`, '  token: ${PAGERDUTY_TOKEN}']);
  const env = { PAGERDUTY_TOKEN: twin.token, PAGERDUTY_TOKEN_HOST: new URL(twin.apiUrl).host };
  const synced = await runCli(['sync', '--json'], { cwd, env });
  expect(synced).toMatchObject({ exitCode: 0 });
  expect(synced.stdout).toContain('"stream": "incidents"');
  expect(everythingIn(cwd)).not.toContain(twin.token);
});

test.each([
  ['jira:', '  site: https://acme.atlassian.net', 'projects'],
  ['jira:', '  projects: [pay]', 'site'],
  ['pagerduty:', '  token: abc', 'is a secret'],
])('a section that is wrong is named with its place: %s %s', async (head, line, expected) => {
  const cwd = temporaryFolder(onTestFinished);
  configure(cwd, [head, line]);
  const result = await runCli(['status'], { cwd });
  expect(result.exitCode).toBe(3);
  expect(result.stderr).toContain(expected);
});
