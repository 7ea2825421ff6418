import { assert, asyncProperty, constantFrom, integer, nat } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryHash, genesisHash } from './entry-hash.ts';
import type { LedgerFinding } from './finding.ts';
import type { ReadRow } from './read-chain.ts';
import {
  at,
  type LedgerWorld,
  openLedgerWorld,
  writeDecidedAction,
} from './testing/ledger-world.ts';

let world: LedgerWorld;
beforeEach(async () => {
  world = await openLedgerWorld();
});
afterEach(() => world.end());

async function found(...checkpoints: string[]): Promise<LedgerFinding[]> {
  const report = await world.audit.verify({ checkpoints });
  expect(report.ok).toBe(report.findings.length === 0);
  return report.findings;
}

const named = (findings: readonly LedgerFinding[]) =>
  findings.map(({ code, seq }) => ({ code, seq }));

const entryIdOf = (seq: number): string =>
  world.query<{ id: string }>(`select id from audit_entries where seq = ${seq}`)[0]?.id ?? '';

/** Writes every hash anew, as somebody who has read this code would. */
function rechain(): void {
  const rows = world.query<ReadRow>(
    `select id, workspace_id as workspaceId, at, actor, event, subject, detail, trace_id as traceId,
      outcome, personal_digests as personalDigests, seq from audit_entries order by seq`,
  );
  let previous = genesisHash;
  const statements = rows.map((row) => {
    const hash = entryHash(previous, row);
    const text = `update audit_entries set previous_hash = '${previous}', hash = '${hash}' where id = '${row.id}'`;
    previous = hash;
    return text;
  });
  world.attack(...statements, `update audit_heads set seq = ${rows.length}, hash = '${previous}'`);
}

async function checkpoint(): Promise<string> {
  const { fileSigningKey } = await import('./file-signing-key.ts');
  const { text } = await world.audit.checkpoint({
    signingKey: fileSigningKey(`${world.folder}/key.pem`),
    to: async () => undefined,
  });
  return text;
}

