import assert from 'node:assert/strict';
import type { Adversary } from './adversary.ts';
import { onFile } from './database-file.ts';

const one = "(select id from actions where status = 'executed' order by id limit 1)";
const first = (table: string): string => `rowid = (select min(rowid) from ${table})`;

/** What one SQL statement each changes, and how verification names it. */
const edits: readonly [statement: string, found: RegExp][] = [
  [
    `update action_revisions set payload = replace(payload, '{', '{ ') where action_id = ${one}`,
    /of action_revisions is not what/,
  ],
  [
    `update action_revisions set preview = preview || ' ' where action_id = ${one}`,
    /its words are not those that were hashed/,
  ],
  [
    `update actions set requester = 'agent:somebody', outcome = '{}' where id = ${one}`,
    /of actions is not what/,
  ],
  [
    `update action_decisions set reason = 'because I say so' where ${first('action_decisions')}`,
    /of action_decisions is not what/,
  ],
  [
    `update access_tokens set scopes = '["read","write","mcp"]', expires_at = expires_at * 2`,
    /of access_tokens is not what/,
  ],
  [
    `insert into page_sessions (id, workspace_id, person_id, created_at, expires_at)
      values ('stolen', 'default', 'owner:default', 1, 9e12)`,
    /of page_sessions was not written by Adjutant/,
  ],
  [
    `update person_accounts set person_id = 'nobody' where ${first('person_accounts')}`,
    /of person_accounts is not what/,
  ],
  [
    `update people set display_name = 'Somebody else' where ${first('people')}`,
    /of people is not what/,
  ],
  // Rows may be numbered below zero, and beyond what a program reads as a number.
  [
    `insert into login_links (rowid, id, workspace_id, person_id, expires_at)
      values (-9223372036854775808, 'planted', 'default', 'owner:default', 9e12)`,
    /of login_links was not written by Adjutant/,
  ],
  [
    `update action_attempts set rowid = 9223372036854775807, effect_key = 'another' where ${first('action_attempts')}`,
    /of action_attempts is not what/,
  ],
];

/** Whoever has the file changes what was agreed to, or who may do what, after the fact. */
export const editedRows: readonly Adversary[] = [
  {
    name: 'a program that edits the words of what was carried out',
    tries:
      'other payloads, previews, requesters and reasons; wider tokens; a session, accounts and names',
    async run(scene) {
      const owner = await scene.adjutant.owner();
      const tokens = scene.adjutant.accessTokens(owner);
      await tokens.create({ name: 'narrow', scopes: ['read'], agentName: null });
      onFile(scene.path, (file) => {
        const executed = file.query("select id from actions where status = 'executed'");
        assert.ok(executed.length > 0, 'nothing was carried out yet');
        for (const [statement] of edits) file.attack(statement);
      });
      return {
        pulls: [],
        actions: [],
        ended: 'nothing was refused, and each edit is named',
        told: [{ event: 'access_token.created', subject: null }],
        found: edits.map(([, found]) => found),
      };
    },
  },
];
