import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActionDetail } from '@adjutant/core';
import { about, type Adversary, type ToldEntry } from './adversary.ts';
import { onFile } from './database-file.ts';
import { forgeEntry } from './forge-entry.ts';
import { takeKeyOf } from './own-key.ts';
import type { Scene } from './scene.ts';
import { type SignedIn, signIn, wordsOf } from './signed-in.ts';

/** From the first choice to the third, which ends the inbox. */
const twiceDown = '\u001B[B\u001B[B\r';

/** What a policy may say of an issue, though it is less than what holds. */
const looserPolicy = `actions:
  issue.create: { risk: medium, mode: { base: auto, ask_if: [channel_public] } }
`;

/** What a program of the same operating-system user does. */
export const sameUser: readonly Adversary[] = [
  {
    name: 'a program that runs the terminal inbox in a pseudo-terminal',
    tries: 'approves a merge in the inbox, by name, and without a terminal',
    needsTerminal: true,
    async run(scene) {
      const pull = scene.take();
      const action = await scene.proposeMerge(pull);
      const { world } = scene;
      const inbox = await world.type(['approvals'], [['what is your decision?', twiceDown]]);
      assert.match(inbox.output, /[●○] Decline/);
      assert.doesNotMatch(inbox.output, /[●○] Approve/);
      const named = await world.type(['approvals', 'approve', action.id], []);
      assert.notEqual(named.code, 0);
      assert.match(named.output, /stronger proof/);
      const piped = await world.run('approvals', 'approve', action.id);
      assert.match(piped.output, /Only a person at a terminal decides/);
      return {
        ...about(action, pull),
        ended: 'the inbox offers no approval, the command is refused',
        told: [refused(action, 'assurance_too_low')],
      };
    },
  },
  {
    name: 'a program that fetches the page and its link',
    tries:
      'serves a page of its own, signs in by its link, approves with the session and with its own key',
    async run(scene) {
      const pull = scene.take();
      const action = await scene.proposeMerge(pull);
      await withOwnSession(scene, async (thief) => {
        const path = `/api/actions/${action.id}/decision`;
        assert.equal((await thief.post(path, wordsOf(action))).status, 403);
        assert.equal((await thief.approve(action)).status, 403);
      });
      return {
        ...about(action, pull),
        ended: 'signed in, and refused twice: a session is not presence, the key is nobody’s',
        told: [
          { event: 'login_link.made', subject: null },
          { event: 'page_session.opened', subject: null },
          refused(action, 'assurance_too_low'),
          { event: 'passkey.refused', subject: action.id, detail: { reason: 'passkey_unknown' } },
        ],
      };
    },
  },
  {
    name: 'a program that edits the policy file',
    tries: 'lets merges run as low risk, then issues run by themselves',
    async run(scene) {
      const { world } = scene;
      const file = join(world.folder, 'adjutant.policy.yaml');
      try {
        writeFileSync(file, 'actions:\n  pr.merge: { risk: low, mode: auto }\n');
        const merges = await world.run('serve', '--port', '0');
        assert.notEqual(merges.code, 0, merges.output);
        assert.match(merges.output, /adjutant\.policy\.yaml.*2/s);
        writeFileSync(file, looserPolicy);
        const other = await scene.serve();
        assert.match(other.output.text, /waits for an approval as policy\.update/);
        const words = { repository: 'acme/widgets', title: 'By itself', body: 'Nobody asked.' };
        const action = await scene.propose('issue.create', words);
        const waiting = await scene.handle.actions.list({ status: ['pending'], limit: 200 });
        const update = waiting.items.find(({ type }) => type === 'policy.update');
        assert.ok(update !== undefined);
        await other.stop();
        return {
          pulls: [],
          actions: [action.id, update.id],
          ended:
            'merges: refused to start; issues: the old policy holds, the new one waits for a passkey',
          told: [
            { event: 'policy.waiting', subject: null },
            { event: 'action.pending', subject: update.id, detail: { assurance: 'presence' } },
            { event: 'action.pending', subject: action.id, detail: { mode: 'ask' } },
          ],
        };
      } finally {
        rmSync(file, { force: true });
      }
    },
  },
  {
    name: 'a program that inserts decision rows',
    tries: 'writes an approval with a made-up proof; another one with an entry that fits the chain',
    async run(scene) {
      const [first, second] = [scene.take(), scene.take()];
      const bare = await scene.proposeMerge(first);
      const told = await scene.proposeMerge(second);
      await forgeEntry(scene.path, told);
      for (const action of [bare, told]) insertApproval(scene, action);
      for (const { id } of [bare, told]) await untilRevision(scene, id, 2);
      return {
        pulls: [first.pullRequest.number, second.pullRequest.number],
        actions: [bare.id, told.id],
        ended: 'both refused in the claim, and asked for again',
        told: [
          refused(bare, 'approval_no_longer_valid'),
          refused(told, 'approval_no_longer_valid'),
        ],
        found: [new RegExp(`Decision forged-${bare.id} .* the ledger tells of no such decision`)],
      };
    },
  },
  {
    name: 'a program that enrols or replaces an authenticator',
    tries:
      'enrols its own key, puts it in the place of the owner’s, then writes the whole ledger anew around it',
    async run(scene) {
      const pull = scene.take();
      const action = await scene.proposeMerge(pull);
      const told: ToldEntry[] = [];
      await withOwnSession(scene, async (thief) => {
        const enrolled = await thief.enrol();
        assert.match(enrolled.text, /needs_signature/);
        assert.equal((await thief.approve(action)).status, 403);
        told.push({ event: 'authenticator.requested', subject: null });
        told.push(keyRefused(action, 'passkey_unknown'));
        const key = takeKeyOf(scene.path, thief);
        key.replaceOwners();
        assert.equal((await thief.approve(action)).status, 403);
        told.push(keyRefused(action, 'enrolment_not_in_ledger'));
        key.rewriteLedger();
      });
      // By itself the chain is whole again, and names the adversary's key: only what was exported tells.
      const alone = await scene.world.run('audit', 'verify');
      assert.doesNotMatch(alone.output, /first authenticator|written anew/);
      return {
        ...about(action, pull),
        ended: 'refused twice; the ledger written anew shows only beside the exported checkpoint',
        told,
        found: [/first authenticator of .* is not the one/, /was written anew after the export/],
      };
    },
  },
];