describe('a chain of its own', () => {
  beforeEach(() => world.append(8, { reason: 'why' }));

  it('verifies, with what was looked at', async () => {
    expect(await world.audit.verify()).toMatchObject({
      ok: true,
      entries: 8,
      unchained: 0,
      head: { seq: 8 },
      provenUpTo: null,
      findings: [],
      findingCount: 0,
    });
  });

  it('verifies while it is empty', async () => {
    const empty = await openLedgerWorld();
    expect(await empty.audit.verify()).toMatchObject({ ok: true, entries: 0, head: null });
    await empty.end();
  });

  it('names an edited row', async () => {
    world.attack(`update audit_entries set actor = 'person:p9' where seq = 4`);
    const [finding, ...others] = await found();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'entry_edited', seq: 4, entryId: entryIdOf(4) });
    expect(finding?.message).toContain('Entry 4 (thing.changed)');
  });

  it('names a row whose content and hash were edited', async () => {
    const [row] = world.query<ReadRow & { previousHash: string }>(
      `select id, workspace_id as workspaceId, at, actor, event, subject, detail, trace_id as traceId,
        outcome, personal_digests as personalDigests, seq, previous_hash as previousHash
        from audit_entries where seq = 4`,
    );
    if (row === undefined) throw new Error('no entry 4');
    const hash = entryHash(row.previousHash, { ...row, actor: 'person:p9' });
    world.attack(`update audit_entries set actor = 'person:p9', hash = '${hash}' where seq = 4`);
    expect(named(await found())).toEqual([{ code: 'entry_edited', seq: 4 }]);
  });

  it('names removed rows', async () => {
    world.attack('delete from audit_entries where seq in (3, 4)');
    const [finding, ...others] = await found();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'entry_removed', seq: 3 });
    expect(finding?.message).toBe('Entries 3 to 4 are missing.');
  });

  it('finds a removed row whose followers moved up', async () => {
    world.attack(
      'delete from audit_entries where seq = 3',
      'update audit_entries set seq = -seq where seq > 3',
      'update audit_entries set seq = -seq - 1 where seq < 0',
      'update audit_heads set seq = 7',
    );
    expect((await found()).map(({ seq }) => seq)).toContain(3);
  });

  it('names a truncated tail by the record of the end', async () => {
    world.attack('delete from audit_entries where seq > 6');
    expect(named(await found())).toEqual([{ code: 'tail_removed', seq: 7 }]);
  });

  it('finds an end that was moved or taken away', async () => {
    world.attack(`update audit_heads set hash = '${'f'.repeat(64)}'`);
    expect(named(await found())).toEqual([{ code: 'head_differs', seq: 8 }]);
    world.attack('delete from audit_heads');
    expect(named(await found())).toEqual([{ code: 'head_differs', seq: 8 }]);
  });

  it('names rows that changed places, by their numbers', async () => {
    world.attack(
      'update audit_entries set seq = -1 where seq = 3',
      'update audit_entries set seq = 3 where seq = 6',
      'update audit_entries set seq = 6 where seq = -1',
    );
    const findings = await found();
    expect(named(findings)).toEqual([
      { code: 'entries_reordered', seq: 3 },
      { code: 'entries_reordered', seq: 6 },
    ]);
    expect(findings[0]?.message).toContain('was written as number 6');
  });

  it('names rows that changed places, with numbers and hashes left where they were', async () => {
    world.attack(
      `create temp table swapped as select * from audit_entries where seq in (3, 6)`,
      `update audit_entries set (id, at, subject, detail, personal_digests) =
        (select 'x' || id, at, subject, detail, personal_digests from swapped where seq = 6) where seq = 3`,
      `update audit_entries set (id, at, subject, detail, personal_digests) =
        (select id, at, subject, detail, personal_digests from swapped where seq = 3) where seq = 6`,
      `update audit_entries set id = substr(id, 2) where seq = 3`,
    );
    expect(named(await found())).toEqual([
      { code: 'entries_reordered', seq: 3 },
      { code: 'entries_reordered', seq: 6 },
    ]);
  });

  it('finds a second row of the same number, and one before the first', async () => {
    world.attack(
      'drop index audit_entries_seq',
      `insert into audit_entries select 'forged', workspace_id, at, actor, event, subject, detail,
        trace_id, outcome, null, seq, previous_hash, hash from audit_entries where seq = 5`,
      `insert into audit_entries select 'early', workspace_id, at, actor, event, subject, detail,
        trace_id, outcome, personal_digests, 0, previous_hash, hash from audit_entries where id = 'forged'`,
    );
    expect(named(await found())).toEqual([
      { code: 'entry_added', seq: 0 },
      { code: 'entry_added', seq: 5 },
      // It needs the index out of the way.
      { code: 'schema_differs', seq: null },
    ]);
  });

  it('finds changed, removed, added and restored personal data', async () => {
    const first = entryIdOf(1);
    const erased = entryIdOf(4);
    const [kept] = world.query<{ salt: string }>(
      `select salt from audit_personal_data where entry_id = '${erased}'`,
    );
    await world.audit.erasePersonalData({ entryId: erased });
    world.attack(
      `update audit_personal_data set value = 'because' where entry_id = '${first}'`,
      `delete from audit_personal_data where entry_id = '${entryIdOf(2)}'`,
      `insert into audit_personal_data values ('default', '${entryIdOf(3)}', 'name', 's', 'v')`,
      `insert into audit_personal_data values ('default', '${erased}', 'reason', '${kept?.salt}', 'why')`,
    );
    const findings = await found();
    expect(findings.every(({ code }) => code === 'personal_data_differs')).toBe(true);
    expect(findings.map(({ seq }) => seq).toSorted()).toEqual([1, 2, 3, 4]);
  });

  it('finds whatever single byte of an entry is changed', async () => {
    const columns = [
      'id',
      'actor',
      'event',
      'subject',
      'detail',
      'personal_digests',
      'previous_hash',
      'hash',
    ];
    await assert(
      asyncProperty(
        integer({ min: 1, max: 8 }),
        constantFrom(...columns),
        nat(200),
        async (seq, column, place) => {
          const [row] = world.query<{ text: string }>(
            `select ${column} as text from audit_entries where seq = ${seq}`,
          );
          const text = row?.text ?? '';
          const index = place % text.length;
          const other = text[index] === '0' ? '1' : '0';
          const edited = text.slice(0, index) + other + text.slice(index + 1);
          const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
          world.attack(`update audit_entries set ${column} = ${quoted(edited)} where seq = ${seq}`);
          const report = await world.audit.verify();
          world.attack(`update audit_entries set ${column} = ${quoted(text)} where seq = ${seq}`);
          expect(report.findings.map((finding) => finding.seq)).toContain(seq);
        },
      ),
      { numRuns: 60, seed: 4 },
    );
    expect(await found()).toEqual([]);
  });

  it('finds values of another kind instead of failing over them', async () => {
    world.attack(
      `update audit_entries set detail = x'00ff', at = 'noon' where seq = 2`,
      `update audit_entries set detail = '[1' where seq = 5`,
    );
    expect(named(await found())).toEqual([
      // Bytes and a text in the place of a number are told of by themselves.
      { code: 'entry_edited', seq: null },
      { code: 'entry_edited', seq: 2 },
      { code: 'entry_edited', seq: 5 },
    ]);
  });

  it('names what cannot be read instead of failing over it', async () => {
    world.attack(`update audit_entries set seq = 'five' where seq = 5`);
    expect(named(await found()).map(({ code }) => code)).toContain('entry_edited');
  });

  it('says honestly that a chain written anew as a whole passes without a checkpoint', async () => {
    world.attack(`update audit_entries set actor = 'person:p9' where seq = 4`);
    rechain();
    expect(await found()).toEqual([]);
  });

  it('finds a chain written anew by a checkpoint, and says between which entries', async () => {
    const whole = await checkpoint();
    world.attack(`update audit_entries set actor = 'person:p9' where seq = 4`);
    rechain();
    const [finding, ...others] = await found(whole);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'checkpoint_differs', seq: 8 });
    expect(finding?.message).toContain('between entries 1 and 8');
  });

  it('narrows a rewrite down with an earlier checkpoint', async () => {
    const early = await checkpoint();
    await world.append(4);
    const late = await checkpoint();
    world.attack(`update audit_entries set actor = 'person:p9' where seq = 11`);
    rechain();
    const [finding] = await found(late, early);
    expect(finding?.message).toContain('between entries 9 and 12');
  });

  it('finds a truncated tail by a checkpoint, where the record of the end was moved too', async () => {
    const whole = await checkpoint();
    world.attack('delete from audit_entries where seq > 6');
    rechain();
    expect(await found()).toEqual([]);
    expect(named(await found(whole))).toEqual([{ code: 'tail_removed', seq: 7 }]);
  });

  it('is not fooled by a checkpoint that the attacker signed with our own key', async () => {
    const whole = await checkpoint();
    world.attack(`update audit_entries set actor = 'person:p9' where seq = 4`);
    rechain();
    // The key lies beside the database, so this one is signed like ours; the exported one is not theirs to change.
    const forged = await checkpoint();
    expect(await found(forged)).toEqual([]);
    expect(named(await found(forged, whole))).toEqual([{ code: 'checkpoint_differs', seq: 8 }]);
  });

  it('counts what it no longer lists', async () => {
    await world.append(300);
    world.attack(`update audit_entries set actor = 'person:p9'`);
    const report = await world.audit.verify();
    expect(report.findings).toHaveLength(200);
    expect(report.findingCount).toBe(308);
  });
});

