import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import type { Prompts } from '../prompts.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const removals: (() => void)[] = [];
let cwd: string;

/** A store in which a job, the events of a proposal and a note have gone all their ways. */
beforeEach(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  onTestFinished(() => removals.splice(0).forEach((remove) => remove()));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  const clock = createFakeClock(Date.UTC(2026, 8, 1, 12));
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    clock,
    eventBus: {
      publish: async () => {
        throw new Error('no broker \u001b[31mthere');
      },
    },
  });
  adjutant.jobs.handle('example.tidy', async () => {
    throw new Error('the disk is full');
  });
  const schedule = {
    workspaceId: 'default',
    name: 'tidy',
    kind: 'example.tidy',
    cron: '0 13 * * *',
  };
  await adjutant.jobs.schedule(schedule);
  const handle = adjutant.workspace().as(await adjutant.owner());
  await handle.actions.propose({
    type: 'note.draft',
    payload: { title: 'Before Monday', body: 'Ask about reviews.\nThen \u202elisten.' },
    idempotencyKey: 'note',
  });
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  await vi.waitFor(
    async () => {
      clock.advance(60_000);
      const jobs = await adjutant.jobs.dead('default');
      const events = await adjutant.outbox.dead('default');
      const notes = await handle.noteDrafts();
      if (jobs.length < 1 || events.length < 2 || notes.length < 1) throw new Error('not yet');
    },
    { timeout: 60_000, interval: 5 },
  );
  ended.abort();
  await working;
  await adjutant.close();
}, 60_000);

const run = (line: string, prompts?: Prompts) =>
  runCli(line.split(' '), { cwd, ...(prompts === undefined ? {} : { prompts, isTty: true }) });

const deadSchema = z.object({ dead: z.array(z.object({ id: z.string() })) });
const deadOf = async (command: string) =>
  deadSchema.parse(JSON.parse((await run(`${command} --json`)).stdout)).dead;

function answering(answer: boolean): Prompts & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    note: () => undefined,
    show: () => undefined,
    confirm: async ({ message }) => {
      asked.push(message);
      return answer;
    },
    text: async () => null,
    choose: async () => null,
    chooseSeveral: async () => null,
  };
}

test('a job that was given up is listed with its reason and put back once', async () => {
  const { stdout } = await run('jobs');
  expect(stdout).toContain('the disk is full');
  expect(stdout).toContain('adjutant jobs redrive <id>');
  expect(stdout).toMatch(/tidy +0 13 \* \* \* UTC/);
  const [dead] = await deadOf('jobs');
  expect(await run(`jobs redrive ${dead?.id}`)).toMatchObject({ exitCode: 0 });
  expect(await deadOf('jobs')).toEqual([]);
  expect((await run('jobs')).stdout).toContain('No job was given up.');
  const again = await run(`jobs redrive ${dead?.id}`);
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toContain('No dead job has this id.');
  expect((await run('audit list --event job.redriven')).stdout).toContain('person:');
});

test('events that nobody took are listed, and delivered again one by one or all', async () => {
  const { stdout } = await run('outbox');
  expect(stdout).toContain('action.proposed');
  expect(stdout).not.toContain('\u001b');
  const [first, ...others] = await deadOf('outbox');
  const one = await run(`outbox replay ${first?.id} --json`);
  expect(JSON.parse(one.stdout)).toEqual({ replayed: [first?.id] });
  expect(await deadOf('outbox')).toHaveLength(others.length);
  expect((await run('outbox replay')).stdout).toContain(`Put back: ${others.length} event`);
  expect((await run('outbox replay')).stdout).toBe('No event was given up.\n');
  expect(await run('outbox replay nothing')).toMatchObject({ exitCode: 2 });
});

test('private drafts are read, and cannot act in the terminal', async () => {
  const { stdout } = await run('notes');
  expect(stdout).toContain('Before Monday');
  expect(stdout).toContain('\n  Ask about reviews.\n');
  expect(stdout).not.toContain('\u202e');
  const json = z
    .object({ notes: z.array(z.object({ title: z.string(), body: z.string() })) })
    .parse(JSON.parse((await run('notes --json')).stdout));
  expect(json.notes).toMatchObject([{ title: 'Before Monday' }]);
  expect(await run('notes list --limit 500')).toMatchObject({ exitCode: 2 });
});

test('personal data is erased after a question, and the ledger still verifies', async () => {
  await run('actions stop --reason too-loud');
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse((await run('audit list --event action.stopped --json')).stdout));
  const id = items[0]?.id;
  expect((await run(`audit show ${id}`)).stdout).toContain('too-loud');

  const unasked = await run(`audit erase --entry ${id}`);
  expect(unasked.exitCode).toBe(2);
  expect(unasked.stderr).toContain('Add --yes.');
  const refusing = answering(false);
  expect((await run(`audit erase --entry ${id}`, refusing)).stdout).toBe('Nothing was erased.\n');
  expect(refusing.asked).toHaveLength(1);
  expect((await run(`audit show ${id}`)).stdout).toContain('too-loud');

  const done = await run(`audit erase --entry ${id}`, answering(true));
  expect(done.stdout).toContain('Erased from 1 entry');
  const shown = (await run(`audit show ${id}`)).stdout;
  expect(shown).not.toContain('too-loud');
  expect(shown).toContain('(erased)');
  expect(await run('audit verify')).toMatchObject({ exitCode: 0 });
  expect((await run('audit list --event audit.personal_data_erased')).stdout).toContain('person:');
  expect(await run(`audit erase --entry ${id} --yes`)).toMatchObject({ exitCode: 2 });
});

test('an erasure names one thing', async () => {
  for (const line of ['audit erase --yes', 'audit erase --entry a --person b --yes']) {
    const { exitCode, stderr } = await run(line);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('name either --entry or --person');
  }
  const nobody = await run('audit erase --person nobody-here --yes');
  expect(nobody.stderr).toContain('Nobody here is "nobody-here"');
});

test('weekly values are computed again, and say how many differ', async () => {
  const { stdout, exitCode } = await run('rollups rebuild');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('weekly values of');
  const again = await run('rollups rebuild --json');
  expect(JSON.parse(again.stdout)).toMatchObject({ changed: 0 });
});

test('what webhooks told of is read again on request, and nothing came in here', async () => {
  const { exitCode, stdout } = await run('webhooks replay --since 2h --json');
  expect([exitCode, JSON.parse(stdout)]).toEqual([0, { deliveries: 0, hints: 0 }]);
  expect(await run('webhooks replay --since soon')).toMatchObject({ exitCode: 2 });
});
