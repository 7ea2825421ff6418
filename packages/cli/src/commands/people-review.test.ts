import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import {
  buildAccountGroup,
  buildAccountGroupMember,
  buildRepositoryOwner,
  createRowsConnector,
} from '@adjutant/core/testing';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Prompts } from '../prompts.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const source = 'forge';
const removals: (() => void)[] = [];
afterAll(() => removals.forEach((remove) => remove()));

let cwd: string;
beforeEach(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  const repository = { source, externalId: '77', name: 'widgets', fullName: null, url: null };
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    connectors: [
      createRowsConnector({
        id: source,
        records: () => ({
          organization: {
            repositories: [{ ...repository, defaultBranch: null, mergeStyle: null }],
            accounts: [
              {
                source,
                externalId: '1',
                login: 'ada',
                name: 'Ada \u001b[31mred',
                email: null,
                emailVerified: false,
                vendorId: null,
                kind: 'human',
                isBot: false,
              },
            ],
            accountGroups: [buildAccountGroup({ source, externalId: '20' })],
            accountGroupMembers: [
              buildAccountGroupMember({ source, groupExternalId: '20', accountExternalId: '1' }),
            ],
            repositoryOwners: [buildRepositoryOwner({ source, repositoryExternalId: '77' })],
          },
        }),
      }),
    ],
  });
  await adjutant.sync();
  await adjutant.close();
});

const run = (line: string, prompts?: Prompts) =>
  runCli(line.split(' '), { cwd, ...(prompts === undefined ? {} : { prompts, isTty: true }) });

/** Answers each question with what its text asks for, and keeps what was said. */
function answering(answers: Record<string, string>): Prompts & { said: string[] } {
  const said: string[] = [];
  return {
    said,
    note: (text) => said.push(text),
    show: (text) => said.push(text),
    confirm: async () => null,
    text: async () => null,
    chooseSeveral: async () => null,
    async choose({ message, choices }) {
      said.push(message);
      const [, answer] = Object.entries(answers).find(([part]) => message.includes(part)) ?? [];
      return choices.find(({ value }) => value === answer)?.value ?? null;
    },
  };
}

test('proposals are listed with the command that accepts each', async () => {
  const { stdout, exitCode } = await run('people review');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Make acme/platform a team, with 1 person?');
  expect(stdout).toContain('adjutant people accept team:forge:20');
  expect(stdout).not.toContain('\u001b');
  const { proposals } = z
    .object({ proposals: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse((await run('people review --json')).stdout));
  expect(proposals.map(({ id }) => id)).toEqual(['team:forge:20']);
});

test('doctor says that something waits', async () => {
  expect((await run('doctor')).stdout).toContain(
    '1 proposal about teams, members and owners waits',
  );
});

test('at a terminal each is asked, and an accepted team is asked about what it owns', async () => {
  const prompts = answering({ 'Make acme/platform': 'accept', 'ownership file': 'dismiss' });
  const { stdout } = await run('people review', prompts);
  expect(stdout).toContain('0 merged, 1 accepted, 1 dismissed.');
  expect(prompts.said.filter((text) => text.endsWith('own it?'))).toHaveLength(1);
  expect((await run('people review')).stdout).toBe('No two people look like one.\n');
});

test('stopping leaves the rest open', async () => {
  expect((await run('people review', answering({}))).stdout).toContain('0 accepted');
  expect((await run('people review')).stdout).toContain('team:forge:20');
});

test('accept, dismiss and undo work without a terminal', async () => {
  const accepted = await run('people accept team:forge:20 --json');
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(accepted.stdout));
  expect((await run('people accept team:forge:20')).exitCode).toBe(2);
  expect(await run(`people undo ${id}`)).toMatchObject({ exitCode: 0, stdout: 'Taken back.\n' });
  const dismissed = (await run('people dismiss team:forge:20')).stdout;
  expect(dismissed).toMatch(/^Dismissed\. To take it back: adjutant people undo \S+\n$/);
  expect((await run('people review')).stdout).not.toContain('team:forge:20');
});
