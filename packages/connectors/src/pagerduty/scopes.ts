import { AdjutantError, type ConnectorContext, type Scope } from '@adjutant/core';
import { z } from 'zod';
import { readList } from './client/list-pages.ts';
import type { PagerdutyConfig } from './config.ts';
import { pagerdutyVendor } from './pagerduty-vendor.ts';
import { type Service, serviceSchema } from './payloads.ts';
import { sessionOf } from './session.ts';

/** PagerDuty gives an account no id of its own; a key belongs to one, so one name is enough. */
export const accountScopeId = 'account';

const serviceDetailSchema = z.object({
  kind: z.literal('service'),
  createdAt: z.string().nullable(),
});

/** Whether a scope is a service; the account is the other kind. */
export function isServiceScope(scope: Scope): boolean {
  return serviceDetailSchema.safeParse(scope.detail).success;
}

/** Returns when a service was made: it has no older incident. Null where PagerDuty does not tell. */
export function serviceCreatedAt(scope: Scope): number | null {
  const parsed = serviceDetailSchema.safeParse(scope.detail);
  if (!parsed.success || parsed.data.createdAt === null) return null;
  return Date.parse(parsed.data.createdAt);
}

/** Yields the account, then each service that the key may see. */
export async function* discoverScopes(
  context: ConnectorContext<PagerdutyConfig>,
): AsyncGenerator<Scope> {
  const { found, missing } = await readServices(context);
  yield { externalId: accountScopeId, name: 'PagerDuty account', detail: { kind: 'account' } };
  for (const service of found) {
    yield {
      externalId: service.id,
      name: service.name ?? service.summary ?? service.id,
      detail: { kind: 'service', createdAt: service.created_at ?? null },
    };
  }
  if (missing.length > 0) throw notShown(missing);
}

/** Returns the services that are read, and the configured ones that PagerDuty does not show. */
export async function readServices(
  context: ConnectorContext<PagerdutyConfig>,
): Promise<{ found: readonly Service[]; missing: readonly string[] }> {
  const session = sessionOf(context);
  const { items, isCutOff } = await readList(session.client, {
    path: '/services',
    key: 'services',
    what: 'services',
  });
  const wanted = context.config.services;
  const found = items.flatMap((item) => {
    const service = serviceSchema.safeParse(item);
    const isWanted = service.success && (wanted?.includes(service.data.id) ?? true);
    return isWanted ? [service.data] : [];
  });
  if (isCutOff && wanted === undefined) {
    throw new AdjutantError('Configuration', 'There are more services than PagerDuty lists.', {
      source: pagerdutyVendor.source,
      hint: 'Name those that you want in "services".',
    });
  }
  session.services = found;
  const missing = (wanted ?? []).filter((id) => !found.some((service) => service.id === id));
  return { found, missing };
}

function notShown(missing: readonly string[]): AdjutantError {
  const rest = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
  return new AdjutantError(
    'NotFound',
    `PagerDuty shows no service ${missing.slice(0, 5).join(', ')}${rest} to this key.`,
    {
      source: pagerdutyVendor.source,
      hint: 'Check the ids in "services": each stands at the end of the address of its page.',
    },
  );
}
