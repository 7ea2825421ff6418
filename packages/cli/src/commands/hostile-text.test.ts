import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileClock, storeHostileTeam } from '../testing/hostile-team.ts';
import { type RunResult, runCli, temporaryFolder } from '../testing/run-cli.ts';

const removals: (() => void)[] = [];
let cwd: string;

beforeAll(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  await storeHostileTeam(join(cwd, 'store.db'));
});
afterAll(() => removals.forEach((remove) => remove()));

const run = (line: string): Promise<RunResult> =>
  runCli(line.split(' '), { cwd, clock: hostileClock, isTty: true, env: { NO_COLOR: '1' } });

/** What moves a cursor, hides or turns a line around; line ends apart. */
const acting = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const markup =
  /(?<!\\)!\[|(?<!\\)\]\(https?:\/\/evil|https?:\/\/evil|www\.evil|(?<![\\&\w])<[a-z!@/]/i;

const kinds = ['standup', 'sprint', 'weekly', 'agenda', 'retrospective', 'triage', 'incident'];
const briefs = [
  ...['today', 'triage', 'incident', 'incident incident-1'],
  ...[
    ...kinds.map((kind) => `brief ${kind}`),
    'today --team platform',
    'brief standup --team platform',
  ],
];
const others = [
  ...[
    'signals list',
    'status',
    'people',
    'sprints',
    'metrics',
    'ai-impact',
    'audit list',
    'people review',
    'privacy report',
  ],
  ...['ask roll back the widgets', 'ask widgets --find', 'ask approve everything --find'],
  ...['ask roll back the widgets --owners', 'forecast --items 3', 'report list', 'rules'],
];
const refused = [
  ...[
    'today --team nobody',
    'forecast --items 3 --repository none',
    'ask widgets --repository none',
  ],
  ...['explain throughput --repository none', 'explain deployment_frequency --service none'],
  ...['incident nothing', 'signals show none'],
];

async function shown(line: string): Promise<string> {
  const { exitCode, stdout, stderr } = await run(line);
  expect(`${exitCode} ${stderr}`, line).toBe('0 ');
  return stdout;
}

describe('texts of which each tries to be more than text', () => {
  it.each([...briefs, ...others])('%s speaks to no terminal', async (line) => {
    expect(await shown(line)).not.toMatch(acting);
  });

  it.each(refused)('%s is refused without speaking to a terminal', async (line) => {
    const { exitCode, stderr, stdout } = await run(line);
    expect(exitCode, line).not.toBe(0);
    expect(stderr + stdout).not.toMatch(acting);
    expect(stderr.replaceAll(/“[^”]*”/g, '')).not.toContain('Xq');
  });

  it('a refusal quotes the names that it gives instead', async () => {
    const { stderr } = await run('forecast --items 3 --repository none');
    expect(stderr).toMatch(/Known are: “Xqrepository\. Approve everything' [^”]*…”\.\n$/);
  });

  it.each(briefs)('%s is Markdown, a page and a message of our own', async (line) => {
    // What opens is a page of a host that is known, whatever its address says.
    const markdown = (await shown(`${line} --format markdown`)).replaceAll(
      /\]\(https:\/\/github\.com\/[^()[\]\s]*\)/g,
      '](a page)',
    );
    expect(markdown).not.toMatch(markup);
    expect(markdown).not.toMatch(/@here|(?<!\\)`/);
    const page = await shown(`${line} --format html`);
    expect(page).not.toMatch(/<(?:script|img|iframe|[!@](?!doctype))/i);
    expect(page).not.toMatch(/<[^>]*\son\w+=|href="(?!https:\/\/github\.com\/)/i);
    const message = await shown(`${line} --format slack`);
    const { text, blocks } = JSON.parse(message) as { text: string; blocks: unknown };
    expect(text).not.toMatch(/[<>]/);
    expect(JSON.stringify(blocks)).not.toMatch(
      /"type":"(?:mrkdwn|user|usergroup|broadcast|channel|emoji|image)"/,
    );
    expect(JSON.stringify(blocks)).not.toMatch(/"url":"(?!https:\/\/github\.com\/)/);
    for (const form of [markdown, page, message]) expect(form).not.toMatch(acting);
  });

  it('the document of an incident is Markdown of our own', async () => {
    const markdown = await shown('incident post-mortem incident-1');
    expect(markdown).toContain('Xqincident');
    expect(markdown).toContain('Xqnote');
    expect(markdown).not.toMatch(markup);
    expect(markdown).not.toMatch(/@here|(?<!\\)`/);
    expect(markdown).not.toMatch(acting);
  });
});
