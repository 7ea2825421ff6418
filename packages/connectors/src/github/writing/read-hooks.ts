import type { JsonObject } from '@adjutant/core';
import { z } from 'zod';
import { wantedEvents } from '../webhooks/hints.ts';
import type { GithubAccess } from './access.ts';

const hookSchema = z.object({
  id: z.number().int(),
  active: z.boolean().nullish(),
  events: z.array(z.string()).nullish(),
  config: z
    .object({
      url: z.string().nullish(),
      content_type: z.string().nullish(),
      insecure_ssl: z.union([z.string(), z.number()]).nullish(),
    })
    .nullish(),
  updated_at: z.string().nullish(),
});
export type ReadHook = z.infer<typeof hookSchema>;

/** GitHub allows twenty hooks for an event. */
const pageLength = 100;

/**
 * Returns the hook of a repository that sends to an address; null where there is none. Read as whoever
 * writes: the credential for reading need not see hooks.
 */
export async function findHook(
  access: Pick<GithubAccess, 'getAsWriter'>,
  repository: string,
  url: string,
): Promise<ReadHook | null> {
  const path = `/repos/${repository}/hooks?per_page=${pageLength}`;
  const what = 'the hooks of this repository';
  const hooks = await access.getAsWriter(path, z.array(hookSchema), what);
  const ours = hooks.filter(({ config }) => config?.url === url);
  return ours.toSorted((a, b) => a.id - b.id)[0] ?? null;
}

/** True for a hook that sends all that is read, as it is read. */
export function isWhole({ active, events, config }: ReadHook): boolean {
  const sent = new Set(events ?? []);
  return (
    active === true &&
    config?.content_type === 'json' &&
    String(config.insecure_ssl ?? '0') === '0' &&
    (sent.has('*') || wantedEvents.every((event) => sent.has(event)))
  );
}

/** Returns what of a hook a decision is bound to; null where there is none. */
export function boundHook(hook: ReadHook | null): JsonObject | null {
  if (hook === null) return null;
  return {
    id: hook.id,
    active: hook.active ?? null,
    events: [...(hook.events ?? [])].toSorted(),
    contentType: hook.config?.content_type ?? null,
    insecureSsl: String(hook.config?.insecure_ssl ?? '0'),
    updatedAt: hook.updated_at ?? null,
  };
}
