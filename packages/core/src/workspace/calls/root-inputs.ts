import { z } from 'zod';
import { accessScopeSchema, viewerSchema } from '../../domain.ts';
import { identityOperationSchema } from '../../identity/identity-operation.ts';
import { type CallInputs, verifyOptions } from './call-inputs.ts';
import { plainObject, type RootPath } from './call-path.ts';

const id = z.string().min(1).max(400);
/** What somebody shows who may be anybody: whatever it is, it is looked up and found or not. */
const shown = z.string();
const workspace = id.optional();
const flag = z.boolean().optional();
const number = z.number().optional();
const milliseconds = z.number().min(0).optional();
const viewer = viewerSchema;
const account = plainObject({ accountSource: id, accountExternalId: id });
/** What a browser answers with is read where it is checked. */
const signed = { challengeId: shown, response: z.unknown() };
const listener = z.custom<(...words: never[]) => unknown>(
  (value) => typeof value === 'function',
  'Pass a function.',
);
const listenerOrNone = listener.optional();
const signal = z.instanceof(AbortSignal);
const lines = z.custom<AsyncIterable<string>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
  'Pass lines that can be iterated over by "for await".',
);
/** Strangers choose the names in it. */
const headers = z.custom<Readonly<Record<string, string | readonly string[] | undefined>>>(
  (value) => typeof value === 'object' && value !== null,
  'Pass an object.',
);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Pass bytes.');
/** The system ends a path at U+0000: another file would be written than was asked about. */
const path = z
  .string()
  .min(1)
  .max(10_000)
  .refine((text) => !text.includes('\u0000'), 'a path holds no U+0000');

const noInput = [] as const;
const ofWorkspace = [['workspaceId', workspace]] as const;
const ofViewer = [
  ['viewer', viewer],
  ['workspaceId', workspace],
] as const;
const byId = (name: string) => [[name, id]] as const;

const approvers = {
  approvers: ofWorkspace,
  'approvers.serveAt': [['origin', id]],
  'approvers.grant': [
    ['viewer', viewer],
    ['input', account],
  ],
  'approvers.revoke': [
    ['viewer', viewer],
    ['grantId', id],
  ],
  'approvers.list': noInput,
  'approvers.listUnconfirmed': noInput,
  'approvers.confirm': [
    ['viewer', viewer],
    [
      'wanted',
      plainObject({
        authenticatorIds: z.array(id),
        grantIds: z.array(id),
        personIds: z.array(id).optional(),
      }),
    ],
  ],
  'approvers.createLoginLink': [
    ['viewer', viewer],
    ['personId', id.optional()],
  ],
  'approvers.openSession': [['token', shown]],
  'approvers.readSession': [['cookie', shown]],
  'approvers.endSession': [['cookie', shown]],
  'approvers.beginSignIn': noInput,
  'approvers.finishSignIn': [['input', plainObject(signed)]],
  'approvers.openVouchedSession': [
    ['vouched', plainObject({ personId: shown, issuer: id, subject: shown })],
  ],
  'approvers.personOfSubject': [
    [
      'vouched',
      plainObject({
        issuer: id,
        subject: shown,
        verifiedAddress: z.string().nullable(),
        named: z.string().nullable(),
        suggested: z.string().nullable(),
      }),
    ],
  ],
  'approvers.personOfAddress': [['address', shown]],
  'approvers.viewerOfPerson': [['personId', shown]],
  'approvers.noteFailedSignIn': [['failed', plainObject({ method: id, reason: id })]],
  'approvers.listSessions': [['viewer', viewer]],
  'approvers.endSessionOf': [
    ['viewer', viewer],
    ['sessionId', id],
  ],
  'approvers.listPasskeys': noInput,
  'approvers.listPendingPasskeys': byId('signerPersonId'),
  'approvers.beginEnrolment': byId('personId'),
  'approvers.finishEnrolment': [
    ['personId', id],
    ['input', plainObject({ ...signed, label: z.string() })],
  ],
  'approvers.beginSigning': [
    ['signerPersonId', id],
    ['requestId', id],
  ],
  'approvers.finishSigning': [
    ['signerPersonId', id],
    ['input', plainObject({ ...signed, requestId: id })],
  ],
  'approvers.beginRevocation': [
    ['signerPersonId', id],
    ['authenticatorId', id],
  ],
  'approvers.finishRevocation': [
    ['signerPersonId', id],
    ['input', plainObject({ ...signed, authenticatorId: id })],
  ],
  'approvers.beginLink': [
    ['signerPersonId', id],
    ['account', account],
  ],
  'approvers.finishLink': [
    ['signerPersonId', id],
    ['input', plainObject({ ...signed, accountSource: id, accountExternalId: id })],
  ],
  'approvers.unlink': [
    ['viewer', viewer],
    ['linkId', id],
  ],
  'approvers.listLinks': noInput,
  'approvers.viewerOf': [
    ['account', plainObject({ accountSource: id, accountExternalId: shown, vendorId: z.string() })],
  ],
  'approvers.beginIdentityChange': [
    ['administratorPersonId', id],
    ['operation', identityOperationSchema],
  ],
  'approvers.beginDecision': [
    [
      'decision',
      plainObject({
        reviewerPersonId: id,
        actionId: id,
        revision: z.number().int(),
        payloadHash: z.string(),
        verdict: id,
      }),
    ],
  ],
  'approvers.fingerprints': noInput,
  'approvers.grade': noInput,
} as const;

