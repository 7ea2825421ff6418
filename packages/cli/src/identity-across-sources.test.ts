import type { Adjutant, PersonSummary, WorkspaceHandle } from '@adjutant/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Prompts } from './prompts.ts';
import { startFourSources } from './testing/four-sources.ts';
import { runCli, temporaryFolder } from './testing/run-cli.ts';

let cwd: string;
let adjutant: Adjutant;
let handle: WorkspaceHandle;
let ends: (() => Promise<void>)[];
let world: Awaited<ReturnType<typeof startFourSources>>;

async function start(options: { lookUpAddresses?: boolean } = {}): Promise<void> {
  ends = [];
  cwd = temporaryFolder((remove) => ends.push(async () => remove()));
  world = await startFourSources(cwd, (close) => ends.push(close), options);
  adjutant = await world.open();
  ends.push(async () => await adjutant.close());
  handle = adjutant.workspace().as(await adjutant.owner());
  const { streams } = await adjutant.sync();
  expect(streams.filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
}

beforeEach(async () => await start());
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

const run = (line: string, prompts?: Prompts) =>
  runCli(line.split(' '), {
    cwd,
    clock: world.clock,
    ...(prompts === undefined ? {} : { prompts, isTty: true }),
  });

/** Whoever has an account with that login, name or id. */
async function personOf(source: string, named: string): Promise<PersonSummary> {
  const { items } = await handle.findPeople({ limit: 200 });
  const found = items.find((person) =>
    person.accounts.some(
      (account) =>
        account.source === source &&
        [account.login, account.name, account.externalId].includes(named),
    ),
  );
  if (found === undefined) throw new Error(`${source} knows no ${named}.`);
  return found;
}

const linksOf = ({ accounts }: PersonSummary): string[] =>
  accounts.map(({ source, method }) => `${source} ${method}`).toSorted();

/** Every person as the accounts they are made of. */
async function everybody(): Promise<string[]> {
  const { items } = await handle.findPeople({ limit: 200 });
  return items
    .map(({ accounts }) =>
      accounts
        .map(({ source, externalId }) => `${source}:${externalId}`)
        .toSorted()
        .join(' '),
    )
    .toSorted();
}

describe('four sources know one company', () => {
  test('an address that vendors vouch for is one person in all of them', async () => {
    const ada = await personOf('github', 'ahill');
    expect(linksOf(ada)).toEqual(['github verified_email', 'jira verified_email']);
    expect((await personOf('jira', 'Ada Hill')).id).toBe(ada.id);
  });

  test('an address that an administrator typed joins nobody and is suggested', async () => {
    const ada = await personOf('github', 'ahill');
    const paged = await personOf('pagerduty', 'Ada Hill');
    expect(linksOf(paged)).toEqual(['pagerduty own_account']);
    const chatting = await personOf('slack', 'U0ADA');
    expect(linksOf(chatting)).toEqual(['slack own_account']);
    const suggestions = await handle.identitySuggestions();
    for (const one of [paged, chatting]) {
      const found = suggestions.find(({ fromPersonId, toPersonId }) =>
        [fromPersonId, toPersonId].includes(one.id),
      );
      expect(found).toMatchObject({ reason: 'same_email', confidence: 0.95, isAmbiguous: false });
      expect([found?.fromPersonId, found?.toPersonId]).toContain(ada.id);
    }
  });

  test('a hidden address is found by the one that another source vouches for', async () => {
    const grace = await personOf('jira', 'Park, Grace');
    expect(linksOf(grace)).toEqual(['github looked_up_email', 'jira looked_up_email']);
    expect(grace.accounts.map(({ confidence }) => confidence)).toEqual([0.9, 0.9]);
  });

  test('and is suggested by her name where Jira is not to be asked', async () => {
    for (const end of ends.toReversed()) await end();
    await start({ lookUpAddresses: false });
    expect(world.tracker.requests.filter((line) => line.endsWith('/user/search'))).toEqual([]);
    const grace = await personOf('jira', 'Park, Grace');
    expect(linksOf(grace)).toEqual(['jira own_account']);
    const { items } = await handle.identityReview.unmatched({ source: 'jira' });
    expect(items.find(({ personId }) => personId === grace.id)).toMatchObject({
      standing: 'suggested',
      suggestion: { reason: 'similar_name', confidence: 0.6 },
    });
  });

  test('whoever is matched, ambiguous or unmatched stands where they belong, programs nowhere', async () => {
    const { items, total } = await handle.identityReview.unmatched();
    const standing = Object.fromEntries(
      items.map(({ source, displayName, accounts, standing: is }) => [
        `${source} ${displayName} ${source === 'slack' ? accounts[0]?.externalId : ''}`.trim(),
        is,
      ]),
    );
    expect(standing).toEqual({
      'pagerduty Ada Hill': 'suggested',
      'slack Ada U0ADA': 'suggested',
      'slack Grace Park U0GRACE': 'suggested',
      'jira Sam Lee': 'ambiguous',
      'slack Sam Lee U0SAM1': 'ambiguous',
      'slack Sam Lee U0SAM2': 'ambiguous',
      'jira Zed Quill': 'unknown',
    });
    expect(total).toBe(7);
  });

  test('a second pass finds the same, and asks Jira for nothing again', async () => {
    const before = await everybody();
    world.tracker.requests.splice(0);
    world.clock.advance(24 * 3_600_000 + 1);
    await adjutant.sync();
    expect(await everybody()).toEqual(before);
    expect(world.tracker.requests.filter((line) => line.endsWith('/user/search'))).toEqual([]);
  });

  test('what a rule joined can be taken back and stays so, found address or not', async () => {
    const grace = await personOf('jira', 'Park, Grace');
    const account = grace.accounts.find(({ source }) => source === 'jira');
    expect(await run(`people split ${grace.id} jira:${account?.externalId}`)).toMatchObject({
      exitCode: 0,
    });
    await adjutant.sync();
    expect(linksOf(await personOf('jira', 'Park, Grace'))).toHaveLength(1);
    expect(
      (await handle.identitySuggestions()).filter(({ reason }) => reason === 'looked_up_email'),
    ).toEqual([]);
  });
});

describe('at the terminal', () => {
  test('whom one source knows alone is listed with whom they look like', async () => {
    const { stdout, exitCode } = await run('people review --unmatched');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('7 people are known by one source alone.');
    expect(stdout).toMatch(/Ada Hill \(pagerduty\): like .*\(github, jira\), 95 %/);
    expect(stdout).toMatch(/Sam Lee \(jira\): like Sam Lee \(slack\), one of several/);
    expect(stdout).toMatch(/Zed Quill \(jira\): looks like nobody/);
    const narrowed = await run('people review --unmatched --source jira --json');
    expect(z.object({ total: z.number() }).parse(JSON.parse(narrowed.stdout)).total).toBe(2);
    expect(await run('people review --source jira')).toMatchObject({ exitCode: 2 });
  });

  test('many are merged at once after a look, and each is taken back by itself', async () => {
    const before = await everybody();
    const looked = await run('people accept --above 0.5');
    expect(looked.stdout).toContain('Ada Hill (pagerduty) becomes');
    expect(looked.stdout).toContain('To merge them, add --yes.');
    expect(await everybody()).toEqual(before);
    const answer = z.object({ merged: z.array(z.object({ id: z.string() })) });
    const { merged } = answer.parse(
      JSON.parse((await run('people accept --above 0.5 --yes --json')).stdout),
    );
    expect(merged).toHaveLength(3);
    expect(await everybody()).toHaveLength(before.length - 3);
    expect((await personOf('slack', 'U0SAM1')).id).not.toBe((await personOf('slack', 'U0SAM2')).id);
    for (const { id } of merged.toReversed()) {
      expect(await run(`people undo ${id}`)).toMatchObject({ exitCode: 0 });
    }
    expect(await everybody()).toEqual(before);
    await adjutant.sync();
    expect(await everybody()).toEqual(before);
  });

  test('a person who is asked may say no', async () => {
    const before = await everybody();
    const shown: string[] = [];
    const prompts = (answer: boolean | null): Prompts => ({
      note: (text) => void shown.push(text),
      show: (text) => void shown.push(text),
      confirm: async () => answer,
      text: async () => null,
      choose: async () => null,
      chooseSeveral: async () => null,
    });
    for (const answer of [false, null]) {
      const { stdout } = await run('people accept --above 0.9', prompts(answer));
      expect(stdout).toBe('Nobody was merged.\n');
    }
    expect(shown.join('\n')).toContain('95 %: same email');
    expect(await everybody()).toEqual(before);
    const agreed = await run('people accept --above 0.9', prompts(true));
    expect(agreed.stdout).toMatch(/^3 merged\./);
    expect((await run('people accept --above 0.9')).stdout).toBe(
      'Nobody is surely one at that confidence.\n',
    );
  });

  test.each([
    ['people accept', 'proposal'],
    ['people accept team:x --above 0.9', 'proposal'],
    ['people accept --above 90', 'above'],
    ['people accept --above 0.2 --yes', 'one by one'],
  ])('%s is refused with what is wrong', async (line, expected) => {
    const { exitCode, stderr } = await run(line);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(expected);
  });
});

test('an assistant may not merge anybody', async () => {
  const assistant = adjutant
    .workspace()
    .as({ kind: 'agent', name: 'helper', sponsorPersonId: 'nobody' });
  await expect(assistant.identityReview.merge({ above: 0.9, shown: [] })).rejects.toMatchObject({
    code: 'Permission',
  });
});
