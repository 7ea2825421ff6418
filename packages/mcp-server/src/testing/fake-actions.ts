import type { ActionDetail, AssistantActions } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { fakeId, fakeNow } from './fake-rows.ts';

const msPerHour = 3_600_000;

/** An action that waits for an ordinary yes. */
export const fakeAction: ActionDetail = {
  id: fakeId(900),
  type: 'issue.create.low',
  title: 'Create an issue',
  status: 'pending',
  revision: 1,
  risk: 'medium',
  mode: 'ask',
  targetRef: 'acme/billing-api',
  requester: `agent:mcp for person:${fakeId(2)}`,
  sponsorName: 'Mira Example',
  createdAt: fakeNow - msPerHour,
  expiresAt: fakeNow + 23 * msPerHour,
  nextStep: 'Approve or decline it: adjutant approvals',
  effectClass: 'probeable',
  reversible: true,
  payload: { repository: 'acme/billing-api', title: 'Retry failed webhooks' },
  payloadHash: 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26',
  preconditions: { repositoryId: '42' },
  preview: {
    facts: [
      { label: 'Repository', value: 'acme/billing-api (private)', tone: 'plain' },
      { label: 'Visible to', value: '14 people', tone: 'warning' },
    ],
    recipients: ['watchers of acme/billing-api'],
    content: 'Retry failed webhooks',
  },
  rationale: 'Three incidents had this cause.',
  outsideTexts: null,
  policyReason: 'issue.create.low asks a person',
  policyHash: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  quorum: 1,
  assurance: 'cooperative',
  sponsorPersonId: fakeId(2),
  targetUrl: 'https://github.example/acme/billing-api',
  modelVersion: null,
  traceId: fakeId(901),
  executeBy: null,
  decidedAt: null,
  decidedBy: null,
  settledAt: null,
  outcome: null,
  decisions: [],
  revisions: [],
  attempts: [],
};

/** Returns actions of nothing but memory: one that waits, and whatever is proposed. */
export function fakeActions(called: (name: string) => void): AssistantActions {
  let action = fakeAction;
  const known = (id: string): ActionDetail => {
    if (id === action.id) return action;
    throw new AdjutantError('NotFound', 'There is no action with that id here.', {
      hint: 'get_actions lists them.',
    });
  };
  return {
    async propose({ type, payload, rationale }) {
      called('propose');
      action = {
        ...fakeAction,
        type,
        payload: { given: JSON.stringify(payload) },
        rationale: rationale ?? null,
        status: 'preparing',
      };
      return action;
    },
    async get(id) {
      called('get');
      return known(id);
    },
    async list() {
      called('list');
      return { items: [action], total: 1, nextCursor: null };
    },
    async await(id) {
      called('await');
      if (known(id).status === 'preparing') action = { ...action, status: 'pending' };
      return action;
    },
    async withdraw(id) {
      called('withdraw');
      action = { ...known(id), status: 'revoked', nextStep: null };
      return action;
    },
    worker: async () => ({ running: false, start: 'adjutant serve' }),
    async noteElicitedAnswer({ actionId, verdict }) {
      called(`noteElicitedAnswer ${verdict}`);
      const status = verdict === 'approve' ? 'approved' : 'declined';
      action = { ...known(actionId), status, nextStep: null };
      return action;
    },
  };
}