const ofSomebody = {
  accessTokens: ofViewer,
  'accessTokens.create': [
    ['input', plainObject({ name: z.string(), scopes: z.array(accessScopeSchema) })],
  ],
  'accessTokens.list': noInput,
  'accessTokens.revoke': byId('id'),
  secrets: ofViewer,
  'secrets.put': [
    ['name', id],
    ['value', z.string()],
  ],
  'secrets.get': byId('name'),
  'secrets.renew': [
    ['name', id],
    ['renewal', plainObject({ isDue: listener, change: listener, isEndOf: listenerOrNone })],
  ],
  'secrets.remove': byId('name'),
  'secrets.list': noInput,
  'secrets.keys': noInput,
  'secrets.rotate': noInput,
  'secrets.hasUnfinishedRotation': noInput,
  'secrets.rewrap': noInput,
  'secrets.retire': byId('keyId'),
  data: ofViewer,
  'data.retention': noInput,
  'data.purge': [
    [
      'options',
      plainObject({
        dryRun: flag,
        classes: z.array(id).optional(),
        olderThanDays: number,
      }).optional(),
    ],
  ],
  'data.archives.list': noInput,
  'data.archives.verify': noInput,
  'data.archives.restore': byId('archiveId'),
  'data.erasePerson': byId('personId'),
  'data.backup': [['to', path]],
  textModel: ofViewer,
  'textModel.generate': [
    [
      'request',
      plainObject({
        instructions: z.string(),
        input: z.string(),
        mostOutputTokens: z.number(),
        purpose: z.string(),
      }),
    ],
    [
      'options',
      plainObject({ signal: signal.optional(), traceId: z.string().optional() }).optional(),
    ],
  ],
} as const;

const ofWork = {
  'jobs.handle': [
    ['kind', id],
    ['handler', listener],
  ],
  'jobs.schedule': [
    [
      'schedule',
      plainObject({
        workspaceId: id,
        name: id,
        kind: id,
        cron: z.string().max(1_000),
        timeZone: z.string().max(100).optional(),
        catchUpMs: milliseconds,
        jitterMs: milliseconds,
      }),
    ],
  ],
  'jobs.unschedule': [
    ['workspaceId', id],
    ['name', id],
  ],
  'jobs.schedules': byId('workspaceId'),
  'jobs.dead': byId('workspaceId'),
  'jobs.redrive': [
    ['jobId', id],
    ['actor', id.optional()],
  ],
  'outbox.dead': byId('workspaceId'),
  'outbox.redrive': [
    ['eventId', id],
    ['actor', id.optional()],
  ],
  webhooks: ofWorkspace,
  'webhooks.receive': [
    ['source', shown],
    ['request', plainObject({ headers, body: bytes })],
  ],
  'webhooks.follow': noInput,
  'webhooks.replay': [
    ['viewer', viewer],
    ['query', plainObject({ source: id.optional(), since: number, until: number }).optional()],
  ],
  'webhooks.largestBodyBytes': [['source', shown]],
} as const;

/**
 * What each call of what `createAdjutant` answers with takes, and each call of what those hand out, as far
 * as types go. A call that is added does not compile without its line here.
 */
export const rootInputs = {
  ...approvers,
  ...ofSomebody,
  ...ofWork,
  workspace: ofWorkspace,
  verifyAccessToken: [
    ['token', shown],
    ['workspaceId', workspace],
  ],
  owner: ofWorkspace,
  sync: [
    [
      'options',
      plainObject({
        workspaceId: workspace,
        mode: z.enum(['auto', 'backfill', 'incremental', 'census']).optional(),
        since: number,
        hinted: flag,
        onProgress: listenerOrNone,
        signal: signal.optional(),
      }).optional(),
    ],
  ],
  work: [
    [
      'options',
      plainObject({
        everyMs: milliseconds,
        signal,
        onProgress: listenerOrNone,
        onPass: listenerOrNone,
      }),
    ],
  ],
  workActions: [['options', plainObject({ signal, workspaceId: workspace })]],
  on: [
    ['event', id],
    ['listener', listener],
  ],
  policy: ofWorkspace,
  check: noInput,
  health: ofWorkspace,
  storeTrouble: noInput,
  isHeldBack: noInput,
  probeStore: noInput,
  operatingFigures: ofWorkspace,
  renormalise: ofWorkspace,
  rebuildRollups: ofWorkspace,
  exportWorkspace: ofWorkspace,
  importWorkspace: [['lines', lines]],
  deleteWorkspace: byId('workspaceId'),
  verifyLedgers: [['options', verifyOptions]],
  close: noInput,
} as const satisfies Readonly<Record<RootPath, CallInputs>>;
