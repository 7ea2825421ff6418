import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionDetail } from '@adjutant/core';
import { clientKinds } from '../whole-way/assistants.ts';
import { about, type Adversary, type Ending } from './adversary.ts';
import { onFile } from './database-file.ts';
import type { ReadyPullRequest } from './pull-requests.ts';
import type { Scene } from './scene.ts';
import { wordsOf } from './signed-in.ts';

/** What comes in by the surfaces that everybody has. */
export const throughClients: readonly Adversary[] = [
  {
    name: 'a client that accepts every elicitation',
    tries:
      'says yes to every form of a merge, and sends a yes for the form that it was never shown',
    async run(scene) {
      const pull = scene.take();
      const action = await scene.proposeMerge(pull);
      for (const kind of ['2025, with forms', '2026, with forms'] as const) {
        const client = await clientKinds[kind](scene.world);
        const answer = await client.call('await_approval', { action_id: action.id, max_wait_s: 0 });
        assert.equal(answer['status'], 'pending');
        assert.deepEqual(client.forms, []);
        await client.kill();
      }
      const yes = { action: 'accept', content: { decision: 'approve' } } as const;
      const input = { action_id: action.id, max_wait_s: 0 };
      await assert.rejects(
        scene.client.answerUnasked('await_approval', input, yes),
        /Only a person/,
      );
      const detail = { reason: 'not_a_person' };
      return {
        ...about(action, pull),
        ended: 'no form was shown, the yes was refused',
        told: [{ event: 'action.decision_refused', subject: action.id, detail }],
      };
    },
  },
  {
    name: 'a client that forges ids',
    tries: 'waits for, withdraws, and at the page decides and changes actions that are not there',
    async run({ client, owner }) {
      const id = 'forged-action-id';
      const words = { revision: 1, payloadHash: 'a'.repeat(64), verdict: 'approve' };
      await assert.rejects(
        client.call('await_approval', { action_id: id, max_wait_s: 0 }),
        /no action/,
      );
      await assert.rejects(client.call('withdraw_action', { action_id: id }), /no action/);
      assert.equal((await owner.post(`/api/actions/${id}/challenge`, words)).status, 404);
      assert.equal((await owner.post(`/api/actions/${id}/decision`, words)).status, 404);
      const change = { revision: 1, payload: {}, reason: 'so' };
      assert.equal((await owner.post(`/api/actions/${id}/modification`, change)).status, 404);
      return {
        pulls: [],
        actions: [],
        ended: 'answered as unknown, four times',
        told: (['withdraw', 'decide', 'modify'] as const).map((wanted) => ({
          event: 'action.not_found',
          subject: id,
          detail: { wanted },
        })),
      };
    },
  },
  {
    name: 'a client that replays old approvals',
    tries: 'sends the signed approval of an earlier revision, kept from the wire, word for word',
    async run(scene) {
      const pull = scene.take();
      const action = await scene.proposeMerge(pull);
      const kept = await scene.owner.sign(action);
      const change = {
        revision: action.revision,
        payload: { repository: 'acme/widgets', number: pull.pullRequest.number, method: 'merge' },
        reason: 'Keep the commits',
      };
      const changed = await scene.owner.post(`/api/actions/${action.id}/modification`, change);
      assert.equal(changed.status, 200, changed.text);
      await scene.handle.actions.await(action.id, { until: 'prepared', maxWaitMs: 20_000 });
      const path = `/api/actions/${action.id}/decision`;
      assert.equal((await scene.owner.post(path, kept)).status, 409);
      const detail = { reason: 'other_revision', revision: 1 };
      return {
        ...about(action, pull),
        ended: 'refused, the action waits in its second revision',
        told: [{ event: 'action.decision_refused', subject: action.id, detail }],
      };
    },
  },
  {
    name: 'a client that edits the payload after approval',
    tries: 'proposes other words under the same key, changes them at the page, and in the database',
    run: (scene) =>
      afterApproval(
        scene,
        { reason: 'payload_changed' },
        async (action, { pullRequest: { number } }) => {
          const payload = { repository: 'acme/widgets', number, method: 'rebase' };
          await assert.rejects(
            scene.client.call('propose_action', {
              type: 'pr.merge',
              payload,
              idempotency_key: keyOf(scene, action),
            }),
            /used for another proposal/,
          );
          const change = { revision: 1, payload, reason: 'so' };
          const changed = await scene.owner.post(`/api/actions/${action.id}/modification`, change);
          assert.match(changed.text, /"revision":1/);
          onFile(scene.path, (file) =>
            file.attack(`update action_revisions set payload = json_set(payload, '$.method', 'rebase')
            where action_id = '${action.id}'`),
          );
          return [
            { event: 'action.proposal_refused', subject: action.id },
            { event: 'action.modification_refused', subject: action.id },
          ];
        },
      ),
  },
  moving('moves the head', 'pushes a commit', 'headSha', ({ world }, { pullRequest }) => {
    const { data } = world.twin;
    const [repository] = data.repositories;
    if (repository === undefined) throw new Error('There is no repository.');
    const pushed = data.addCommit(repository, { at: Date.now() });
    data.setCheck(pushed, { name: 'build', state: 'SUCCESS', isRequired: true });
    pullRequest.commits.push(pushed);
  }),
  moving('changes the base', 'points it at another branch', 'baseRef', (_, { pullRequest }) => {
    pullRequest.baseRefName = 'release/1.x';
  }),
  moving('reddens a check', 'lets the required check fail', 'checks', ({ world }, { head }) => {
    world.twin.data.setCheck(head, { name: 'build', state: 'FAILURE', isRequired: true });
  }),
  moving('dismisses a review', 'dismisses the only approval', 'reviewDecision', (_, pull) => {
    for (const review of pull.pullRequest.reviews) review.state = 'DISMISSED';
  }),
  {
    name: 'a client that reuses an approval',
    tries: 'spends the signature under one merge on another, and once more after it was used',
    async run(scene) {
      const { owner } = scene;
      const [agreed, wanted] = [scene.take(), scene.take()];
      const first = await scene.proposeMerge(agreed);
      const second = await scene.proposeMerge(wanted);
      const signed = await owner.sign(first);
      const reused = { ...signed, ...wordsOf(second) };
      const path = `/api/actions/${second.id}/decision`;
      assert.equal((await owner.post(path, reused)).status, 403);
      const again = await owner.sign(first);
      const used = await owner.post(`/api/actions/${first.id}/decision`, again);
      assert.equal(used.status, 200, used.text);
      assert.equal((await scene.settled(first.id)).status, 'executed');
      scene.agreed.push(agreed.pullRequest.number);
      assert.equal((await owner.post(path, { ...again, ...wordsOf(second) })).status, 403);
      // The same words for the same action say where it stands, and send nothing a second time.
      await owner.post(`/api/actions/${first.id}/decision`, again);
      const merges = scene.world.twin.writes.filter(({ path: written }) =>
        written.endsWith(`/pulls/${agreed.pullRequest.number}/merge`),
      );
      assert.equal(merges.length, 1);
      return {
        ...about(second, wanted),
        ended: 'the agreed merge happened once, the other one not',
        told: [
          { event: 'passkey.refused', subject: second.id, detail: { reason: 'no_open_challenge' } },
          {
            event: 'action.decision_refused',
            subject: second.id,
            detail: { reason: 'proof_invalid' },
          },
        ],
      };
    },
  },
  {
    name: 'a client that decides as an agent',
    tries: 'calls tools that decide, and decides through a host program with a person’s proof',
    async run(scene) {
      const pull = scene.take();
      const action = await scene.proposeMerge(pull);
      for (const tool of ['decide_action', 'approve_action']) {
        await assert.rejects(scene.client.call(tool, { action_id: action.id }), /Unknown tool/);
      }
      const viewer = { kind: 'agent', name: 'owner', sponsorPersonId: 'owner:default' } as const;
      const agent = scene.adjutant.workspace().as(viewer);
      const { revision, payloadHash } = action;
      const decision = { actionId: action.id, revision, payloadHash: payloadHash ?? '' };
      const proof = { kind: 'terminal', operatingSystemUser: 'owner' } as const;
      await assert.rejects(
        agent.actions.decide({ ...decision, verdict: 'approve', proof }),
        /Only a person/,
      );
      const detail = { reason: 'not_a_person' };
      return {
        ...about(action, pull),
        ended: 'there are no such tools, and the decision was refused',
        told: [{ event: 'action.decision_refused', subject: action.id, detail }],
      };
    },
  },
];

