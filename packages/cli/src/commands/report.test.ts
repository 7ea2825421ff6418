import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { answering } from '../testing/answering.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const canary = 'zebra-umbrella-canary';
let cwd: string;
let clock: FakeClock;

beforeEach(() => {
  cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  clock = createFakeClock(Date.UTC(2026, 8, 14, 15));
});

const run = (...argv: string[]) => runCli(argv, { cwd, clock });
const addedSchema = z.object({ id: z.string(), revision: z.number(), visibility: z.string() });
const add = async (...argv: string[]) =>
  addedSchema.parse(JSON.parse((await run('report', 'add', ...argv, '--json')).stdout));

describe('adjutant report', () => {
  test('keeps what was done, privately, and says what is known of the day', async () => {
    const { stdout, exitCode } = await run(
      ...['report', 'add', 'Built the widget', '--next', 'Ship it', '--blockers', 'Access'],
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Kept your report of 2026-09-14, revision 1; only you can read it.');
    expect(stdout).toContain('No account is mapped to this person');
    const shown = await run('report', 'show');
    expect(shown.stdout).toMatch(/Did: +Built the widget/);
    expect(shown.stdout).toMatch(/Blockers: +Access/);
    expect(shown.stdout).toContain('Revision 1, by cli');
  });

  test('makes a revision of the same day, and edits one text alone', async () => {
    const { id } = await add('One', '--blockers', 'Two');
    expect(await add('Three', '--blockers', 'Two')).toMatchObject({ id, revision: 2 });
    const edited = await run('report', 'edit', '--blockers', '');
    expect(edited.stdout).toContain('This is revision 3.');
    expect(edited.stdout).toContain('Three');
    expect(edited.stdout).not.toContain('Two');
    expect((await run('report', 'show')).stdout).toContain('2 earlier revisions kept.');
    expect((await run('report', 'edit')).exitCode).toBe(2);
  });

  test('lists, finds, shares, and takes back', async () => {
    const { id } = await add('Chased the flaky deploy', '--day', '2026-09-11');
    await add('Slept well', '--share');
    const listed = await run('report');
    expect(listed.stdout.indexOf('2026-09-14')).toBeLessThan(listed.stdout.indexOf('2026-09-11'));
    expect((await run('report', 'search', 'flaky', 'deploy')).stdout).toContain(id);
    expect((await run('report', 'list', '--to', '2026-09-12', '--json')).stdout).toContain(
      '"total": 1',
    );
    expect((await run('report', 'share', '2026-09-11')).stdout).toContain('Your team can read');
    expect((await run('report', 'show', id)).stdout).toContain('shared');
    expect((await run('report', 'share', id, '--off')).stdout).toContain('Only you can read');
  });

  test('tells a team what was shared, in each form', async () => {
    await add('Built it', '--share', '--blockers', 'No access');
    await add(canary, '--day', '2026-09-13');
    const markdown = await run('report', 'digest', '--from', '2026-09-13', '--to', '2026-09-14');
    expect(markdown.stdout).toContain('### In the way');
    expect(markdown.stdout).toContain('No access');
    expect(markdown.stdout).not.toContain(canary);
    const slack: unknown = JSON.parse((await run('report', 'digest', '--format', 'slack')).stdout);
    expect(slack).toMatchObject({
      blocks: [{ type: 'header' }, { type: 'context' }, {}, {}, {}, {}],
    });
    const json: unknown = JSON.parse((await run('report', 'digest', '--json')).stdout);
    expect(json).toMatchObject({ sharing: 1, blockers: [{ lines: ['No access'] }] });
  });

  test('deletes only after a yes, and then for good', async () => {
    const { id } = await add(canary);
    expect((await run('report', 'delete', id)).exitCode).toBe(2);
    const asked = await runCli(['report', 'delete', id], {
      cwd,
      clock,
      prompts: answering({ 'for good': false }),
    });
    expect(asked.stdout).toContain('Nothing was deleted.');
    expect((await run('report', 'delete', id, '--yes')).stdout).toContain('is gone');
    expect((await run('report', 'show', id)).exitCode).not.toBe(0);
    expect((await run('export')).stdout).not.toContain(canary);
  });

  test('keeps reminders and hours for oneself, and shows one’s load', async () => {
    expect((await run('report', 'remind')).stdout).toContain('You are not reminded');
    expect((await run('report', 'remind', '--at', '16:30')).stdout).toContain('at 16:30');
    expect((await run('report', 'remind', '--off')).stdout).toContain('You are not reminded');
    expect((await run('report', 'hours', '--from', '09:00')).exitCode).toBe(2);
    const hours = await run('report', 'hours', '--from', '09:00', '--to', '17:00');
    expect(hours.stdout).toContain('Only you can read this.');
    expect((await run('report', 'load')).stdout).toContain('Reviews asked of you: 0');
    const team = await run('report', 'load', '--team');
    expect(team.stdout).toContain('unknown');
    expect((await run('report', 'load', '--team', 'nobody')).exitCode).not.toBe(0);
  });

  test.each([
    [['report', 'add'], 'A report says something.'],
    [['report', 'add', 'x', '--day', 'monday'], 'write a day'],
    [['report', 'add', 'x', '--day', '2026-09-15'], 'still to come'],
    [['report', 'list', '--limit', '0'], 'write a whole number'],
    [['report', 'digest', '--format', 'html'], 'write markdown or slack'],
    [['report', 'remind', '--at', 'noon'], 'write a time'],
  ])('refuses %j', async (argv, message) => {
    const { exitCode, stderr } = await run(...argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('shows nothing that could act in a terminal', async () => {
    await add('Tidied \u202eup\u200b', '--share');
    for (const command of [['show'], ['list'], ['digest'], ['search', 'tidied']]) {
      expect((await run('report', ...command)).stdout).not.toMatch(/[\u202e\u200b]/);
    }
  });
});
