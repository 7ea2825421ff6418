import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { noteDraftAction } from '../notes/note-draft.ts';
import { policyActionTypes } from '../policy/action-types.ts';
import { compilePolicy } from '../policy/compile-policy.ts';
import { defaultPolicyDocument } from '../policy/default-policy.ts';
import type { PiiRedaction } from '../policy/policy.ts';
import { queryTuples } from '../store/raw-query.ts';
import { type ActionBench, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';
import { defineAction } from './define-action.ts';
import { prepareAction } from './prepare-action.ts';

const token = ['ghp', 'Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe'].join('_');
const address = 'mira@example.com';

let bench: ActionBench;
let target: TestTarget;
let keys = 0;
afterEach(() => bench.close());

async function open(
  level: PiiRedaction,
  more: Partial<Parameters<typeof createTestAction>[0]> = {},
): Promise<void> {
  target = createTestTarget();
  const definition = createTestAction({ target, ...more });
  const limits = { ...defaultPolicyDocument.limits, piiRedaction: level };
  const types = policyActionTypes([definition]);
  const policy = await compilePolicy({ ...defaultPolicyDocument, limits }, types);
  bench = await openActionBench({
    definitions: [definition],
    engine: { policyFor: () => policy },
  });
}

async function prepared(text: string, more: { rationale?: string } = {}) {
  const proposal = {
    type: 'test.write',
    payload: { text },
    idempotencyKey: `key-${(keys += 1)}`,
    ...more,
  };
  const { id } = await bench.person('ada').propose(proposal);
  await prepareAction(bench.deps, id);
  return bench.person('ada').get(id);
}

describe('a text that is to leave', () => {
  it.each([
    ['a secret', `use ${token}`, 'use [secret]', 'a secret'],
    ['personal data', `ask ${address}`, 'ask [e-mail]', 'personal data'],
  ])(
    'with %s is masked before it is hashed, and needs what a high action needs',
    async (_what, text, left, words) => {
      await open('strict');
      const action = await prepared(text);
      expect(action).toMatchObject({
        status: 'pending',
        risk: 'high',
        mode: 'require_approval',
        payload: { text: left },
        preview: {
          content: left,
          facts: [{ label: 'Masked', value: expect.stringContaining(words), tone: 'warning' }, {}],
        },
      });
      expect(action.policyReason).toContain('personal data or a secret');
      const clean = await prepared(left);
      expect(clean).toMatchObject({ risk: 'low', mode: 'auto' });
    },
  );

  it('is carried out as it was shown', async () => {
    await open('strict');
    const action = await prepared(`use ${token}, or ask ${address}`);
    await bench.decide('grace', action);
    await bench.settle();
    expect(target.effects).toMatchObject([{ payload: { text: 'use [secret], or ask [e-mail]' } }]);
  });

  it('keeps personal data where the policy lets it, and never a secret', async () => {
    await open('off');
    const action = await prepared(`ask ${address} for ${token}`);
    expect(action).toMatchObject({ payload: { text: `ask ${address} for [secret]` } });
  });

  it('leaves no secret in the store, whoever wrote it and wherever', async () => {
    await open('strict');
    const action = await prepared(`use ${token}`, { rationale: `because ${token} works` });
    const { id, revision } = action;
    const change = { actionId: id, revision, payload: { text: `now ${token}` } };
    await bench.person('ada').modify({ ...change, reason: `as ${token} is better` });
    await prepareAction(bench.deps, id);
    const changed = await bench.person('ada').get(id);
    expect(changed).toMatchObject({ payload: { text: 'now [secret]' }, risk: 'high' });
    const { payloadHash } = changed;
    await bench.person('grace').decide({
      actionId: id,
      revision: changed.revision,
      payloadHash: payloadHash ?? '',
      verdict: 'approve',
      reason: `as long as ${token} is gone`,
      proof: { kind: 'page_session', sessionId: 'session' },
    });
    await bench.person('ada').withdraw(id, `${token} is out`);
    expect(await wholeStore(bench)).not.toContain(token);
  });

  it('is refused where what must not leave cannot be masked', async () => {
    const schema = z.strictObject({ branch: z.string().regex(/^[\w.@-]+$/) });
    target = createTestTarget();
    const inner = createTestAction({ target });
    bench = await openActionBench({
      definitions: [{ ...inner, id: 'test.branch', inputSchema: schema as never }],
    });
    const proposal = { type: 'test.branch', payload: { branch: token }, idempotencyKey: '1' };
    const refused = bench.person('ada').propose(proposal);
    await expect(refused).rejects.toMatchObject({
      code: 'InvalidInput',
      message: 'branch: holds a secret, which must not leave and cannot be masked there',
    });
    await expect(refused).rejects.not.toThrow(token);
    expect(await wholeStore(bench)).not.toContain(token);
  });

  it('that a handler takes over from the target is refused with a secret in it', async () => {
    await open('strict', { preparation: { content: `Add ${token} (#12)` } });
    const action = await prepared('merge it');
    expect(action).toMatchObject({
      status: 'failed',
      outcome: {
        reason: 'preparation_failed',
        message: 'The text that would leave holds a secret.',
      },
    });
    expect(target.sent).toBe(0);
  });
});

describe('a field that must stay letter by letter', () => {
  const definition = () => ({
    ...createTestAction({ target }),
    verbatimFields: ['text'],
  });

  it('keeps personal data, which makes the action high all the same', async () => {
    target = createTestTarget();
    const policy = await compilePolicy(defaultPolicyDocument, policyActionTypes([definition()]));
    bench = await openActionBench({
      definitions: [definition()],
      engine: { policyFor: () => policy },
    });
    const action = await prepared(address);
    expect(action).toMatchObject({ status: 'pending', risk: 'high', payload: { text: address } });
  });

  it('takes no secret', async () => {
    target = createTestTarget();
    bench = await openActionBench({ definitions: [definition()] });
    await expect(prepared(token)).rejects.toMatchObject({ code: 'InvalidInput' });
  });
});

it('a private draft with a token is high, and the token is gone from it', async () => {
  bench = await openActionBench({ definitions: [] });
  const { store } = bench;
  const note = noteDraftAction(store);
  await bench.close();
  const policy = await compilePolicy(defaultPolicyDocument, policyActionTypes([note]));
  bench = await openActionBench({ definitions: [note], engine: { policyFor: () => policy } });
  const proposal = { title: 'Deploying', body: `With ${token}` };
  const words = { type: 'note.draft', payload: proposal, idempotencyKey: '1' };
  const { id } = await bench.person('ada').propose(words);
  await prepareAction(bench.deps, id);
  expect(await bench.person('ada').get(id)).toMatchObject({
    status: 'pending',
    risk: 'high',
    mode: 'require_approval',
    payload: { body: 'With [secret]' },
  });
});

it('what was fetched from the target is masked where it is shown', async () => {
  await open('strict', {
    preparation: {
      facts: [{ label: 'Title', value: `Add ${token} of ${address}`, tone: 'plain' }],
    },
  });
  target.observed = { title: `Add ${token}` };
  expect(await prepared('fine')).toMatchObject({
    preview: { facts: [{ label: 'Title', value: 'Add [secret] of [e-mail]', tone: 'plain' }] },
    preconditions: { title: 'Add [secret]' },
  });
});

describe('a stored payload that its handler no longer takes', () => {
  const later = (schema: z.ZodType) =>
    defineAction({
      ...(createTestAction({ target }) as never as object),
      inputSchema: schema,
    } as never);

  it.each([
    ['a field more', z.strictObject({ text: z.string(), other: z.string() })],
    [
      'a default that nobody saw',
      z.strictObject({ text: z.string(), loud: z.boolean().default(true) }),
    ],
  ])('ends the action before anything is read, for %s', async (_what, schema) => {
    await open('strict');
    const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey: '1' };
    const { id } = await bench.person('ada').propose(proposal);
    const definitions = new Map([['test.write', later(schema)]]);
    expect(await prepareAction({ ...bench.deps, definitions }, id)).toBe('failed');
    expect(await bench.person('ada').get(id)).toMatchObject({
      status: 'failed',
      outcome: { message: 'What was proposed is no longer what "test.write" takes.' },
    });
  });

  it('is refused at once where a schema does not take what it gives', async () => {
    target = createTestTarget();
    const schema = z.strictObject({ text: z.string().transform((text) => text.length) });
    bench = await openActionBench({ definitions: [later(schema)] });
    await expect(prepared('hello')).rejects.toMatchObject({ code: 'Configuration' });
  });
});

/** Everything that the tables of actions, the ledger and the outbox hold, as one text. */
async function wholeStore({ store }: ActionBench): Promise<string> {
  const names = await queryTuples<[string]>(
    store.read,
    sql`select name from sqlite_master where type = 'table' and name not like '%fts%'`,
  );
  const rows: unknown[] = [];
  for (const [name] of names) {
    rows.push(await queryTuples(store.read, sql`select * from ${sql.identifier(name)}`));
  }
  return JSON.stringify(rows);
}