/** Somebody who changes the pull request between the approval and the merge. */
function moving(
  does: string,
  tries: string,
  changed: string,
  move: (scene: Scene, pull: ReadyPullRequest) => void,
): Adversary {
  return {
    name: `a client that ${does}`,
    tries: `${tries} between the approval and the merge`,
    run: (scene) =>
      afterApproval(scene, { reason: 'target_changed', changed: [changed] }, async (_, pull) => {
        move(scene, pull);
        return [];
      }),
  };
}

/**
 * Has a person approve a merge while everything is stopped, lets something happen to it, and goes on.
 * Another merge, approved at the same moment and left alone, shows that what is approved does run.
 */
async function afterApproval(
  scene: Scene,
  detail: { reason: string; changed?: readonly string[] },
  happen: (action: ActionDetail, pull: ReadyPullRequest) => Promise<Ending['told']>,
): Promise<Ending> {
  const [pull, control] = [scene.take(), scene.take()];
  const action = await scene.proposeMerge(pull);
  const untouched = await scene.proposeMerge(control);
  await scene.handle.actions.stop();
  for (const one of [action, untouched]) {
    const approved = await scene.owner.approve(one);
    assert.equal(approved.status, 200, approved.text);
  }
  // The worker looks at both, finds that everything is stopped, and leaves them.
  await quiet(scene);
  const told = await happen(action, pull);
  await scene.handle.actions.resume();
  assert.equal((await scene.settled(untouched.id)).status, 'executed');
  scene.agreed.push(control.pullRequest.number);
  assert.equal((await scene.settled(action.id)).status, 'failed');
  return {
    ...about(action, pull),
    ended: `failed (${detail.reason}); an untouched merge beside it went through`,
    told: [{ event: 'action.failed', subject: action.id, detail }, ...told],
  };
}

async function quiet({ world }: Scene): Promise<void> {
  let asked = -1;
  while (world.twin.requests.length !== asked) {
    asked = world.twin.requests.length;
    await sleep(300);
  }
}

function keyOf({ path }: Scene, { id }: ActionDetail): string {
  const [row] = onFile(path, (file) =>
    file.query<{ key: string }>(`select idempotency_key as key from actions where id = '${id}'`),
  );
  return row?.key ?? '';
}
