import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ErasingDeps, erasePerson } from '../erasure/erase-person.ts';
import { personStandIn } from '../erasure/eraser.ts';
import { makeMarks } from '../erasure/known-by.ts';
import { runStatement } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import { type ActionBench, benchWorkspaceId, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { appendAuditEntry } from './append-audit-entry.ts';
import { erasureBegunEvent } from './check-erasure-marks.ts';
import type { LedgerReport } from './ledger-report.ts';
import { verifyLedger } from './verify-ledger.ts';

const workspaceId = benchWorkspaceId;
const name = 'Quilla Zyxwander';
const personId = 'quilla';
let folder: string;
let bench: ActionBench;
let actionId: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-erased-words-'));
  const target = createTestTarget();
  bench = await openActionBench({
    definitions: [createTestAction({ target })],
    url: join(folder, 'store.db'),
  });
  await bench.addPerson(personId);
  await write(sql`update people set display_name = ${name} where id = ${personId}`);
  actionId = await carryOut('first', `pay 10 to ${name}`);
});
afterEach(async () => {
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sealed as Adjutant's own writes are: by whoever knows how seals are made. */
function write(...statements: ReturnType<typeof sql>[]): Promise<void> {
  return bench.store.transaction(async (transaction) => {
    for (const statement of statements) await runStatement(transaction, statement);
  });
}

async function carryOut(key: string, text: string): Promise<string> {
  const agent = bench.agent();
  const payload = { text };
  const { id } = await agent.propose({
    ...{ type: 'test.write', payload, idempotencyKey: key, rationale: 'because' },
  });
  await bench.settle();
  expect((await agent.get(id)).status).toBe('executed');
  return id;
}

const editWords = (from: string, to: string, id = actionId) =>
  write(
    sql`drop trigger if exists action_revisions_payload_fixed`,
    sql`update action_revisions set payload = replace(payload, ${from}, ${to}),
      preview = replace(preview, ${from}, ${to}) where action_id = ${id}`,
  );

/** Without what is said of triggers, and of proofs and policies of which this engine has none. */
async function found(): Promise<Pick<LedgerReport, 'unknownWords'> & { messages: string[] }> {
  const { findings, unknownWords } = await verifyLedger(bench.store, workspaceId);
  const about = findings.filter(({ message }) => /words|mark of/.test(message));
  return { messages: about.map(({ code, message }) => `${code}: ${message}`), unknownWords };
}

async function erase(): Promise<void> {
  const deps: ErasingDeps = {
    store: bench.store,
    workspaceId,
    clock: bench.clock,
    days: {} as ErasingDeps['days'],
    sink: null,
    withoutArchive: true,
    actor: 'person:admin',
    indexAll: async () => undefined,
  };
  await erasePerson(deps, { kind: 'person', personId: 'admin', role: 'admin' }, personId);
}

/** As an erasure did that told of its beginning and its end, and not of what it left. */
async function eraseAsBefore(): Promise<string> {
  return bench.store.transaction(async (transaction) => {
    const at = bench.clock.now();
    const known = { accounts: [], names: [name] };
    const marks = await makeMarks(transaction, workspaceId, personId, known, at);
    await transaction.insert(tables.erasureMarks).values(marks);
    const tell = { workspaceId, at, actor: 'person:admin', subject: personId };
    const detail = { marks: marks.length };
    await appendAuditEntry(transaction, { ...tell, event: erasureBegunEvent, detail });
    const standIn = personStandIn(marks[0]?.salt ?? '', personId);
    await runStatement(transaction, sql`update actions set target_ref = target_ref || ${standIn}`);
    return standIn;
  });
}

it('an erasure leaves words that verify, with their hashes in the ledger', async () => {
  await erase();
  const payload = (await bench.agent().get(actionId)).payload;
  expect(JSON.stringify(payload)).toMatch(/pay 10 to erased-[0-9a-f]{10}/);
  expect(await found()).toEqual({ messages: [], unknownWords: 0 });
});

it('an edit of erased words is found where what stands in the name’s place is kept', async () => {
  await erase();
  await editWords('pay 10', 'pay 99999');
  const { messages } = await found();
  expect(messages).toEqual([
    expect.stringMatching(/^row_differs: .* not those that the erasure of a person left/),
  ]);
});

it('so is an edit of the target of an erased action, and a stand-in in words that nobody erased', async () => {
  const other = await carryOut('second', 'pay 20 to the supplier');
  await erase();
  const [mark] = await bench.store.read.select().from(tables.erasureMarks);
  await editWords('the supplier', mark?.standIn ?? '', other);
  expect((await found()).messages).toHaveLength(1);
  await editWords(mark?.standIn ?? '', 'the supplier', other);
  await write(sql`update actions set target_ref = target_ref || 'x' where id = ${actionId}`);
  expect((await found()).messages).toHaveLength(1);
});

it('a mark that was planted is a finding and lets no edited words pass', async () => {
  const mark = { workspaceId, kind: 'value' as const, digest: 'd', wordCount: 1, salt: 's' };
  const plant = (person: string, standIn: string) =>
    bench.store.transaction((transaction) =>
      transaction
        .insert(tables.erasureMarks)
        .values({ ...mark, personId: person, standIn, erasedAt: 1 }),
    );
  await editWords('pay 10', 'pay 99999');
  await plant('ghost', 'a');
  expect((await found()).messages).toEqual([
    expect.stringMatching(/^row_without_entry: A mark of/),
    expect.stringMatching(/^row_differs: Revision/),
  ]);
  await write(sql`delete from erasure_marks`);
  await eraseAsBefore();
  await plant(personId, 'a');
  expect((await found()).messages).toContainEqual(expect.stringMatching(/^row_differs: A mark of/));
});

it('an erasure by an earlier version verifies, and how many words it left untold is said', async () => {
  const standIn = await eraseAsBefore();
  expect(await found()).toEqual({ messages: [], unknownWords: 1 });
  // What was prepared after it was never changed by it.
  const later = await carryOut('third', 'pay 30 to the supplier');
  await write(sql`update actions set target_ref = ${standIn} where id = ${later}`);
  expect(await found()).toMatchObject({ messages: [expect.any(String)], unknownWords: 1 });
  await editWords('pay 10', 'pay 99999');
  expect(await found()).toMatchObject({ messages: { length: 2 }, unknownWords: 0 });
});

it('an erasure that is to tell of words excuses none of which it does not', async () => {
  await erase();
  const [mark] = await bench.store.read.select().from(tables.erasureMarks);
  const later = await carryOut('third', 'pay 30 to the supplier');
  await write(sql`update actions set target_ref = ${mark?.standIn} where id = ${later}`);
  expect(await found()).toMatchObject({ messages: [expect.any(String)], unknownWords: 0 });
});
