import {
  type ActionContext,
  AdjutantError,
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type Preparation,
  type PreviewFact,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import { resolveSecrets } from '../../http/secret.ts';
import { listed, neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { GithubConfig } from '../config.ts';
import { wantedEvents } from '../webhooks/hints.ts';
import { webhookUrlSchema } from '../webhooks/webhook-url.ts';
import { createAccess, type GithubAccess, quietPeriodMs } from '../writing/access.ts';
import { repositoryNameSchema } from '../writing/payloads.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { boundHook, findHook, isWhole, type ReadHook } from '../writing/read-hooks.ts';
import {
  boundRepository,
  type ReadRepository,
  readRepository,
  repositoryFact,
  requireName,
} from '../writing/read-repository.ts';

const payloadSchema = z.strictObject({ repository: repositoryNameSchema, url: webhookUrlSchema });
type Payload = z.infer<typeof payloadSchema>;

/**
 * Has a repository send its webhooks to an address: the configured one and no other. The secret is
 * that of the configuration; no payload, preview or result holds it.
 */
export function webhookRegister(config: GithubConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'webhook.register',
    title: 'Register a webhook',
    // From then on GitHub sends titles, texts and names to that address.
    risk: 'high',
    reversible: true,
    // One hook for an address: where it is there already, it is set, not made again.
    effectClass: 'keyed',
    inputSchema: payloadSchema,
    verbatimFields: ['url'],
    quietPeriodMs,
    prepare: async (context, payload) => await prepare(config, context, payload),
    observe: async (context, payload) =>
      await observed(async () => boundOf(await read(createAccess(config, context), payload))),
    execute: async (context, effect) => await execute(config, context, effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

interface Read {
  repository: ReadRepository;
  hook: ReadHook | null;
}

async function read(access: GithubAccess, payload: Payload): Promise<Read> {
  const repository = await readRepository(access, payload.repository);
  requireName(repository.fullName, payload.repository);
  return { repository, hook: await findHook(access, payload.repository, payload.url) };
}

/** The events too: they are what leaves, and another version may name others. */
function boundOf({ repository, hook }: Read): JsonObject {
  return { ...boundRepository(repository), events: [...wantedEvents], hook: boundHook(hook) };
}

async function prepare(
  config: GithubConfig,
  context: ActionContext,
  payload: Payload,
): Promise<Preparation> {
  refuseOtherUrl(config, payload);
  const access = createAccess(config, context);
  const found = await read(access, payload);
  const { repository, hook } = found;
  return {
    target: {
      source: 'github',
      externalId: String(repository.id),
      ref: repository.fullName,
      url: null,
    },
    preconditions: boundOf(found),
    facts: [
      repositoryFact(repository),
      hostFact(config, payload),
      plain('Address', neutralText(payload.url, 500)),
      hookFact(hook),
      plain('Events', listed(wantedEvents, 30)),
      plain('Signed with', 'the webhookSecret of the configuration'),
      ...(config.webhookSecret === undefined
        ? [warning('Secret', 'none: set webhookSecret first, or it will be refused')]
        : []),
      ...(await credentialFacts(access)),
    ],
    recipients: [`whoever runs ${new URL(payload.url).host}`],
    content: null,
    conditions: { channel_public: repository.isPublic, contains_command: false },
    excludedAccounts: [],
  };
}

/** @throws AdjutantError `InvalidInput` */
function refuseOtherUrl({ webhookUrl }: GithubConfig, { url }: Payload): void {
  if (webhookUrl === undefined || webhookUrl === url) return;
  throw new AdjutantError('InvalidInput', 'Webhooks may go to the configured address only.', {
    source: 'github',
    hint: `Propose it with the url ${webhookUrl}, or change webhookUrl.`,
  });
}

function hostFact({ webhookUrl }: GithubConfig, { url }: Payload): PreviewFact {
  const { host } = new URL(url);
  return webhookUrl === url
    ? plain('Sends to', host)
    : warning('Sends to', `${host}, which no webhookUrl names: it will be refused`);
}

function hookFact(hook: ReadHook | null): PreviewFact {
  if (hook === null) return plain('Hook', 'a new one');
  const state = isWhole(hook) ? 'as it should be' : 'off, or with other events or another form';
  return plain('Hook', `number ${hook.id} is there, ${state}; it is set anew, with the secret`);
}

async function execute(
  config: GithubConfig,
  context: ActionContext,
  { payload }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  if (config.webhookUrl !== payload.url) {
    return refused(
      'Webhooks may go only to the address that webhookUrl names in the configuration.',
    );
  }
  const access = createAccess(config, context);
  // While one secret is being changed for another the first is the one to come.
  const [secret] = await resolveSecrets(config.webhookSecret, access.address.host);
  if (secret === undefined) return refused('There is no webhookSecret to sign webhooks with.');
  const looked = await look(access, payload);
  if (looked.trouble !== null) return looked.trouble;
  const { hook } = looked;
  const { url } = payload;
  const body = {
    active: true,
    events: [...new Set([...wantedEvents, ...(hook?.events ?? [])])].toSorted(),
    config: { url, content_type: 'json', insecure_ssl: '0', secret },
  };
  const path = `/repos/${payload.repository}/hooks`;
  const sent =
    hook === null
      ? await access.send('POST', path, { name: 'web', ...body })
      : await access.send('PATCH', `${path}/${hook.id}`, body);
  if (!sent.ok) return withoutSecret(sent.result, secret);
  const made = z.object({ id: z.number() }).safeParse(sent.data);
  return { outcome: 'applied', result: { hookId: made.data?.id ?? hook?.id ?? null, url } };
}

/** Looks whether it is there; what fails now has surely changed nothing. */
async function look(
  access: GithubAccess,
  { repository, url }: Payload,
): Promise<{ hook: ReadHook | null; trouble: ExecuteResult | null }> {
  try {
    return { hook: await findHook(access, repository, url), trouble: null };
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    const { message: reason, retryable, retryAfterMs } = error;
    const trouble: ExecuteResult = retryable
      ? { outcome: 'not_applied', reason, ...(retryAfterMs === null ? {} : { retryAfterMs }) }
      : refused(reason);
    return { hook: null, trouble };
  }
}

function refused(reason: string): ExecuteResult {
  return { outcome: 'refused', reason: `${reason} Nothing was sent.` };
}

/** Whatever answers may repeat what it was sent. */
function withoutSecret(result: ExecuteResult, secret: string): ExecuteResult {
  return result.outcome === 'applied'
    ? result
    : { ...result, reason: result.reason.replaceAll(secret, '…') };
}

const boundSchema = z.object({ hook: z.object({ updatedAt: z.string().nullable() }).nullable() });

/** The hook is there as it should be, and it was set since it was bound. */
async function probe(
  access: GithubAccess,
  { payload, preconditions }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const { hook: bound } = boundSchema.parse(preconditions);
  const hook = await findHook(access, payload.repository, payload.url);
  if (hook === null || !isWhole(hook)) return { outcome: 'absent' };
  // One that was right before shows nothing of a secret that was to be set: it is set again.
  if (bound !== null && bound.updatedAt === (hook.updated_at ?? null)) return { outcome: 'absent' };
  return { outcome: 'applied', result: { hookId: hook.id, url: payload.url } };
}
