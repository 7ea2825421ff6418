import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { aiAdoptionSchema, aiImpactComparisonSchema } from '@adjutant/core/domain';
import { formatFigure } from '@adjutant/insights';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { commandLine } from '../testing/command-line.ts';
import { temporaryFolder } from '../testing/run-cli.ts';

const readme = join(import.meta.dirname, '../../../../README.md');
const timeout = 120_000;

interface Run {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

async function runDemoIn(cwd: string, flags: readonly string[]): Promise<Run> {
  const args = [...commandLine, 'demo', ...flags];
  const env = { ...process.env, XDG_DATA_HOME: join(cwd, flags.join('') || 'plain') };
  const child = spawn(process.execPath, args, { cwd, env });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exitCode: await exited, stdout, stderr };
}

const unit = z.enum(['ms', 'hours', 'days', 'per_day', 'per_week', 'count', 'share']);
const figureSchema = z.object({
  title: z.string(),
  unit,
  found: z.number(),
  truth: z.number(),
  matches: z.literal(true),
});
const demoSchema = z.object({
  seed: z.literal(7),
  figures: z.array(figureSchema).min(15),
  report: z.object({ findings: z.array(z.object({ id: z.string() })).min(1) }),
  github: z.object({
    figures: z.array(figureSchema.extend({ fromClones: z.number().nullable() })).min(14),
    newFindings: z.array(z.object({ id: z.string(), sentence: z.string() })),
    pullRequests: z.number().min(400),
    requests: z.number().min(1).max(100),
    impact: z.object({ comparison: aiImpactComparisonSchema, adoption: aiAdoptionSchema }),
  }),
  answer: z.object({
    matches: z.literal(true),
    tools: z.array(z.string()).min(7),
    question: z.object({ metric_id: z.literal('pull_request_stages') }),
    value: z.number(),
    truth: z.number(),
  }),
  own: z.null(),
  kept: z.string(),
});

let printed: Run;
let other: Run;

beforeAll(async () => {
  const folders: (() => void)[] = [];
  const cwd = temporaryFolder((remove) => folders.push(remove));
  [printed, other] = await Promise.all([
    runDemoIn(cwd, []),
    runDemoIn(cwd, ['--seed', '7', '--json']),
  ]);
  for (const remove of folders) remove();
}, timeout);

/** Up to where it goes on with the clone that it was started in. */
function teamPart(page: string): string {
  // How many requests it takes is the connector's to improve.
  return (
    page
      .split(/^(?:And this clone|This team is kept|Try next)/m)[0]
      ?.replace(/in \d+ requests/, 'in n requests')
      .replace(/took\s+\d+ more/, 'took n more')
      // Ids of findings are made by chance.
      .replaceAll(/signal \w+/g, 'signal x')
      // How many entries the ledger has by then depends on how often it was looked.
      .replace(/verify: \d+ entries/, 'verify: n entries')
      .replace(/of entry \w+ was/, 'of entry x was')
      .replace(/Entry\s+\d+/, 'Entry n')
      .trimEnd() ?? ''
  );
}

test('the demo agrees with its generator and prints what the README shows', () => {
  expect(printed).toMatchObject({ exitCode: 0, stderr: '' });
  const [, shown = ''] =
    /<!-- demo-output -->\s*```text\n([\s\S]*?)```\s*<!-- \/demo-output -->/.exec(
      readFileSync(readme, 'utf8'),
    ) ?? [];
  expect(teamPart(printed.stdout)).toBe(teamPart(shown));
  expect(printed.stdout).not.toContain('✗');
});

test('it leads with what needs somebody, in a few lines with their rows, and says how to go on', () => {
  const [head = ''] = printed.stdout.split('\nTeam report');
  const [first, , heading, ...lines] = head.trimEnd().split('\n');
  expect([first, heading]).toEqual([
    expect.stringContaining('A made-up team (seed 1)'),
    'What needs somebody',
  ]);
  expect(lines.length).toBeLessThan(14);
  expect(head.match(/\d+ rows?: signal \w{8}/g)).toHaveLength(4);
  for (const command of ['today', 'brief standup', 'triage', 'signals', 'incident']) {
    expect(printed.stdout).toContain(`adjutant ${command} --demo`);
  }
});

test('that high risk takes no passkey in the demo stands on every line of it', () => {
  const [, part = ''] =
    /An assistant proposes, a person decides\n([\s\S]*?)\n\n/.exec(printed.stdout) ?? [];
  const lines = part.split('\n');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(line).toMatch(/^demo, no passkey \| /);
});

test('another seed gives other figures, each of them the truth', () => {
  expect(other).toMatchObject({ exitCode: 0, stderr: '' });
  const { figures, github, report, answer } = demoSchema.parse(JSON.parse(other.stdout));
  expect(report.findings.map(({ id }) => id)).toContain('release_waiting');
  expect(github.newFindings.map(({ id }) => id)).toContain('open_work_stale');
  const lines = printed.stdout.split('\n');
  const isPrinted = ({ title, found, unit: inUnit }: z.infer<typeof figureSchema>): boolean =>
    lines.some(
      (line) => line.trim().startsWith(`${title} `) && line.includes(formatFigure(found, inUnit)),
    );
  const hours = [...figures, ...github.figures].filter((figure) => figure.unit === 'hours');
  expect(hours.filter((figure) => !isPrinted(figure)).length).toBeGreaterThan(hours.length / 2);
  expect(answer.value).toBeCloseTo(
    github.figures.find(({ title }) => title === 'Waiting for a first answer')?.found ?? 0,
    2,
  );
});

test('what only a code host shows is unknown from clones, and what both show counts once', () => {
  const { github } = demoSchema.parse(JSON.parse(other.stdout));
  const fromClones = (title: string): number | null | undefined =>
    github.figures.find((figure) => figure.title === title)?.fromClones;
  for (const title of [
    'Coding, to ready for review',
    'Waiting for a first answer',
    'Review, from there to the merge',
    'Merges that a person answered',
    'Open pull requests',
  ]) {
    expect([title, fromClones(title)]).toEqual([title, null]);
  }
  const once = github.figures.filter(({ title }) =>
    ['Repositories', 'Merges', 'People'].includes(title),
  );
  expect(once.map((figure) => figure.found)).toEqual(once.map((figure) => figure.fromClones));
  expect(once).toHaveLength(3);
});

test('it says what can be said of help by coding tools, and that the rest is unknown', () => {
  const [, part = ''] = /Is AI helping\?\n([\s\S]*?)\n\n/.exec(printed.stdout) ?? [];
  expect(part.split('\n').length).toBeLessThan(12);
  const said = part.replace(/\s+/g, ' ');
  expect(said).toContain('carry no mark: unknown, not human.');
  expect(said).toContain('Insufficient data: ');
  expect(said).toContain('associated with, never what it causes');
});

test('the classes of that view add up to the merges of the team, week by week too', () => {
  const { figures, github } = demoSchema.parse(JSON.parse(other.stdout));
  const merges = figures.find(({ title }) => title === 'Merges')?.truth;
  const { coverage } = github.impact.comparison;
  const sum = (counts: Record<string, number> | null): number =>
    Object.values(counts ?? {}).reduce((total, count) => total + count, 0);
  expect(coverage.merged).toBe(merges);
  expect(sum(coverage.classes)).toBe(merges);
  const { weeks } = github.impact.adoption;
  expect(weeks.reduce((total, week) => total + sum(week.classes), 0)).toBe(merges);
  expect(coverage.classes?.unknown).toBeGreaterThan(0);
});