describe('rows that decide what may happen', () => {
  beforeEach(() => writeDecidedAction(world));

  it('verify with the entries that tell of them', async () => {
    expect(await found()).toEqual([]);
  });

  const attacks: [string, string, string[]][] = [
    [
      'a decision that was put in',
      'decision-2',
      [
        `insert into action_decisions (id, workspace_id, action_id, revision, payload_hash,
          reviewer_person_id, verdict, surface, assurance, decided_at)
          values ('decision-2', 'default', 'action-1', 1, '${'a'.repeat(64)}', 'p3', 'approve', 'page', 'presence', ${at})`,
      ],
    ],
    [
      'a decision for another payload',
      'decision-1',
      [`update action_decisions set payload_hash = '${'b'.repeat(64)}'`],
    ],
    [
      'a decision with more assurance',
      'decision-1',
      [`update action_decisions set assurance = 'separate'`],
    ],
    ['a replaced authenticator', 'key-1', [`update authenticators set fingerprint = 'other'`]],
    ['a replaced public key', 'key-1', [`update authenticators set public_key = 'AAAA'`]],
    [
      'an authenticator that was put in',
      'key-2',
      [
        `insert into authenticators select 'key-2', workspace_id, person_id, 'credential-2', public_key,
          counter, transports, relying_party_id, label, fingerprint, signed_by_id, enrolment_proof,
          enrolled_at, revoked_at from authenticators`,
      ],
    ],
    ['a right of another person', 'owner:default', [`update approver_grants set person_id = 'p3'`]],
    [
      'a right that was put in',
      'grant-2',
      [
        `insert into approver_grants select 'grant-2', workspace_id, account_source, account_external_id,
          'p3', scope, escalation_level, granted_by, granted_at, revoked_at from approver_grants`,
      ],
    ],
    [
      'a policy that was put in force',
      'policy-2',
      [
        `insert into policy_versions values ('default', 'policy-2', '', 'in_force', ${at}, null, ${at})`,
      ],
    ],
    [
      'another payload that was executed',
      'action-1',
      [`update action_revisions set payload_hash = '${'b'.repeat(64)}'`],
    ],
    [
      'an execution that nobody told of',
      'action-2',
      [
        `insert into actions (id, workspace_id, type, idempotency_key, status, revision, requester,
          requester_kind, effect_class, trace_id, created_at, updated_at)
          values ('action-2', 'default', 'pr.merge', 'k2', 'executed', 1, 'agent:a', 'agent', 'keyed', 't', ${at}, ${at})`,
      ],
    ],
  ];

  it.each(attacks)('are found: %s', async (_name, mentioned, statements) => {
    world.attack(...statements);
    const findings = await found();
    expect(findings.map(({ code }) => code)).toContain('row_without_entry');
    expect(findings.map(({ message }) => message).join('\n')).toContain(mentioned);
  });

  it.each([
    ['with another kind of proof', `'page', '{"kind":"page_session","sessionId":"s"}'`],
    ['with the form of a signature', `'page', '{"kind":"passkey"}'`],
    ['with no proof', `'page', null`],
  ])('are found: a decision of presence %s, an entry of the ledger fitting', async (_, values) => {
    const [surface, ...proof] = values.split(', ');
    world.attack(`update action_decisions set surface = ${surface}, proof = ${proof.join(', ')}`);
    const [finding] = await found();
    expect(finding).toMatchObject({ code: 'row_without_entry', subject: 'action-1' });
    expect(finding?.message).toContain('no signature proves it');
  });

  it('are found: an action that waits to be carried out again', async () => {
    world.attack(`update actions set status = 'approved'`);
    const [finding] = await found();
    expect(finding).toMatchObject({ code: 'entry_without_row', subject: 'action-1' });
    expect(finding?.message).toMatch(
      /stands as approved in the database, and entry \d+ left it as executed/,
    );
  });

  it('are found: an action that was taken out', async () => {
    world.attack('delete from actions');
    expect((await found()).map(({ message }) => message).join()).toContain('has no such action');
  });

  it('are found: two people who were made one, and an administrator', async () => {
    world.attack(
      `insert into people (id, workspace_id, display_name, role, merged_into_person_id)
        values ('p8', 'default', 'P8', 'member', null), ('p9', 'default', 'P9', 'admin', 'p8')`,
    );
    world.attack(
      `insert into identity_changes (id, workspace_id, kind, from_person_id, to_person_id, accounts,
          previous_links, actor, at)
        values ('change-1', 'default', 'merge', 'p9', 'p8', '[]', '[]', 'person:x', ${at})`,
    );
    const messages = (await found()).map(({ message }) => message).join('\n');
    expect(messages).toContain('Person p9 is one with p8');
    expect(messages).toContain('Person p9 is an administrator');
  });

  const removals: [string, string][] = [
    ['a decision', 'delete from action_decisions'],
    ['an authenticator', 'delete from authenticators'],
    ['a right', 'delete from approver_grants'],
    ['an execution', `update actions set status = 'approved'`],
  ];

  it.each(removals)('are missed where they were taken out: %s', async (_name, statement) => {
    world.attack(statement);
    // By its entry and by its seal; an execution is also a row that differs.
    const codes = new Set((await found()).map(({ code }) => code));
    codes.delete('row_differs');
    expect([...codes]).toEqual(['entry_without_row']);
  });

  it('are found where somebody left garbage in what the ledger tells of them', async () => {
    world.attack(`update audit_entries set detail = '{"revision":1'`);
    const findings = await found();
    const edited = findings.filter(({ code }) => code === 'entry_edited');
    expect(edited.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(findings.map(({ code }) => code)).toContain('row_without_entry');
  });

  it('are found where an earlier policy is back in force', async () => {
    const { appendAuditEntry } = await import('./append-audit-entry.ts');
    await world.store.transaction((transaction) =>
      appendAuditEntry(transaction, {
        workspaceId: 'default',
        at,
        actor: 'person:p2',
        event: 'policy.in_force',
        detail: { hash: 'policy-2' },
      }),
    );
    expect((await found()).map(({ subject }) => subject)).toEqual(['policy-1']);
  });

  it('names whose first authenticator was exchanged, the ledger rewritten to fit', async () => {
    const exported = await checkpoint();
    expect(exported).toMatch(/^authenticator p2 \S+$/m);
    world.attack(
      `update authenticators set public_key = 'AAAA', fingerprint = (select 'x')`,
      `update audit_entries set detail = replace(detail, '"fingerprint":"', '"fingerprint":"x')
        where event = 'authenticator.enrolled'`,
    );
    rechain();
    const codes = (await found(exported)).map(({ code }) => code);
    expect(codes).toContain('authenticator_replaced');
    expect(codes).toContain('checkpoint_differs');
  });
});
