import { expect, test } from 'vitest';
import { terminalWidth } from '../outside-text/terminal-width.ts';
import {
  emptyFakeData,
  fakeCommit,
  fakeNow,
  fakePerson,
  fakeRepository,
} from '../testing/fake-data.ts';
import { createFakeWorkspace } from '../testing/fake-workspace.ts';
import { hostileTeam } from '../testing/hostile.ts';
import { richTeam } from '../testing/rich-team.ts';
import { buildTeamReport } from './build-team-report.ts';
import { renderTeamReportText, type TextStyle } from './text.ts';

const pagePath = '/home/me/adjutant-report.html';

async function linesOf(data = richTeam(), options = {}) {
  const report = await buildTeamReport(createFakeWorkspace(data), { now: data.now });
  return renderTeamReportText(report, { pagePath, ...options });
}

test('a rich team fits half a page: thirty lines of eighty columns', async () => {
  const lines = await linesOf();
  expect(lines.length).toBeLessThanOrEqual(30);
  expect(Math.max(...lines.map(terminalWidth))).toBeLessThanOrEqual(80);
});

test('it shows findings, figures with n, what is missing, the page, and last the assistant', async () => {
  const lines = await linesOf();
  const text = lines.join('\n');
  expect(text).toContain('Three things worth looking at');
  expect(text).toMatch(/Throughput +[\d.]+ \/ week +n \d+/);
  expect(text).toMatch(/First commit to merge +[\d.]+ h +n \d+ +p75 [\d.]+ h, p90 [\d.]+ d/);
  expect(text).toContain('What is missing');
  expect(lines.at(-2)).toContain(pagePath);
  expect(lines.at(-1)).toBe('Ask an assistant about it: adjutant mcp install --client claude');
});

test('marks of coding tools are a lower bound and the rest is unknown', async () => {
  const line = (await linesOf()).find((candidate) => candidate.includes("Coding tools' marks"));
  expect(line).toMatch(/at least \d+ % last 400 merges, rest unknown/);
});

test('where all merges of the window were read for marks, none is called the last', async () => {
  const data = richTeam();
  data.work = data.work.filter((_, index) => index % 3 === 0);
  const line = (await linesOf(data)).find((candidate) => candidate.includes("Coding tools' marks"));
  expect(line).toMatch(/at least \d+ % of \d+ merges, rest unknown/);
});

test('what touches every figure is the gap that is said first, and a short one leaves room', async () => {
  const data = emptyFakeData();
  data.repositories = [fakeRepository()];
  const gap = (code: string, message: string) => ({ code, message, source: 'git', scope: 'api' });
  data.gaps = [
    gap('rebase_merges_invisible', 'By squash merges.'),
    gap('reviews_not_in_git', 'No reviews. '.repeat(30).trim()),
    gap('shallow_clone', 'The clone is shallow.'),
  ].map((note) => ({ ...note, affectedCount: null }));
  const text = (await linesOf(data)).join('\n');
  const shown = ['api: The clone is shallow.', 'api: By squash merges.', '1 further gap'];
  expect(shown.map((part) => text.indexOf(part))).toEqual(
    shown.map((part) => text.indexOf(part)).toSorted((left, right) => left - right),
  );
  for (const part of shown) expect(text).toContain(part);
});

test('an empty workspace gives true lines and no figure', async () => {
  const text = (await linesOf(emptyFakeData())).join('\n');
  expect(text).toContain('Nothing stands out');
  expect(text).toContain('None is known for this window.');
  expect(text).not.toMatch(/ 0 h| 0 %|NaN|null|undefined/);
});

test('a linear history still tells its commits, and says in full why the rest is unknown', async () => {
  const data = emptyFakeData();
  const repository = fakeRepository({ mergeStyle: 'linear', mergedCount: 0 });
  data.repositories = [repository];
  data.people = [fakePerson('Ada Moreau')];
  data.work = Array.from({ length: 40 }, (_, index) =>
    fakeCommit(`c${index}`, repository, fakeNow - (index + 1) * 36e5, 'Ada Moreau'),
  );
  const message = 'Merges that were rebased leave no trace. '.repeat(5).trim();
  data.gaps = [{ code: 'linear', message, source: 'git', scope: 'api', affectedCount: null }];
  const lines = await linesOf(data);
  expect(lines.join('\n')).toMatch(/Commits +40 +by 1 person/);
  expect(lines.join(' ').replace(/\s+/g, ' ')).toContain(`api: ${message}`);
});

test('very small teams get the note that figures describe single people', async () => {
  const data = richTeam();
  for (const work of data.work) work.author = work.author === null ? null : 'Ada Moreau';
  expect((await linesOf(data)).join('\n')).toContain('describe single people');
});

test('hostile text neither acts nor adds a line of its own', async () => {
  const lines = await linesOf(hostileTeam());
  expect(lines.length).toBeLessThanOrEqual(30);
  for (const line of lines) {
    expect(line).not.toMatch(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u);
    expect(line.length).toBeLessThanOrEqual(400);
  }
  expect(lines.filter((line) => line.trim() === 'Figures')).toHaveLength(1);
});

test('styling is given to the caller and adds nothing to the words', async () => {
  const styles = new Set<TextStyle>();
  const painted = await linesOf(richTeam(), {
    paint: (style: TextStyle, text: string) => {
      styles.add(style);
      return `\u001b[1m${text}\u001b[0m`;
    },
  });
  const stripped = painted.map((line) =>
    line.replaceAll('\u001b[1m', '').replaceAll('\u001b[0m', ''),
  );
  expect(stripped).toEqual(await linesOf());
  expect([...styles].toSorted()).toEqual([
    'command',
    'figure',
    'heading',
    'muted',
    'next',
    'title',
  ]);
});

test('narrow terminals get narrower lines', async () => {
  const lines = await linesOf(richTeam(), { width: 60, pagePath: null });
  expect(Math.max(...lines.slice(0, -1).map(terminalWidth))).toBeLessThanOrEqual(60);
});
