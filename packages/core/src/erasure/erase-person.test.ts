import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Adjutant } from '../adjutant.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { Account } from '../domain.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import { defineConnector, defineStream } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  buildChatThread,
  buildCommit,
  buildPullRequest,
  buildPullRequestEvent,
  buildWorkItem,
} from '../testing/row-builders.ts';

const start = Date.UTC(2026, 2, 2, 9);
const dayMs = 86_400_000;

/** What Quilla is known by: nothing of it may be found anywhere afterwards. */
const name = 'Quilla Zyxwander';
const login = 'quillazyx';
const email = 'quilla.z@zyxmail.example';
const gitEmail = 'qz@zyxgit.example';
const chatName = 'quilla_in_chat';
const said = 'xylophonequartz';
const canaries = ['quilla', 'zyxwander', login, email, gitEmail, chatName, said];

const recordSchema = z.object({
  kind: z.string(),
  user: z
    .object({ id: z.number(), login: z.string(), name: z.string(), email: z.email() })
    .nullable(),
  text: z.string(),
});
type Payload = z.infer<typeof recordSchema>;

const user = { id: 9001, login, name, email };
const other = { id: 9002, login: 'benbuilder', name: 'Ben Builder', email: 'ben@builder.example' };

const buildAccount = (fields: Partial<Account>): Account => ({
  source: 'vendor',
  externalId: '',
  login: null,
  name: null,
  email: null,
  emailVerified: false,
  vendorId: null,
  timeZone: null,
  kind: 'human',
  isBot: false,
  ...fields,
});

/** What the vendor says, over and over: of one person in every place that a source has. */
const records: readonly { externalId: string; payload: Payload }[] = [
  { externalId: 'repo', payload: { kind: 'repository', user: null, text: 'payments' } },
  { externalId: 'u1', payload: { kind: 'account', user, text: '' } },
  { externalId: 'u2', payload: { kind: 'account', user: other, text: '' } },
  {
    externalId: 'pr1',
    payload: { kind: 'pull', user, text: `Take ${name}'s advice, thanks @${login}` },
  },
  { externalId: 'rv1', payload: { kind: 'review', user, text: '' } },
  {
    externalId: 'c1',
    payload: { kind: 'commit', user, text: `Signed-off-by: ${name} <${gitEmail}>` },
  },
  { externalId: 'w1', payload: { kind: 'item', user, text: `Ask ${name.toUpperCase()} about it` } },
  { externalId: 't1', payload: { kind: 'thread', user, text: chatName } },
  { externalId: 'pr2', payload: { kind: 'pull', user: other, text: `Merge ${login}/fix-of-mine` } },
];

function rowsOf({ kind, user: by, text }: Payload): DomainRows {
  const source = 'vendor';
  const id = by === null ? null : String(by.id);
  const repositoryExternalId = 'repo';
  switch (kind) {
    case 'repository':
      return {
        repositories: [
          {
            source,
            externalId: 'repo',
            name: text,
            fullName: null,
            url: null,
            defaultBranch: 'main',
            mergeStyle: null,
          },
        ],
      };
    case 'account':
      return {
        accounts: [
          buildAccount({
            source,
            externalId: id ?? '',
            login: by?.login ?? null,
            name: by?.name ?? null,
            email: by?.email ?? null,
            emailVerified: true,
          }),
        ],
      };
    case 'pull':
      return {
        pullRequests: [
          buildPullRequest({
            source,
            externalId: `by-${id}`,
            repositoryExternalId,
            title: text,
            headRef: `${by?.login}/branch`,
            authorAccountExternalId: id,
          }),
        ],
      };
    case 'review':
      return {
        pullRequestEvents: [
          buildPullRequestEvent({
            source,
            externalId: 'rv1',
            pullRequestExternalId: 'by-9001',
            kind: 'review',
            actorAccountExternalId: id,
          }),
        ],
      };
    case 'commit': {
      const address = /<([^>]+)>/.exec(text)?.[1] ?? 'nobody@example.com';
      return {
        accounts: [
          buildAccount({
            source,
            externalId: address,
            login: null,
            name: by?.name ?? null,
            email: address,
          }),
        ],
        commits: [
          buildCommit({
            source,
            repositoryExternalId,
            sha: 'c1',
            subject: text,
            authorAccountExternalId: address,
            committerAccountExternalId: address,
          }),
        ],
      };
    }
    case 'item':
      return {
        workItems: [
          buildWorkItem({ source, externalId: 'w1', title: text, assigneeAccountExternalId: id }),
        ],
      };
    default:
      return {
        accounts: [
          buildAccount({
            source: 'chat',
            externalId: 'U777',
            login: text,
            name: by?.name ?? null,
            email: null,
          }),
        ],
        chatThreads: [
          buildChatThread({ source, externalId: 't1', authorAccountExternalId: 'U777' }),
        ],
      };
  }
}