function refused({ id }: ActionDetail, reason: string): ToldEntry {
  return { event: 'action.decision_refused', subject: id, detail: { reason } };
}

function keyRefused({ id }: ActionDetail, reason: string): ToldEntry {
  return { event: 'passkey.refused', subject: id, detail: { reason } };
}

/** Signs in by a link that a server of the adversary's own printed. */
async function withOwnSession(
  scene: Scene,
  work: (thief: SignedIn) => Promise<void>,
): Promise<void> {
  const own = await scene.serve();
  try {
    await work(await signIn(own.link));
  } finally {
    await own.stop();
  }
}

function insertApproval({ path }: Scene, { id, payloadHash }: ActionDetail): void {
  const now = Date.now();
  onFile(path, (file) =>
    file.attack(
      `insert or ignore into action_decisions (id, workspace_id, action_id, revision, payload_hash,
          reviewer_person_id, verdict, surface, assurance, proof, decided_at)
        values ('forged-${id}', 'default', '${id}', 1, '${payloadHash ?? ''}', 'owner:default',
          'approve', 'page', 'presence', '{"kind":"passkey"}', ${now})`,
      `update actions set status = 'approved', decided_at = ${now}, decided_by = 'person:owner:default',
          execute_by = ${now + 3_600_000}, updated_at = ${now} where id = '${id}'`,
    ),
  );
}

async function untilRevision({ handle }: Scene, id: string, revision: number): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    const action = await handle.actions.get(id);
    if (action.revision === revision && action.status === 'pending') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The worker did not look at the action.');
}
