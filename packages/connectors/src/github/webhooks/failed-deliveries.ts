import { AdjutantError, type ConnectorContext, type FailedDelivery } from '@adjutant/core';
import { z } from 'zod';
import { createClient, type GithubClient } from '../client/client.ts';
import type { GithubConfig } from '../config.ts';
import { discoverScopes } from '../discovery/discover.ts';
import { sessionOf } from '../discovery/session.ts';
import { createAccess, writingConfig } from '../writing/access.ts';

/** GitHub sends a delivery again for three days. */
const keptMs = 3 * 86_400_000;
/** One that is asked for at the edge would be gone when it is asked for. */
const marginMs = 3_600_000;
const pageLength = 100;
/** Deliveries of three days of a repository in which a commit is pushed every minute. */
const mostPages = 100;

const hookSchema = z.object({
  id: z.number().int(),
  active: z.boolean().nullish(),
  config: z.object({ url: z.string().nullish() }).nullish(),
});
const deliverySchema = z.object({
  id: z.union([z.number().int(), z.string().regex(/^\d{1,20}$/)]),
  guid: z.string().regex(/^[0-9A-Za-z-]{1,100}$/),
  delivered_at: z.string(),
  redelivery: z.boolean().nullish(),
  status_code: z.number().nullish(),
  event: z.string().max(60),
});
type Delivery = z.infer<typeof deliverySchema>;

/**
 * Yields what our own hooks failed to deliver within three days, the oldest first: hooks that send to
 * the configured address, read and asked with the credential for writing. What was sent again once,
 * by whomever, is not asked for another time: GitHub's own list tells. A repository of which the
 * credential may not see hooks keeps the others from nothing.
 * @throws AdjutantError `Permission`, after everything else, where there is such a repository
 */
export async function* failedDeliveries(
  context: ConnectorContext<GithubConfig>,
): AsyncGenerator<FailedDelivery> {
  const { webhookUrl } = context.config;
  const config = writingConfig(context.config);
  if (webhookUrl === undefined || config === null) return;
  const client = createClient({ ...context, config });
  const access = createAccess(context.config, context);
  const hidden: AdjutantError[] = [];
  const note = (error: AdjutantError): void => {
    hidden.push(error);
  };
  for await (const repository of repositoryNames(context)) {
    const path = `/repos/${repository}/hooks`;
    const hooks = await orNoneIfHidden(() => ourHooks(client, path, webhookUrl), note);
    for (const hookId of hooks) {
      const deliveries = `${path}/${hookId}/deliveries`;
      const failed = await orNoneIfHidden(() => failedOf(client, deliveries), note);
      for (const { id, guid, event, delivered_at: at } of failed) {
        yield {
          deliveryId: guid,
          event,
          place: repository,
          failedAt: Date.parse(at),
          async sendAgain() {
            const sent = await access.send('POST', `${deliveries}/${id}/attempts`);
            if (!sent.ok) throw notSentAgain(sent.status);
          },
        };
      }
    }
  }
  const [first] = hidden;
  if (first !== undefined) throw first;
}

/** Returns nothing where it may not be seen, after telling of a right that is missing. */
async function orNoneIfHidden<Item>(
  read: () => Promise<Item[]>,
  note: (error: AdjutantError) => void,
): Promise<Item[]> {
  try {
    return await read();
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    // Whose hooks it does not show at all, GitHub does not say.
    if (error.code !== 'NotFound' && error.code !== 'Permission') throw error;
    if (error.code === 'Permission') note(error);
    return [];
  }
}

async function* repositoryNames(context: ConnectorContext<GithubConfig>): AsyncGenerator<string> {
  for await (const { externalId } of discoverScopes(context)) {
    const repository = sessionOf(context).repositories.get(externalId);
    if (repository !== undefined) yield repository.fullName;
  }
}

async function ourHooks(client: GithubClient, path: string, url: string): Promise<number[]> {
  const { data } = await client.get(path, { per_page: pageLength });
  const hooks = z.array(hookSchema).safeParse(data);
  if (!hooks.success) return [];
  return hooks.data
    .filter((hook) => hook.config?.url === url && hook.active !== false)
    .map(({ id }) => id);
}

/** Of each delivery that never arrived and was never sent again, the first attempt. */
async function failedOf(client: GithubClient, path: string): Promise<Delivery[]> {
  const oldest = client.serverNow() - keptMs + marginMs;
  const attempts = new Map<string, Delivery[]>();
  for await (const delivery of deliveriesOf(client, path)) {
    if (!(Date.parse(delivery.delivered_at) >= oldest)) break;
    attempts.set(delivery.guid, [...(attempts.get(delivery.guid) ?? []), delivery]);
  }
  return [...attempts.values()]
    .filter((all) => all.every((one) => hasFailed(one) && one.redelivery !== true))
    .flatMap((all) => all.slice(-1))
    .toSorted((a, b) => Date.parse(a.delivered_at) - Date.parse(b.delivered_at));
}

/** Newest first, page by page. */
async function* deliveriesOf(client: GithubClient, path: string): AsyncGenerator<Delivery> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { per_page: pageLength, ...(cursor === null ? {} : { cursor }) };
    const { data, headers } = await client.get(path, query);
    for (const item of z.array(z.unknown()).catch([]).parse(data)) {
      const delivery = deliverySchema.safeParse(item);
      if (delivery.success) yield delivery.data;
    }
    cursor = nextCursor(headers['link']);
    if (cursor === null || seen.has(cursor)) return;
    seen.add(cursor);
  }
}

function nextCursor(link: string | undefined): string | null {
  const next = (link ?? '').split(',').find((part) => /;\s*rel="next"/.test(part));
  const address = /<([^>]*)>/.exec(next ?? '')?.[1] ?? '';
  return URL.canParse(address) ? new URL(address).searchParams.get('cursor') : null;
}

function hasFailed({ status_code: status }: Delivery): boolean {
  return status === null || status === undefined || status < 200 || status >= 300;
}

function notSentAgain(status: number | null): AdjutantError {
  const isRefused = status === 403 || status === 404;
  return new AdjutantError(
    isRefused ? 'Permission' : 'Upstream',
    'GitHub did not send a webhook again.',
    {
      source: 'github',
      ...(status === null ? {} : { status }),
      hint: isRefused
        ? 'Give the credential for writing "Webhooks: write".'
        : 'It is tried again in an hour.',
    },
  );
}