const vendor = defineConnector<Record<string, never>>({
  id: 'vendor',
  title: 'Vendor',
  experimental: false,
  configSchema: z.object({}),
  hosts: () => [],
  check: async () => ({ identity: null, items: [] }),
  async *discover() {
    yield { externalId: 'all', name: 'all', detail: {} };
  },
  webhooks: {
    largestBodyBytes: 10_000,
    keptHeaders: [],
    verify: async () => ({ isGenuine: true, deliveryId: 'd1', event: 'push', signature: 's' }),
    hints: () => [{ scopeExternalId: null, stream: 'things' }],
  },
  streams: [
    defineStream<Record<string, never>, Payload>({
      id: 'things',
      title: 'Things',
      payloadSchema: recordSchema,
      async *read() {
        yield { records: [...records], tombstones: [], state: {}, complete: true, gaps: [] };
      },
      map: rowsOf,
    }),
  ],
})({});

/** Says in which tables of the store, and in which files beside it, one of the canaries stands. */
async function foundIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const look = (place: string, content: string): void => {
    const text = content.toLowerCase();
    for (const canary of canaries) if (text.includes(canary)) found.push(`${place}: ${canary}`);
  };
  const store = await openStore(join(folder, 'store.db'));
  const tables = await queryTuples<[string]>(
    store.read,
    sql`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
  );
  for (const [table] of tables) {
    const rows = await queryTuples(store.read, sql`select * from ${sql.raw(`"${table}"`)}`);
    look(
      table,
      JSON.stringify(rows, (_, value: unknown) =>
        value instanceof ArrayBuffer ? Buffer.from(value).toString('latin1') : value,
      ),
    );
  }
  await store.close();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    look(entry.name, bytes.toString('latin1'));
    look(entry.name, bytes.toString('utf8'));
    if (entry.name.endsWith('.gz')) look(entry.name, gunzipSync(bytes).toString('utf8'));
  }
  return [...new Set(found)];
}

async function plantedWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-erased-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = createFakeClock(start);
  const store = join(folder, 'store.db');
  const open = (): Promise<Adjutant> =>
    createAdjutant({ store, clock, connectors: [vendor], retention: { raw_events: 30 } });
  const adjutant = await open();
  await adjutant.webhooks().receive('vendor', {
    headers: {},
    body: new TextEncoder().encode(JSON.stringify({ by: name, mail: email, sender: { login } })),
  });
  expect((await adjutant.sync()).streams).toMatchObject([{ outcome: 'complete' }]);
  const handle = adjutant.workspace().as(await adjutant.owner());
  const { items } = await handle.findPeople({ limit: 100 });
  const quilla = items.filter(({ displayName }) =>
    [name, gitEmail, chatName].includes(displayName),
  );
  const [first, ...rest] = quilla;
  const personId = first?.id ?? '';
  for (const { id } of rest) await handle.mergePeople(id, personId);
  const her = adjutant.workspace().as({ kind: 'person', personId, role: 'member' });
  await her.reports.submit({ did: `${said} long ago`, visibility: 'team' });
  const ben = items.find(({ displayName }) => displayName === 'Ben Builder');
  const his = adjutant.workspace().as({ kind: 'person', personId: ben?.id ?? '', role: 'member' });
  await his.reports.submit({ did: `paired with ${name} on it`, visibility: 'team' });
  // Both of these are in an archive by now, as is the delivery.
  clock.advance(400 * dayMs);
  const data = adjutant.data(await adjutant.owner());
  await data.purge();
  await her.reports.submit({ did: `${said} today`, next: name });
  await her.reports.submit({ did: `${said} today, said anew` });
  await his.reports.submit({ did: `${login} helped`, visibility: 'team' });
  const direct = await openStore(store);
  await direct.transaction((transaction) =>
    appendAuditEntry(transaction, {
      workspaceId: 'default',
      at: clock.now(),
      actor: `person:${ben?.id}`,
      event: 'test.noted',
      personal: { note: `talked to ${name}` },
    }),
  );
  await direct.close();
  return { folder, clock, adjutant, open, data, personId, his };
}

test('an erased person is found nowhere, the ledger verifies, and no sync brings them back', async () => {
  const { folder, adjutant, open, data, personId } = await plantedWorld();
  const planted = (await foundIn(folder)).join('\n');
  // A canary that was never there would prove nothing.
  for (const place of [
    'people:',
    'accounts:',
    'pull_requests:',
    'commits:',
    'work_items:',
    'chat_threads',
    'raw_records:',
    'progress_reports:',
    'progress_report_revisions:',
    'audit_personal_data:',
    'search_entries:',
    'progress_reports.jsonl.gz',
    'raw_records.jsonl.gz',
    'store.db',
  ]) {
    if (place !== 'chat_threads') expect(planted).toContain(place);
  }
  const counted = await countsOf(adjutant);

  const erasure = await data.erasePerson(personId);
  expect(erasure.remaining).toEqual({ ledger: 0, rights: 0, decisions: 0, openActions: 0 });
  expect(erasure.rowsRewritten).toBeGreaterThan(5);
  expect(erasure.archivesRewritten).toBe(2);
  expect(await foundIn(folder)).toEqual([]);

  const handle = adjutant.workspace().as(await adjutant.owner());
  expect(await handle.audit.verify()).toMatchObject({ ok: true });
  expect(await data.archives.verify()).toMatchObject({ isIntact: true });
  expect(await countsOf(adjutant)).toEqual(counted);
  const { items } = await handle.findPeople({ limit: 100 });
  expect(items.find(({ id }) => id === personId)?.displayName).toBe('Erased person');
  expect(items.map(({ displayName }) => displayName)).toContain('Ben Builder');

  // The vendor says what it always said.
  const again = await adjutant.sync();
  expect(again.rowsChanged).toBe(0);
  expect((await adjutant.renormalise()).rowsChanged).toBe(0);
  await adjutant.webhooks().receive('vendor', {
    headers: {},
    body: new TextEncoder().encode(
      JSON.stringify({ by: name, sender: { id: 9001, login: 'new-login' } }),
    ),
  });
  await adjutant.close();
  expect(await foundIn(folder)).toEqual([]);

  // Nor do archives: what others said of that time comes back without the name.
  const later = await open();
  onTestFinished(() => later.close());
  const care = later.data(await later.owner());
  const archives = (await care.archives.list()).filter(({ state }) => state === 'stands');
  for (const { archiveId } of archives) await care.archives.restore(archiveId);
  await later.sync({ mode: 'backfill' });
  expect(await foundIn(folder)).toEqual([]);
  expect(
    await later
      .workspace()
      .as(await later.owner())
      .audit.verify(),
  ).toMatchObject({ ok: true });
});

async function countsOf(adjutant: Adjutant): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const gone = new Set([
    'progress_reports',
    'progress_report_revisions',
    'audit_entries',
    'audit_seals',
    'audit_personal_data',
    'erasure_marks',
  ]);
  for await (const line of adjutant.exportWorkspace()) {
    const table = /^\["([^"]+)"/.exec(line)?.[1] ?? 'header';
    if (!gone.has(table)) counts[table] = (counts[table] ?? 0) + 1;
  }
  return counts;
}

test('what a crash cut off, a second call finishes', async () => {
  const { folder, adjutant, data, personId } = await plantedWorld();
  const first = await data.erasePerson(personId);
  const second = await data.erasePerson(personId);
  expect(first.archivesRewritten).toBe(2);
  expect(second).toMatchObject({ rowsDeleted: 0, archivesRewritten: 0 });
  await adjutant.close();
  expect(await foundIn(folder)).toEqual([]);
});

test('nobody is erased who may still decide, oneself least of all', async () => {
  const { adjutant, data, personId } = await plantedWorld();
  const owner = await adjutant.owner();
  onTestFinished(() => adjutant.close());
  await expect(data.erasePerson('nobody')).rejects.toMatchObject({ code: 'NotFound' });
  if (owner.kind !== 'person') throw new TypeError('the owner is a person');
  await expect(data.erasePerson(owner.personId)).rejects.toMatchObject({ code: 'Conflict' });
  const approvers = adjutant.approvers();
  const grant = await approvers.grant(owner, {
    accountSource: 'adjutant',
    accountExternalId: personId,
    scope: '*',
    escalationLevel: 0,
  });
  await expect(data.erasePerson(personId)).rejects.toMatchObject({ code: 'Conflict' });
  await approvers.revoke(owner, grant.id);
  await expect(data.erasePerson(personId)).resolves.toMatchObject({ personId });
});
